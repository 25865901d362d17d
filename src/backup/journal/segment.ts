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
  /** When its snapshot of the database was taken. */
  at: z.iso.datetime(),
  /** Leaves of the evidence log that the segment holds: from, and up to but not with, `to`. */
  from: z.number().int().min(0),
  to: z.number().int().min(0),
});
export type Head = z.infer<typeof Head>;

const Row = z.record(z.string(), z.unknown());
const Line = z.union([
  z.strictObject({ table: z.enum(journalTables as [JournalTable, ...JournalTable[]]), row: Row }),
  /** A leaf with its event (null where the log's own period has dropped it), as `put_back_log` takes it. */
  z.strictObject({ leaf: Row }),
  z.strictObject({ checkpoint: Row }),
]);
export type JournalRecord = z.infer<typeof Line>;
const End = z.strictObject({ end: z.string(), records: z.number().int() });

/** The lines of a segment; answers its end. */
export async function* linesOf(
  head: Head,
  records: AsyncIterable<JournalRecord>,
): AsyncGenerator<string, string, undefined> {
  let chain = head.previous;
  let count = 0;
  const chained = (value: object): string => {
    const line = JSON.stringify(value);
    chain = digestHex(`${chain}${line}`);
    return line;
  };
  yield chained(head);
  for await (const record of records) {
    count += 1;
    yield chained(record);
  }
  yield JSON.stringify({ end: chain, records: count });
  return chain;
}

export type SegmentRead = { head: Head; records: AsyncGenerator<JournalRecord, string, undefined> };

/**
 * Reads a segment back. Its records are only to be believed once the generator has returned (its end) without throwing.
 * @throws Problem `journalBroken` naming the file
 */
export async function readSegment(file: string, lines: AsyncIterable<string>): Promise<SegmentRead> {
  const broken = () => new Problem("journalBroken", 422, { file });
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = Head.safeParse(first.done ? undefined : parsed(first.value));
  if (first.done || !head.success) throw broken();
  let chain = digestHex(`${head.data.previous}${first.value}`);
  async function* records(): AsyncGenerator<JournalRecord, string, undefined> {
    for (let count = 0; ; count += 1) {
      const { value, done } = await iterator.next();
      if (done) throw broken();
      const json = parsed(value);
      const end = End.safeParse(json);
      if (end.success) {
        if (end.data.end !== chain || end.data.records !== count) throw broken();
        return chain;
      }
      const record = Line.safeParse(json);
      if (!record.success) throw broken();
      chain = digestHex(`${chain}${value}`);
      yield record.data;
    }
  }
  return { head: head.data, records: records() };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
