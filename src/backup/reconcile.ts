// Between a database restored to an earlier time and anybody who may open it: what the journal knows is put back, beneath the gate and in one
// transaction. What was erased since is carried out again afterwards, through the gate (`finish.ts`).
import type { Db, Tx } from "../db/connect.ts";
import { latestDescription } from "../db/installation.ts";
import { JOURNALLED, type JournalTable } from "../db/journalRows.ts";
import { putBackLog } from "../db/logUpkeep.ts";
import {
  beginPuttingBack,
  ledgerRowsMissing,
  logSize,
  markRestore,
  noteLedger,
  putBack,
  putBackAccess,
  putBackInvoices,
} from "../db/putBack.ts";
import { flowBetween } from "../policy/decide.ts";
import { candidateOf } from "../registers/evidence/versions.ts";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import type { JournalFiles } from "./journal/files.ts";
import { chaptersOf, chaptersSince, segmentsOf } from "./journal/read.ts";
import type { JournalRecord } from "./journal/segment.ts";

export type Reconciled = {
  /** Id of the mark without which nobody may open the database. */
  mark: string;
  /** The newest thing the restored database knew by itself. */
  databaseAt: Date;
  /** When the newest segment of the journal was written. */
  journalAt: Date;
  /** Rows put back or brought up to date, by table. */
  rows: Partial<Record<JournalTable, number>>;
  /** Leaves of the evidence log put back. */
  leaves: number;
  /** Orders whose invoice may have reached the customer and is not in the database. */
  uncertain: number;
};

export type Restored = {
  files: JournalFiles;
  installation: string;
  /** Name of the base copy, and the moment asked for (null: the newest). */
  base: string;
  target: Date | null;
  at: Date;
  /** Ids of the keys that the restored keyring holds (`heldKeys`); without them no invoice is put back, and all that are missing are uncertain. */
  held?: ReadonlySet<string>;
  /** When the newest other copy was made: a journal that ends long before it has stopped being written, and does not know what was erased since. */
  atLeast?: Date;
};

const BATCH = 1000;
/** The journal goes out with the other copies; an hour is far more than one of them takes. */
const BEHIND_MS = 3600_000;
/** Clocks of the snapshot and of the rows are one machine's; transactions take time. */
const SLACK_MS = 60_000;

/**
 * As the owner of the tables, while nobody else is connected. Everything or nothing.
 * @throws Problem `journalMissing`, `journalBroken`, `journalBehind`, `journalGap`, `ledgerMismatch`: the database must then not be opened
 */
export async function reconcile(
  owner: Db,
  { files, installation, base, target, at, held = new Set(), atLeast = new Date(0) }: Restored,
): Promise<Reconciled> {
  const chapters = await chaptersOf(files);
  const newest = chapters.at(-1);
  if (!newest) throw new Problem("journalMissing", 422);
  return owner.transaction().execute(async (tx) => {
    const databaseAt = await beginPuttingBack(tx);
    const mark = newId(at);
    await markRestore(tx, { id: mark, base, target_at: target, restored_at: at });
    const answer: Reconciled = { mark, databaseAt, journalAt: new Date(0), rows: {}, leaves: 0, uncertain: 0 };
    const flow = await invoicingFlow(tx, at);
    const count = (table: JournalTable, rows: number) => {
      answer.rows[table] = (answer.rows[table] ?? 0) + rows;
    };
    const batch = new Batch(async (table, rows) => {
      if (table === "invoice") {
        const { put, uncertain } = await putBackInvoices(tx, rows, { held, flow, at });
        count(table, put);
        answer.uncertain += uncertain;
      } else if (table === "account") count(table, await putBackAccess(tx, rows));
      else count(table, await putBack(tx, table, rows));
      if (table === "erasure_ledger") await noteLedger(tx, rows);
    });
    // Invoices first: whoever has one is known again, and what they forbade before it was issued is put back with the rest.
    for (const invoices of [true, false]) {
      for await (const { head, records } of segmentsOf(files, newest, installation)) {
        answer.journalAt = new Date(head.at);
        for (const record of records)
          if ("table" in record && (record.table === "invoice") === invoices) await batch.add(record);
      }
      await batch.flush();
    }
    if (answer.journalAt.getTime() < atLeast.getTime() - BEHIND_MS)
      throw new Problem("journalBehind", 422, {
        journal: answer.journalAt.toISOString(),
        copies: atLeast.toISOString(),
      });
    await compareLedger(tx, answer.journalAt);

    let size = await logSize(tx);
    for (const chapter of await chaptersSince(files, chapters, size))
      for await (const { head, records } of segmentsOf(files, chapter, installation)) {
        const checkpoints = records.flatMap((record) => ("checkpoint" in record ? [record.checkpoint] : []));
        if (head.to <= size && checkpoints.length === 0) continue;
        if (head.from > size) throw new Problem("journalGap", 422, { file: chapter.name });
        const leaves = records.flatMap((record) => ("leaf" in record ? [record.leaf] : []));
        const missing = leaves.slice(Math.max(0, size - head.from));
        for (let at = 0; at < missing.length; at += BATCH) await putBackLog(tx, missing.slice(at, at + BATCH), []);
        await putBackLog(tx, [], checkpoints);
        answer.leaves += missing.length;
        size = Math.max(size, head.to);
      }
    return answer;
  });
}

/** Rows of one table together; of a row that comes twice the later writing. */
class Batch {
  readonly #put: (table: JournalTable, rows: readonly Readonly<Record<string, unknown>>[]) => Promise<void>;
  #table: JournalTable | null = null;
  readonly #rows = new Map<string, Readonly<Record<string, unknown>>>();

  constructor(put: (table: JournalTable, rows: readonly Readonly<Record<string, unknown>>[]) => Promise<void>) {
    this.#put = put;
  }

  async add({ table, row }: Extract<JournalRecord, { table: JournalTable }>): Promise<void> {
    if (table !== this.#table || this.#rows.size >= BATCH) await this.flush();
    this.#table = table;
    this.#rows.set(String(row[JOURNALLED[table].key]), row);
  }

  async flush(): Promise<void> {
    if (this.#table !== null && this.#rows.size > 0) await this.#put(this.#table, [...this.#rows.values()]);
    this.#rows.clear();
  }
}

/** An erasure that the database knows and the journal does not: the journal is not this database's, or somebody has thinned it. */
async function compareLedger(tx: Tx, journalAt: Date): Promise<void> {
  const missing = await ledgerRowsMissing(tx, new Date(journalAt.getTime() - SLACK_MS));
  if (missing > 0) throw new Problem("ledgerMismatch", 422, { missing });
}

async function invoicingFlow(tx: Tx, at: Date): Promise<string> {
  const stored = await latestDescription(tx);
  const candidate = stored && candidateOf(stored.text, "description.yaml", at);
  return (candidate && flowBetween(candidate.force.description, "customers", "invoices")) ?? "";
}
