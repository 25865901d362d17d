// The evidence log, for the command line and the server beside it. Pages, because an answer is one line of at most a megabyte.
import type { Gate } from "../gate/gate.ts";
import { anchorLine, anchorOf } from "../registers/evidence/log/anchors.ts";
import { checkpointsSince, keysOfLog } from "../registers/evidence/log/checkpoints.ts";
import { entryLine } from "../registers/evidence/log/event.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import type { Verdict } from "../registers/evidence/log/judge.ts";
import { notFound } from "../values/problem.ts";
import { isUuid } from "../values/Uuid.ts";

type Context = { gate: Gate };
export type Signed = { size: number; note: string; line: string };

/** Characters of one answer; a single entry is far below. */
const PAGE_LENGTH = 500_000;
const NOTES = 500;

export const logCommands = {
  /** Sequences, signs and anchors. Throws `logBroken`. */
  "log checkpoint": async ({ gate }: Context, _: undefined): Promise<Signed> => {
    const checkpoint = await evidenceLogOf(gate).checkpoint();
    return { size: checkpoint.size, note: checkpoint.note, line: anchorLine(anchorOf(checkpoint)) };
  },
  /** Lines from the index on; `next` is the index after the last of them. */
  "log entries": async (
    { gate }: Context,
    { from, end, subject }: { from: number; end: number; subject?: string },
  ): Promise<{ lines: string[]; next: number }> => {
    if (subject !== undefined && !isUuid(subject)) throw notFound();
    const lines: string[] = [];
    let length = 0;
    for await (const { index, hash, event } of evidenceLogOf(gate).entries(from, { end, subject })) {
      const line = entryLine({ index, hash, event });
      if (lines.length > 0 && length + line.length > PAGE_LENGTH) break;
      lines.push(line);
      length += line.length;
    }
    return { lines, next: from + lines.length };
  },
  /** Notes after the checkpoint's number, oldest first, and the number of the last of them; null at the end. */
  "log checkpoints": async (
    { gate }: Context,
    { after }: { after: number },
  ): Promise<{ notes: string[]; last: number | null }> => {
    const notes: string[] = [];
    for await (const { number, note } of checkpointsSince(gate, after)) {
      notes.push(note);
      if (notes.length === NOTES) return { notes, last: number };
    }
    return { notes, last: null };
  },
  "log keys": ({ gate }: Context, _: undefined): Promise<string[]> => keysOfLog(gate),
  "log verify": async ({ gate }: Context, { anchors }: { anchors: string[] }): Promise<Verdict> => {
    await evidenceLogOf(gate).sequence();
    return evidenceLogOf(gate).verify(anchors);
  },
} as const;
