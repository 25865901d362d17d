// Every row of one cluster in another, as PostgreSQL writes and reads rows itself: a sealed value is bound to its place in the register, not to a page of a file.
import type pg from "pg";
import { Problem } from "../values/problem.ts";

export type Table = { readonly name: string; readonly columns: readonly string[] };
/** `sum`: the same whatever the order of the rows. */
export type Sum = { readonly rows: number; readonly sum: string };

const BATCH = 500;
/**
 * Numbers of transactions mean nothing in another cluster, where they begin anew: the sequencer of the log would wait for ages for an event that seems to be of
 * a transaction to come. What has its leaf gets a number from before every transaction, what still waits for one gets the next, in the order of its id; the
 * position stands between them (0006).
 */
const NUMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  audit_event: {
    xid: "case when exists (select from log_leaf l where l.event_id = r.id) then xid8 '3' else xid8 '4' end",
  },
  log_position: { xid: "xid8 '3'", event_id: "greatest(r.event_id, (select max(event_id) from log_leaf))" },
};

/** The same words for the same row on both sides, and nothing that fires by itself. */
export async function prepare(session: pg.Client): Promise<void> {
  await session.query("set statement_timeout = 0");
  await session.query("set idle_in_transaction_session_timeout = 0");
  await session.query("set log_min_error_statement = panic");
  await session.query("set timezone = 'UTC'");
  await session.query("set datestyle = 'ISO, YMD'");
  await session.query("set bytea_output = 'hex'");
  await session.query("set extra_float_digits = 3");
  await session.query("set session_replication_role = replica");
}

/** What is in the log of the cluster; search is not, and is made anew. The leaves first: events are asked whether they have one. */
export async function tablesOf(session: pg.Client): Promise<Table[]> {
  const { rows } = await session.query<{ name: string; columns: string[]; types: string[] }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
      array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and a.attnum > 0 and not a.attisdropped
    group by 1 order by c.relname <> 'log_leaf', c.relname collate "C"`);
  for (const { name, columns, types } of rows)
    for (const [n, column] of columns.entries())
      if (/^xid/.test(types[n] ?? "") && NUMBERS[name]?.[column] === undefined)
        throw new Problem("upgradeSchema", 500, { table: name });
  return rows.map(({ name, columns }) => ({ name, columns }));
}

/** Throws `upgradeSchema` where a table is not the same on both sides. */
export function expectSame(from: readonly Table[], to: readonly Table[]): void {
  const other = new Map(to.map(({ name, columns }) => [name, columns.join()]));
  for (const { name, columns } of from)
    if (other.get(name) !== columns.join()) throw new Problem("upgradeSchema", 500, { table: name });
  for (const { name } of to)
    if (!from.some((table) => table.name === name)) throw new Problem("upgradeSchema", 500, { table: name });
}

/** Replaces what the migrations put into the table. Both sessions are in a transaction. */
export async function copyTable(from: pg.Client, to: pg.Client, { name, columns }: Table): Promise<void> {
  const table = quoted(name);
  const shown = columns.map((column) => NUMBERS[name]?.[column] ?? `r.${quoted(column)}`);
  await to.query(`delete from ${table}`);
  await from.query(`declare rows_of no scroll cursor for select t::text as row from ${table} t`);
  for (;;) {
    const { rows } = await from.query<{ row: string }>(`fetch ${BATCH} from rows_of`);
    if (rows.length === 0) break;
    await to.query(
      `insert into ${table} (${columns.map(quoted).join()}) overriding system value
       select ${shown.join()} from unnest($1::text[]::${table}[]) r`,
      [rows.map(({ row }) => row)],
    );
  }
  await from.query("close rows_of");
}

/** Of the columns that stay as they are. */
export async function sumOf(session: pg.Client, { name, columns }: Table): Promise<Sum> {
  const kept = columns.filter((column) => NUMBERS[name]?.[column] === undefined).map((column) => `t.${quoted(column)}`);
  const { rows } = await session.query<{ rows: string; sum: string }>(
    `select count(*) as rows, coalesce(sum(('x' || left(md5(row(${kept.join()})::text), 15))::bit(60)::bigint), 0)::text as sum
     from ${quoted(name)} t`,
  );
  return { rows: Number(rows[0]?.rows ?? 0), sum: rows[0]?.sum ?? "" };
}

/** Numbers given by the database go on after the last one given, also after one whose row is gone. */
export async function copySequences(from: pg.Client, to: pg.Client): Promise<void> {
  const { rows } = await from.query<{ sequence: string }>(
    "select c.oid::regclass::text as sequence from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'",
  );
  for (const { sequence } of rows) {
    const last = await from.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${sequence}`,
    );
    const [at] = last.rows;
    if (at) await to.query("select setval($1::regclass, $2::bigint, $3)", [sequence, at.value, at.called]);
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
