// What a database holds, in numbers: a copy that was brought up is held against the living one. Beneath the gate and without a value of a person.
import { sql } from "kysely";
import type { Db } from "./connect.ts";
import type { Tables } from "./tables.ts";

/** `ledger`: a sum over the lines of the erasure ledger written before a moment, the same in whatever order they lie. */
export type DatabaseFacts = {
  readonly rows: Readonly<Record<string, number>>;
  readonly invoiceCents: number;
  readonly ledger: { readonly lines: number; readonly sum: string };
};

/** Of one moment. `before`: only older lines of the ledger are summed. */
export async function factsOf(db: Db, tables: readonly (keyof Tables)[], before: Date): Promise<DatabaseFacts> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (tx) => {
      // A count reads its whole table; the cheapest index of it is still an index.
      await sql`set local statement_timeout = 0`.execute(tx);
      const rows: Record<string, number> = {};
      for (const table of tables) {
        const counted = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(tx);
        rows[table] = counted.rows[0]?.rows ?? 0;
      }
      const cents = await sql<{
        cents: number;
      }>`select coalesce(sum(total_cents), 0)::bigint as cents from invoice`.execute(tx);
      const ledger = await sql<{ lines: number; sum: string }>`select count(*) as lines,
          coalesce(sum(('x' || left(md5(concat_ws(' ', id, subject_id, register, rows_gone_at, keys)), 15))::bit(60)::bigint), 0)::text as sum
        from erasure_ledger where rows_gone_at < ${before}`.execute(tx);
      const [told] = ledger.rows;
      if (!told) throw new Error("the ledger answered nothing");
      return { rows, invoiceCents: cents.rows[0]?.cents ?? 0, ledger: told };
    });
}

/** A sealed value and the place it is bound to. */
export type SealedAt = {
  readonly register: string;
  readonly category: string;
  readonly row: string;
  readonly subject: string;
  readonly sealed: Buffer;
};

/** Chosen by chance: most of customers, some of invoices. */
export async function sampleSealed(db: Db, most: number): Promise<SealedAt[]> {
  const ofInvoices = Math.ceil(most / 5);
  const { rows } = await sql<SealedAt>`
    (select 'invoices' as register, sealed_category as category, id as row, subject_id as subject, sealed from invoice
      order by random() limit ${ofInvoices})
    union all
    (select 'customers', category, subject_id, subject_id, sealed from customer_value order by random() limit ${most})
    limit ${most}`.execute(db);
  return rows;
}

export type ErasedLine = {
  readonly id: string;
  readonly subject_id: string;
  readonly keys: readonly string[];
  readonly everything: boolean;
  readonly destroyed: boolean;
};

/** The newest lines of the erasure ledger of as many people, whose rows went. */
export async function newestErased(db: Db, most: number): Promise<ErasedLine[]> {
  const { rows } =
    await sql<ErasedLine>`select id, subject_id, keys, everything, keys_destroyed_at is not null as destroyed
    from erasure_ledger where subject_id in (
      select subject_id from erasure_ledger where ground <> 'resealed' group by 1 order by max(rows_gone_at) desc limit ${most})
      and ground <> 'resealed' order by rows_gone_at desc`.execute(db);
  return rows;
}

/** How many values sealed with one of the keys are there still, and how many of the people whose everything was erased. */
export async function stillThere(
  db: Db,
  { keys, subjects }: { keys: readonly string[]; subjects: readonly string[] },
): Promise<number> {
  const { rows } = await sql<{ there: number }>`with gone as (select unnest(${keys}::text[]) as key)
    select (select count(*) from customer_value v join gone on encode(substr(v.sealed, 2, 16), 'hex') = gone.key)
      + (select count(*) from invoice v join gone on encode(substr(v.sealed, 2, 16), 'hex') = gone.key)
      + (select count(*) from order_line v join gone on encode(substr(v.sealed, 2, 16), 'hex') = gone.key)
      + (select count(*) from customer c where c.subject_id = any(${subjects}::uuid[])) as there`.execute(db);
  return rows[0]?.there ?? 0;
}

/** Of the keys, those that some line of the ledger names: erased since. */
export async function namedInLedger(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`select distinct k.key from erasure_ledger e, unnest(e.keys) as k(key)
    where k.key = any(${keys}::text[])`.execute(db);
  return new Set(rows.map(({ key }) => key));
}
