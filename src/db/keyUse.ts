// Which keys stand in the headers of sealed values (keys/sealed.ts: one byte of format, then 16 of the key's id). Nothing is opened.
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { Db } from "./connect.ts";

/** `key`: 32 hex digits; `values`: how many are sealed with it. */
export type KeyUse = { readonly key: string; readonly values: number };

const PAGE = 10_000;

/** Every key that the column uses, once, page by page, as of one moment. */
export async function keysIn(
  db: Db,
  [table, column]: readonly [table: string, column: string],
  see: (page: readonly KeyUse[]) => void,
): Promise<void> {
  const sealed = sql.ref(column);
  await db.transaction().execute(async (tx) => {
    // The whole table is meant to be read, however long it takes.
    await sql`set local enable_seqscan = on`.execute(tx);
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`declare key_use no scroll cursor for
      select encode(substr(${sealed}, 2, 16), 'hex') as key, count(*)::int as values from ${sql.table(table)}
      where ${sealed} is not null group by 1`.execute(tx);
    for (;;) {
      const { rows } = await sql<KeyUse>`fetch ${sql.lit(PAGE)} from key_use`.execute(tx);
      see(rows);
      if (rows.length < PAGE) return;
    }
  });
}

const LOOK_EVERY_MS = 50;

/**
 * Resolves when every transaction of the database that is open now has ended, also one that has written nothing yet: `true`, or `false` where one is still
 * open after `mostMs`. Those that begin later are not waited for.
 */
export async function transactionsOver(db: Db, mostMs: number): Promise<boolean> {
  const open = new Set(await openTransactions(db));
  for (let waited = 0; open.size > 0; waited += LOOK_EVERY_MS) {
    if (waited > mostMs) return false;
    await pause(LOOK_EVERY_MS);
    const still = new Set(await openTransactions(db));
    for (const one of open) if (!still.has(one)) open.delete(one);
  }
  return true;
}

/** Each holds a lock on its own virtual number, which is never used again while the server runs. Without background workers: they seal nothing. */
async function openTransactions(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select l.virtualxid as id from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'virtualxid' and l.pid <> pg_backend_pid() and a.datname = current_database() and a.usesysid is not null`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
