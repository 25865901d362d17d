// Puts rows of the journal back into a database that was restored to an earlier time. As the owner, before anybody may ask.
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "./connect.ts";
import { ACCESS, JOURNALLED, type JournalTable, type PlainTable } from "./journalRows.ts";
import type { Tables } from "./tables.ts";

type Row = Readonly<Record<string, unknown>>;

/** Of people whom the restored database does not know there is nothing to forbid, and a row of them would be one too many. */
const ofKnownPeople: ReadonlySet<JournalTable> = new Set(["consent", "objection", "restriction", "hold"]);

/** The later writing of a row wins. Answers how many rows are new or changed. */
export async function putBack(tx: Tx, table: PlainTable, rows: readonly Row[]): Promise<number> {
  const known = ofKnownPeople.has(table)
    ? sql`exists (select from subject s where s.id = p.subject_id)`
    : sql<boolean>`true`;
  return upsert(tx, table, rows, { key: JOURNALLED[table].key, where: known });
}

/**
 * Accounts that were closed or ended since are so again, and what was taken away from one is gone: a role, a passkey, an identity elsewhere. What was given
 * since is not given again: a person does that. Answers how many accounts were closed, opened or given another last day.
 */
export async function putBackAccess(tx: Tx, rows: readonly Row[]): Promise<number> {
  const json = JSON.stringify(rows);
  for (const [name, [table, column]] of Object.entries(ACCESS))
    await sql`delete from ${sql.table(table)} r using jsonb_to_recordset(${json}::jsonb) as p(subject_id uuid, ${sql.ref(name)} jsonb)
      where r.subject_id = p.subject_id and not ${sql.ref(`p.${name}`)} ? ${sql.ref(`r.${column}`)}::text`.execute(tx);
  const { numAffectedRows } = await sql`update account a set disabled_at = p.disabled_at, ends_on = p.ends_on
    from jsonb_to_recordset(${json}::jsonb) as p(subject_id uuid, disabled_at timestamptz, ends_on date)
    where a.subject_id = p.subject_id and (a.disabled_at, a.ends_on) is distinct from (p.disabled_at, p.ends_on)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

export type InvoicesBack = {
  /** Ids (32 hex digits) of keys that the keyring holds: what is sealed under another opens for nobody. */
  held: ReadonlySet<string>;
  /** The flow that the description names now. */
  flow: string;
  at: Date;
};

/**
 * Invoices as the journal has them. One that the restored database lacks, or has as it was sealed and unpaid before, comes back whole where its key still
 * exists, and with it the id of its subject, whom law keeps in it whatever became of the customer. What cannot be put back is *uncertain*: its number is
 * taken, and its order waits for a person.
 */
export async function putBackInvoices(tx: Tx, rows: readonly Row[], { held, flow, at }: InvoicesBack) {
  await takeNumbers(tx, rows);
  const whole = rows.filter(({ sealed }) => typeof sealed === "string" && held.has(keyOf(sealed)));
  const put = whole.length === 0 ? 0 : await putWhole(tx, whole);
  return { put, uncertain: await markUncertain(tx, rows, { flow, at }) };
}

/** Of a sealed value as `to_jsonb` writes it: \x, one byte of format, 16 of the key's id. */
const keyOf = (sealed: string): string => sealed.slice(4, 36);

const missing = (rows: readonly Row[]) => sql`from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as p(id uuid, subject_id uuid, order_id uuid, number text, issued_on date)
    where not exists (select from invoice i where i.id = p.id or i.number = p.number)`;

async function takeNumbers(tx: Tx, rows: readonly Row[]): Promise<void> {
  await sql`insert into invoice_series (year, next_number)
    select left(p.number, 4)::int, max(substr(p.number, 5)::int) + 1 ${missing(rows)} group by 1
    on conflict (year) do update set next_number = greatest(invoice_series.next_number, excluded.next_number)`.execute(
    tx,
  );
}

async function putWhole(tx: Tx, rows: readonly Row[]): Promise<number> {
  const json = JSON.stringify(rows);
  // Another row under the same number or order is the same voucher, issued again after an earlier restore.
  const { numAffectedRows } = await sql`insert into invoice
    select p.* from jsonb_populate_recordset(null::invoice, ${json}::jsonb) p
    where not exists (select from invoice i where i.id <> p.id and (i.number = p.number or i.order_id = p.order_id))
    on conflict (id) do update set sealed = excluded.sealed, sealed_category = excluded.sealed_category, rule = excluded.rule, paid_on = excluded.paid_on
      where (invoice.sealed, invoice.paid_on) is distinct from (excluded.sealed, excluded.paid_on)`.execute(tx);
  await sql`insert into invoice_vat select v.* from jsonb_to_recordset(${json}::jsonb) as p(id uuid, vat jsonb)
    cross join lateral jsonb_populate_recordset(null::invoice_vat, p.vat) v
    where exists (select from invoice i where i.id = p.id) on conflict do nothing`.execute(tx);
  await sql`insert into subject (id) select p.subject_id from jsonb_to_recordset(${json}::jsonb) as p(id uuid, subject_id uuid)
    where exists (select from invoice i where i.id = p.id) on conflict do nothing`.execute(tx);
  // An earlier writing of the same row may have been under a key that is gone.
  await sql`delete from uncertain_transfer u using jsonb_to_recordset(${json}::jsonb) as p(id uuid, order_id uuid)
    where u.order_id = p.order_id and u.settled_at is null and exists (select from invoice i where i.id = p.id)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

async function markUncertain(tx: Tx, rows: readonly Row[], { flow, at }: Pick<InvoicesBack, "flow" | "at">) {
  const marked = await sql`insert into uncertain_transfer (order_id, subject_id, flow, number, issued_on, found_at)
    select p.order_id, p.subject_id, ${flow}, p.number, p.issued_on, ${at} ${missing(rows)}
      and exists (select from customer_order o where o.id = p.order_id)
    on conflict do nothing`.execute(tx);
  return Number(marked.numAffectedRows ?? 0);
}

/** Before the first row: a place to remember which erasures the journal knows. Answers when the newest thing happened that the database knows by itself. */
export async function beginPuttingBack(tx: Tx): Promise<Date> {
  await sql`create temporary table journalled_ledger (id uuid primary key) on commit drop`.execute(tx);
  const { rows } = await sql<{ at: Date | null }>`select at from audit_event order by id desc limit 1`.execute(tx);
  return rows[0]?.at ?? new Date(0);
}

type Mark = { id: string; base: string; target_at: Date | null; restored_at: Date };

/** From here on the database is not opened until the mark is finished. */
export async function markRestore(tx: Tx, mark: Mark): Promise<void> {
  await tx.insertInto("restore_mark").values(mark).execute();
}

/** True where a restore was begun and what was erased since is not carried out again yet. */
export async function restoreUnfinished(db: Db | Tx): Promise<boolean> {
  const row = await db.selectFrom("restore_mark").select("id").where("finished_at", "is", null).executeTakeFirst();
  return row !== undefined;
}

export async function noteLedger(tx: Tx, rows: readonly Row[]): Promise<void> {
  const ids = rows.map(({ id }) => String(id));
  await sql`insert into journalled_ledger select unnest(${ids}::uuid[]) on conflict do nothing`.execute(tx);
}

/** How many erasures before the moment the database knows and the journal does not. */
export async function ledgerRowsMissing(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ missing: number }>`select count(*)::int as missing from erasure_ledger e
    where e.rows_gone_at < ${before} and not exists (select from journalled_ledger j where j.id = e.id)`.execute(tx);
  return rows[0]?.missing ?? 0;
}

export async function logSize(tx: Tx): Promise<number> {
  const { rows } = await sql<{ size: number }>`select size from log_position`.execute(tx);
  return rows[0]?.size ?? 0;
}

/** Rows as `to_jsonb` wrote them, under the names of the columns; identity columns keep the number they had. */
export async function upsert(
  tx: Tx,
  table: keyof Tables,
  rows: readonly Row[],
  { key, where = sql`true`, keep = false }: { key: string; where?: RawBuilder<unknown>; keep?: boolean },
): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = Object.keys(first);
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const changed = sql.join(
    columns.filter((column) => column !== key).map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`),
  );
  const conflict = keep ? sql`do nothing` : sql`do update set ${changed}`;
  const { numAffectedRows } = await sql`insert into ${sql.table(table)} (${list}) overriding system value
    select ${sql.join(columns.map((column) => sql.ref(`p.${column}`)))}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) p
    where ${where} on conflict (${sql.ref(key)}) ${conflict}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
