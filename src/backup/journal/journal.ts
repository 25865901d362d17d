// The journal: what a restore must know although the database then lost it. A chapter begins at each start and each base copy with all that is so (the
// ledger, permissions, bans, invoices, versions); segments follow with what was written since, and with the evidence log all along.
// Restoring to a moment reads the newest chapter for what is so, and every chapter for the log. No row holds a value of a person in the clear.
import type { Db } from "../../db/connect.ts";
import { changedSince, horizonOf, inOneSnapshot } from "../../db/journalRows.ts";
import type { CheckpointBack, LeafBack } from "../../db/logUpkeep.ts";
import { Turns } from "../../keys/turns.ts";
import { Problem } from "../../values/problem.ts";
import { periodsOn } from "../periods.ts";
import { chapterName, type JournalFiles, segmentPath } from "./files.ts";
import { type Head, type JournalRecord, linesOf, readSegment } from "./segment.ts";

/** The evidence log as the journal takes it; as `putBackLog` takes it back. */
export type JournalLog = {
  /** Leaves there are now. */
  size(): Promise<number>;
  leaves(from: number, to: number): AsyncIterable<LeafBack>;
  /** Those with a greater number. */
  checkpoints(after: number): AsyncIterable<CheckpointBack>;
};

export type Journal = {
  /** Begins a chapter: everything that is so now, and the leaves that no earlier chapter holds. */
  begin(): Promise<void>;
  /** What was written since; nothing where nothing was, a chapter where none has begun. Calls that meet share one. */
  write(): Promise<void>;
  /** When the newest snapshot was taken that the journal holds whole; null before the first. */
  writtenAt(): Date | null;
};

type Parts = { db: Db; files: JournalFiles; log: JournalLog; installation: string; now: () => Date };
type Place = {
  chapter: string;
  number: number;
  previous: string;
  cursor: string | null;
  /** How much of the evidence log stands in the journal: leaves, and the number of the newest checkpoint. */
  to: number;
  checkpoint: number;
  at: Date;
};

const DAY_MS = 24 * 3600_000;
/** A copy of the database goes in the night after its last day. */
const MARGIN_DAYS = 7;
/** Invoices issued earlier are in every copy that is kept. */
const wholeSince = (at: Date): Date => new Date(at.getTime() - (periodsOn(at).databaseDays + MARGIN_DAYS) * DAY_MS);

/** Then a chapter begins with the whole log: without a journal nothing could be restored, and a damaged segment would end it for ever. */
const unreadable: ReadonlySet<string> = new Set(["backupWrongKey", "backupForged", "backupDamaged", "journalBroken"]);
/** Held in memory at once. */
const MOST_RECORDS = 10_000;

export function openJournal({ db, files, log, installation, now }: Parts): Journal {
  let place: Place | null = null;
  const turns = new Turns();
  let waiting: Promise<void> | null = null;

  async function advance(after: Place): Promise<Place> {
    // Asked first: an event may follow its row in the next segment, but no leaf is ever without its row.
    const size = Math.max(after.to, await log.size());
    const at = now();
    return inOneSnapshot(db, async (tx) => {
      const cursor = await horizonOf(tx);
      let current = after;
      let records: JournalRecord[] = [];
      for await (const record of everything(changedSince(tx, after.cursor, wholeSince(at)), after, size)) {
        records.push(record);
        if (records.length < MOST_RECORDS) continue;
        current = await put(current, records, at);
        records = [];
      }
      if (records.length > 0 || after.number === 0) current = await put(current, records, at);
      return { ...current, cursor, at };
    });
  }

  async function put(after: Place, records: readonly JournalRecord[], at: Date): Promise<Place> {
    const number = after.number + 1;
    const to = after.to + records.filter((record) => "leaf" in record).length;
    const head: Head = {
      ...{ format: "tietovirta-journal/1", installation, number, previous: after.previous },
      ...{ at: at.toISOString(), from: after.to, to },
    };
    const { lines, end } = linesOf(head, records);
    await files.write(segmentPath(after.chapter, number), lines, at);
    const checkpoints = records.map((record) => ("checkpoint" in record ? record.checkpoint.number : 0));
    return { ...after, number, previous: end, to, checkpoint: Math.max(after.checkpoint, ...checkpoints) };
  }

  async function* everything(rows: AsyncIterable<JournalRecord>, after: Place, size: number) {
    yield* rows;
    for await (const leaf of log.leaves(after.to, size))
      yield { leaf: { ...leaf, event: leaf.event && { ...leaf.event } } };
    for await (const checkpoint of log.checkpoints(after.checkpoint)) yield { checkpoint };
  }

  /** Leaves that earlier chapters hold: a server that starts anew reads it from the last segment. One that it cannot read holds nothing for it. */
  async function known(): Promise<number> {
    if (place) return place.to;
    const path = (await files.list()).at(-1);
    if (path === undefined) return 0;
    try {
      return readSegment(path, await files.lines(path)).head.to;
    } catch (error) {
      if (error instanceof Problem && unreadable.has(error.code)) return 0;
      throw error;
    }
  }

  async function chapter(): Promise<void> {
    const at = now();
    const to = Math.min(await known(), await log.size());
    place = await advance({ chapter: chapterName(at), number: 0, previous: "", cursor: null, to, checkpoint: 0, at });
  }

  return {
    begin: () => turns.take(chapter),
    write: () => {
      waiting ??= turns.take(async () => {
        waiting = null;
        if (place) place = await advance(place);
        else await chapter();
      });
      return waiting;
    },
    writtenAt: () => place?.at ?? null,
  };
}
