// What a restore to an earlier time must still know although that database does not: rows without a value in the clear, in the order of their writing.
// Copied beneath the gate, as a base copy is: nothing is opened, nothing decided.
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "./connect.ts";
import type { Tables } from "./tables.ts";

type Columns<T extends keyof Tables> = readonly (keyof Tables[T] & string)[];
type Journalled = {
  [T in keyof Tables]?: { key: keyof Tables[T] & string; type: "uuid" | "bytea" | "text" };
};

/**
 * Tables whose rows go into the journal. An invoice is a voucher (Accounting Act (1336/1997) chapter 2): it goes whole, sealed as it stands, with its VAT
 * rows as `vat`. None of the columns holds a value of a person in the clear.
 */
export const JOURNALLED = {
  erasure_ledger: { key: "id", type: "uuid" },
  erasure_certificate: { key: "id", type: "uuid" },
  consent: { key: "id", type: "uuid" },
  objection: { key: "id", type: "uuid" },
  restriction: { key: "id", type: "uuid" },
  hold: { key: "id", type: "uuid" },
  ban: { key: "address_mac", type: "bytea" },
  /** One that was revoked must stay so; its secret is not in it, and its name says what it is for, not whose it is. */
  token: { key: "id", type: "uuid" },
  /** Whether it is closed, when it ends, which roles it has and what signs in to it: no name, no password. */
  account: { key: "subject_id", type: "uuid" },
  description_version: { key: "version", type: "text" },
  invoice: { key: "id", type: "uuid" },
} as const satisfies Journalled;

/** Of an invoice so old that every copy of the database holds it: that its number was given. */
const NUMBER_GIVEN: Columns<"invoice"> = ["id", "subject_id", "order_id", "number", "issued_on"];

/** Rows that are put back as they are. */
export type PlainTable = Exclude<JournalTable, "invoice" | "account">;
export type JournalTable = keyof typeof JOURNALLED;
export type JournalRow = { table: JournalTable; row: Readonly<Record<string, unknown>> };
export const journalTables = Object.keys(JOURNALLED) as JournalTable[];

const PAGE = 2000;

/**
 * Everything written since the cursor (null: everything there is), and then the cursor of the next call. A transaction that was under way
 * at the last call is not missed: PostgreSQL says below which number all are over. Rows may come twice; the later one is the newer.
 * `wholeSince`: invoices issued before it are in every copy of the database that is kept, and come as a number.
 */
export async function* changedSince(tx: Tx, cursor: string | null, wholeSince: Date): AsyncGenerator<JournalRow> {
  for (const table of journalTables) {
    const { key, type } = JOURNALLED[table];
    const shown = shownOf(table, wholeSince);
    const since = cursor === null ? sql`true` : changedIn(table, cursor);
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

function shownOf(table: JournalTable, wholeSince: Date): RawBuilder<unknown> {
  if (table === "invoice") return invoiceShown(wholeSince);
  if (table === "account") return ACCOUNT_SHOWN;
  return sql`to_jsonb(t)`;
}

/** What is written of an account in rows of its own. Who takes such a row away touches the account (registers/staff/store.ts `noteAccess`). */
export const ACCESS = {
  roles: ["account_role", "role"],
  passkeys: ["passkey", "id"],
  outside: ["outside_identity", "id"],
} as const;

const newer = (row: string, cursor: string) => sql`age(${sql.ref(`${row}.xmin`)}) <= age(${cursor}::xid8::xid)`;

function changedIn(table: JournalTable, cursor: string): RawBuilder<unknown> {
  if (table !== "account") return newer("t", cursor);
  const given = Object.values(ACCESS).map(
    ([of]) => sql`exists (select from ${sql.table(of)} r where r.subject_id = t.subject_id and ${newer("r", cursor)})`,
  );
  return sql`(${sql.join([newer("t", cursor), ...given], sql` or `)})`;
}

const ACCOUNT_SHOWN = sql`jsonb_build_object('subject_id', t.subject_id, 'disabled_at', t.disabled_at, 'ends_on', t.ends_on, ${sql.join(
  Object.entries(ACCESS).flatMap(([name, [of, column]]) => [
    sql.lit(name),
    sql`(select coalesce(jsonb_agg(${sql.ref(`r.${column}`)}), '[]') from ${sql.table(of)} r where r.subject_id = t.subject_id)`,
  ]),
)})`;

const invoiceShown = (wholeSince: Date) => sql`case when t.at >= ${wholeSince}
    then to_jsonb(t) || jsonb_build_object('vat', (select jsonb_agg(to_jsonb(v)) from invoice_vat v where v.invoice_id = t.id))
    else jsonb_build_object(${named(NUMBER_GIVEN)}) end`;

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
