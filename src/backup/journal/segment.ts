// One segment of the journal as lines of JSON: a head that names the one before it, records, an end. The end is a hash over every line since
// the chapter began, so that a segment that is missing, cut or exchanged is found.
import { z } from "zod";
import { type JournalTable, journalTables } from "../../db/journalRows.ts";
import { digestHex } from "../../keys/token.ts";
import { Problem } from "../../values/problem.ts";

const Head = z.strictObject({
  format: z.literal("tietovirta-journal/1"),
  installation: z.uuid(),
  /** Its number in the chapter, from 1. */
  number: z.number().int().min(1),
  /** The end of the segment before; empty in the first. */
  previous: z.string(),
  /** When the snapshot of the database was taken. */
  at: z.iso.datetime(),
  /** Leaves of the evidence log that the segment holds: from, and up to but not with, `to`. */
  from: z.number().int().min(0),
  to: z.number().int().min(0),
});
export type Head = z.infer<typeof Head>;

const Row = z.record(z.string(), z.unknown());
/** With its event, or null where the log's own period has dropped it; as `putBackLog` takes it. */
const Leaf = z.strictObject({
  index: z.number().int(),
  eventId: z.number().int(),
  hash: z.string(),
  event: Row.nullable(),
});
const Checkpoint = z.strictObject({
  number: z.number().int(),
  size: z.number().int(),
  root: z.string(),
  dropped: z.number().int(),
  at: z.iso.datetime(),
  publicKey: z.string(),
  note: z.string(),
});
const Line = z.union([
  z.strictObject({ table: z.enum(journalTables as [JournalTable, ...JournalTable[]]), row: Row }),
  z.strictObject({ leaf: Leaf }),
  z.strictObject({ checkpoint: Checkpoint }),
]);
export type JournalRecord = z.infer<typeof Line>;
const End = z.strictObject({ end: z.string(), records: z.number().int() });

export type Segment = { head: Head; records: JournalRecord[]; end: string };

export function linesOf(head: Head, records: readonly JournalRecord[]): { lines: string[]; end: string } {
  const lines = [head, ...records].map((value) => JSON.stringify(value));
  const end = lines.reduce((chain, line) => digestHex(`${chain}${line}`), head.previous);
  return { lines: [...lines, JSON.stringify({ end, records: records.length })], end };
}

/** @throws Problem `journalBroken` naming the file */
export function readSegment(file: string, lines: readonly string[]): Segment {
  const head = Head.safeParse(parsed(lines[0]));
  const end = End.safeParse(parsed(lines.at(-1)));
  const records = lines.slice(1, -1).map((line) => Line.safeParse(parsed(line)));
  const read = records.flatMap((record) => (record.success ? [record.data] : []));
  const chain = lines.slice(0, -1).reduce((before, line) => digestHex(`${before}${line}`), head.data?.previous ?? "");
  const whole = end.data?.end === chain && end.data.records === records.length && read.length === records.length;
  if (!head.success || !whole) throw new Problem("journalBroken", 422, { file });
  return { head: head.data, records: read, end: chain };
}

function parsed(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? "");
  } catch {
    return undefined;
  }
}
