// Writing the journal. A chapter begins at each start and each base copy with all that is so; segments follow with what was written since.
import type { Db } from "../../db/connect.ts";
import { changedSince, horizonOf, inOneSnapshot } from "../../db/journalRows.ts";
import { type Head, type JournalRecord, linesOf } from "./segment.ts";

/** Where segments go and come from: durable when `write` resolves, and whole or not there. */
export type JournalShelf = {
  write(path: string, lines: AsyncIterable<string>): Promise<void>;
  /** Paths below `journal/`, sorted. */
  list(): Promise<string[]>;
  lines(path: string): AsyncIterable<string>;
};

/** The evidence log as the journal takes it. */
export type JournalLog = {
  /** Leaves there are now. */
  size(): Promise<number>;
  leaves(from: number, to: number): AsyncIterable<Record<string, unknown>>;
  checkpoints(): AsyncIterable<Record<string, unknown>>;
};

export type Journal = {
  /** Begins a chapter: everything that is so now. `from`: the first leaf that no earlier chapter holds. */
  begin(from: number): Promise<void>;
  /** What was written since; nothing where nothing was. Calls that meet share one segment. */
  write(): Promise<void>;
  /** When the newest segment's snapshot was taken; null before the first. */
  writtenAt(): Date | null;
  /** Leaves that stand in the journal. */
  leaves(): number;
};

type Parts = { db: Db; shelf: JournalShelf; log: JournalLog; installation: string; now: () => Date };
type Place = { chapter: string; number: number; previous: string; cursor: string | null; to: number; at: Date };

export const chapterName = (at: Date): string => at.toISOString().replaceAll(/[-:]/g, "").replace(".", "");
export const segmentPath = (chapter: string, number: number): string =>
  `journal/${chapter}/${String(number).padStart(6, "0")}.jsonl.gz.age`;

export function openJournal({ db, shelf, log, installation, now }: Parts): Journal {
  let place: Place | null = null;
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;

  async function segment(after: Place): Promise<Place> {
    // Leaves first: an event of a row that the snapshot shows may follow in the next segment, never a leaf without its row.
    const to = Math.max(after.to, await log.size());
    const at = now();
    return inOneSnapshot(db, async (tx) => {
      const cursor = await horizonOf(tx);
      const rows = changedSince(tx, after.cursor);
      const first = await rows.next();
      if (first.done && to === after.to && after.number > 0) return { ...after, cursor, at };
      const head: Head = {
        ...{ format: "tietovirta-journal/1", installation, number: after.number + 1, previous: after.previous },
        ...{ at: at.toISOString(), from: after.to, to },
      };
      const lines = linesOf(head, records(first.done ? null : first.value, rows, after.to, to));
      let end = "";
      await shelf.write(
        segmentPath(after.chapter, head.number),
        kept(lines, (value) => (end = value)),
      );
      return { chapter: after.chapter, number: head.number, previous: end, cursor, to, at };
    });
  }

  async function* records(
    first: JournalRecord | null,
    rows: AsyncIterable<JournalRecord>,
    from: number,
    to: number,
  ): AsyncGenerator<JournalRecord> {
    if (first) yield first;
    yield* rows;
    for await (const leaf of log.leaves(from, to)) yield { leaf };
    if (to > from) for await (const checkpoint of log.checkpoints()) yield { checkpoint };
  }

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  return {
    begin: (from) =>
      inTurn(async () => {
        const at = now();
        place = await segment({ chapter: chapterName(at), number: 0, previous: "", cursor: null, to: from, at });
      }),
    write: () => {
      waiting ??= inTurn(async () => {
        waiting = null;
        if (place) place = await segment(place);
      });
      return waiting;
    },
    writtenAt: () => place?.at ?? null,
    leaves: () => place?.to ?? 0,
  };
}

/** Passes the lines on and keeps what the generator returned. */
async function* kept<T, R>(generator: AsyncGenerator<T, R>, keep: (value: R) => void): AsyncGenerator<T> {
  for (;;) {
    const { value, done } = await generator.next();
    if (done) return keep(value);
    yield value;
  }
}
