// The real gate on a stage: every transaction inside one that is always rolled back, keys in memory, the clock in the hand of whoever
// rehearses. What a probe finds here is what the register does, and nothing of it remains.
import { sql } from "kysely";
import type { Tx } from "../db/connect.ts";
import type { Tables } from "../db/tables.ts";
import type { InForce } from "../description/inForce.ts";
import { memoryKeys } from "../keys/keyring.ts";
import { type AuditEvent, writeAudit } from "./audit.ts";
import { type Gate, openGate, PARTS } from "./gate.ts";

export type Stage = {
  gate: Gate;
  /** Sets the stage's clock. */
  setClock: (moment: Date) => void;
  /** Another description on this stage only. */
  putInForce: (force: InForce) => void;
  /** From now on the log refuses to be written. */
  breakLog: () => void;
  /** Events written since the stage was set, oldest first. */
  events: () => readonly AuditEvent[];
  /** The subject's rows of a table as PostgreSQL prints them: bytes as hex, texts as they stand. */
  rawText: (table: keyof Tables & string, subject: string) => Promise<string>;
  /** Rows of a table that name the subject. */
  rowsOf: (table: keyof Tables & string, subject: string) => Promise<number>;
};

/** Ends the stage's transaction, so that it is rolled back, with what the work has answered. */
class Over extends Error {
  readonly answer: unknown;

  constructor(answer: unknown) {
    super();
    this.answer = answer;
  }
}

/** Runs `work` on a stage of its own; whatever it wrote is gone when this resolves. */
export async function rehearse<T>(gate: Gate, work: (stage: Stage) => Promise<T>): Promise<T> {
  const parts = gate[PARTS];
  const keys = await memoryKeys();
  try {
    return await parts.databases.write.transaction().execute(async (tx) => {
      throw new Over(await work(stageOn(tx, gate, keys)));
    });
  } catch (error) {
    if (error instanceof Over) return error.answer as T;
    throw error;
  } finally {
    await keys.close();
  }
}

function stageOn(tx: Tx, gate: Gate, keys: Awaited<ReturnType<typeof memoryKeys>>): Stage {
  const { inForce, clock } = gate[PARTS];
  let now: Date | null = null;
  let force: InForce | null = null;
  let deaf = false;
  const events: AuditEvent[] = [];
  const staged = openGate({
    databases: { read: tx, write: tx, audit: tx },
    keys,
    inForce: () => force ?? inForce(),
    clock: { now: () => now ?? clock.now() },
    audit: async (event) => {
      if (deaf) throw new Error("the log is broken on this stage");
      events.push(event);
      await writeAudit(tx, [event]);
    },
    run: (inner) => inSavepoint(tx, inner),
  });
  return {
    gate: staged,
    setClock: (moment) => {
      now = moment;
    },
    putInForce: (other) => {
      force = other;
    },
    breakLog: () => {
      deaf = true;
    },
    events: () => events,
    rawText: async (table, subject) => {
      const { rows } = await sql<{
        all: string;
      }>`select coalesce(string_agg(t::text, ' '), '') as all from ${sql.table(table)} t where t.subject_id = ${subject}`.execute(
        tx,
      );
      return rows[0]?.all ?? "";
    },
    rowsOf: async (table, subject) => {
      const { rows } = await sql<{
        n: number;
      }>`select count(*)::int as n from ${sql.table(table)} where subject_id = ${subject}`.execute(tx);
      return rows[0]?.n ?? 0;
    },
  };
}

/** One at a time on the stage's single connection: work that fails leaves the stage as it was. */
async function inSavepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  await sql`savepoint scene`.execute(tx);
  try {
    const answer = await work(tx);
    await sql`release savepoint scene`.execute(tx);
    return answer;
  } catch (error) {
    await sql`rollback to savepoint scene`.execute(tx);
    throw error;
  }
}
