// What a restore to an earlier time must still know although that database does not: rows without values, in the order of their writing.
// Copied beneath the gate, as a base copy is: nothing is opened, nothing decided.
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "./connect.ts";
import type { Tables } from "./tables.ts";

type Columns<T extends keyof Tables> = readonly (keyof Tables[T] & string)[];
type Journalled = {
  [T in keyof Tables]?: { key: keyof Tables[T] & string; type: "uuid" | "bytea" | "text"; columns: Columns<T> | "all" };
};

/** Tables whose rows go into the journal, and of the invoice no more than that its number was given. None of the columns holds a value of a person. */
export const JOURNALLED = {
  erasure_ledger: { key: "id", type: "uuid", columns: "all" },
  erasure_certificate: { key: "id", type: "uuid", columns: "all" },
  consent: { key: "id", type: "uuid", columns: "all" },
  objection: { key: "id", type: "uuid", columns: "all" },
  restriction: { key: "id", type: "uuid", columns: "all" },
  hold: { key: "id", type: "uuid", columns: "all" },
  ban: { key: "address_mac", type: "bytea", columns: "all" },
  description_version: { key: "version", type: "text", columns: "all" },
  invoice: { key: "id", type: "uuid", columns: ["id", "subject_id", "order_id", "number", "issued_on"] },
} as const satisfies Journalled;

export type JournalTable = keyof typeof JOURNALLED;
export type JournalRow = { table: JournalTable; row: Readonly<Record<string, unknown>> };
export const journalTables = Object.keys(JOURNALLED) as JournalTable[];

const PAGE = 2000;

/**
 * Everything written since the cursor (null: everything there is), and then the cursor of the next call. A transaction that was under way
 * at the last call is not missed: PostgreSQL says below which number all are over. Rows may come twice; the later one is the newer.
 */
export async function* changedSince(tx: Tx, cursor: string | null): AsyncGenerator<JournalRow> {
  for (const table of journalTables) {
    const { key, type, columns } = JOURNALLED[table];
    const shown = columns === "all" ? sql`to_jsonb(t)` : sql`jsonb_build_object(${named(columns)})`;
    const since = cursor === null ? sql`true` : sql`age(t.xmin) <= age(${cursor}::xid8::xid)`;
    const column = sql.ref(`t.${key}`);
    let after: string | null = null;
    for (;;) {
      const further: RawBuilder<unknown> = after === null ? sql`true` : sql`${column} > ${after}::${sql.raw(type)}`;
      const page = sql<{ key: string; row: Record<string, unknown> }>`
        select ${column}::text as key, ${shown} as row from ${sql.table(table)} t
        where ${since} and ${further} order by ${column} limit ${PAGE}`;
      const { rows }: { rows: { key: string; row: Record<string, unknown> }[] } = await page.execute(tx);
      for (const { row } of rows) yield { table, row };
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = last.key;
    }
  }
}

const named = (columns: readonly string[]) =>
  sql.join(columns.flatMap((column) => [sql.lit(column), sql.ref(`t.${column}`)]));

/** Below this number every transaction is over, in the snapshot of the running transaction. */
export async function horizonOf(tx: Tx): Promise<string> {
  const { rows } = await sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error("PostgreSQL told no horizon");
  return row.xmin;
}

/** One look at the whole database: all that is read in it belongs to the same moment. */
export const inOneSnapshot = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work);
