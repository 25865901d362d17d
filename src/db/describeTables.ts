// Writes src/db/tables.ts from a migrated database, so that the types cannot say other than the tables. Checked for drift by tables.test.ts.
import { sql } from "kysely";
import type { Db } from "./connect.ts";

const TYPES: Record<string, string> = {
  uuid: "string",
  text: "string",
  date: "string",
  numeric: "string",
  int4: "number",
  int8: "number",
  xid8: "string",
  bool: "boolean",
  bytea: "Buffer",
  jsonb: "JsonValue",
  timestamptz: "Date",
  _text: "string[]",
  _uuid: "string[]",
  _int8: "bigint[]",
};

export async function describeTables(db: Db): Promise<string> {
  const { rows } = await sql<{ table: string; column: string; type: string; nullable: boolean; made: boolean }>`
    select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
           a.atthasdef or a.attidentity <> '' as made
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and c.relname <> 'migration'
    order by c.relname collate "C", a.attnum`.execute(db);
  const tables = Map.groupBy(rows, (row) => row.table);
  const body = [...tables].map(([table, columns]) => {
    const lines = columns.map(({ column, type, nullable, made }) => {
      const plain = `${TYPES[type] ?? "never"}${nullable ? " | null" : ""}`;
      return `    ${column}: ${made ? `Generated<${plain}>` : plain};`;
    });
    return `  ${table}: {\n${lines.join("\n")}\n  };`;
  });
  return `// Generated from the migrations by \`npm run golden\`. Do not edit.
import type { Generated } from "kysely";

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export type Tables = {\n${body.join("\n")}\n};\n`;
}
