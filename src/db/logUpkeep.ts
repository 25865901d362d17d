// What only the owner of the tables may do with the log: drop entries whose period is over, and put back what a restore to an earlier time has lost.
import { sql } from "kysely";
import { type Connection, connect, type Db, type Tx } from "./connect.ts";

/** Drops entries from before the day and keeps their hashes; answers how many. Never one that no checkpoint has signed. */
export async function forgetEntries(to: Connection, before: string): Promise<number> {
  const owner = connect(to, { max: 1 });
  try {
    const { rows } = await sql<{ gone: number }>`select forget_audit_events(${before}::date) as gone`.execute(owner);
    return rows[0]?.gone ?? 0;
  } finally {
    await owner.destroy();
  }
}

/** `event`: as the log gives it out (registers/evidence/log/event.ts), or null where it is gone. */
export type LeafBack = { index: number; eventId: number; hash: string; event: object | null };
/** `root` and `publicKey` in hex, `at` in ISO 8601. */
export type CheckpointBack = {
  number: number;
  size: number;
  root: string;
  dropped: number;
  at: string;
  publicKey: string;
  note: string;
};

/**
 * Leaves and checkpoints of after the moment that was restored, in their order, as the owner and before the log is opened: then checkpoints given out
 * before still fit. What is there already stays. New events get ids after all of these.
 */
export async function putBackLog(
  owner: Db | Tx,
  leaves: readonly LeafBack[],
  checkpoints: readonly CheckpointBack[],
): Promise<void> {
  await sql`select put_back_log(${JSON.stringify(leaves)}::jsonb, ${JSON.stringify(checkpoints)}::jsonb)`.execute(
    owner,
  );
}
