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

/** The later of the column's day and a new one, for "the last day of each kind". */
export const laterOf = (column: string, excluded: string): RawBuilder<string> =>
  sql<string>`greatest(${sql.ref(column)}, ${sql.ref(excluded)})`;

/** All rows of a query as one JSON array, for what stands beside the rows in the same statement. */
export const asJson = <T>(query: Expression<T>): RawBuilder<T[]> =>
  sql<T[]>`(select coalesce(json_agg(to_json(q)), '[]') from ${query} as q)`;

/** Whether an array of ids names this one; a GIN index on the column finds it. */
export const names = (column: string, id: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} @> array[${id}]::uuid[]`;
