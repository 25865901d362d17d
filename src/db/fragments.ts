// The few pieces of raw SQL that stores may use; each names no table, so that none can reach another register's rows.
import { type Expression, type RawBuilder, sql } from "kysely";

/** True where the array column holds at least one of the tokens. */
export const holdsOneOf = (column: string, tokens: readonly bigint[]): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} && ${tokens.map(String)}::bigint[]`;

/** The array column without the old tokens and with the new. */
export const retokened = (column: string, old: readonly bigint[], fresh: readonly bigint[]): RawBuilder<bigint[]> =>
  sql<bigint[]>`array(select unnest(${sql.ref(column)}) except select unnest(${old.map(String)}::bigint[])
    union select unnest(${fresh.map(String)}::bigint[]))`;

export const tokenArray = (tokens: readonly bigint[]): RawBuilder<bigint[]> =>
  sql<bigint[]>`${tokens.map(String)}::bigint[]`;

/** Refusals, as a literal: a kept plan with a parameter cannot use the index that holds only them. */
export const isRefused = (column: string): RawBuilder<boolean> => sql<boolean>`${sql.ref(column)} = 'refused'`;

/** The later of the column's day and a new one, for "the last day of each kind". */
export const laterOf = (column: string, excluded: string): RawBuilder<string> =>
  sql<string>`greatest(${sql.ref(column)}, ${sql.ref(excluded)})`;

/** All rows of a query as one JSON array, for what stands beside the rows in the same statement. */
export const asJson = <T>(query: Expression<T>): RawBuilder<T[]> =>
  sql<T[]>`(select coalesce(json_agg(to_json(q)), '[]') from ${query} as q)`;

/**
 * Whether an array of ids names this one. A GIN index on the column finds it, but not where the same query also asks for the newest few: its plan
 * then walks the table's primary key. Ask it in a query with `offset(0)`, which PostgreSQL plans by itself, and sort around that (`grant.around`).
 */
export const names = (column: string, id: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} @> array[${id}]::uuid[]`;

/** The database's own present, which is later than its transaction's beginning. */
export const presentMoment = (): RawBuilder<Date> => sql<Date>`clock_timestamp()`;

/** Whether the JSON of a column says one of the texts anywhere. */
export const mentions = (column: string, texts: readonly string[]): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)}::text like any(${texts.map((text) => `%${text}%`)}::text[])`;

/** An instant of the column in UTC with microseconds, as text: a Date would round what a hash has to hold. */
export const instant = (column: string): RawBuilder<string> =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** True where the number is one of the list. */
export const isOneOf = (column: string, numbers: readonly number[]): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} = any(${[...numbers]}::bigint[])`;

/** Rows after the given one in the order of transactions, of those transactions before which none is under way any more. */
export const settledAfter = (xid: string, id: string, after: { xid: string; id: number }): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(xid)} < pg_snapshot_xmin(pg_current_snapshot())
    and (${sql.ref(xid)}, ${sql.ref(id)}) > (${after.xid}::xid8, ${after.id}::bigint))`;
