import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../test/database.ts";

test("what could hold a text is kept uncompressed, so that a scan of the files would find it", async () => {
  const { owner } = await testDatabase();
  const { rows } = await sql<{ column: string; storage: string }>`
    select c.relname || '.' || a.attname as column, a.attstorage as storage
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and t.typname in ('text', 'varchar', 'json', 'jsonb', 'bytea', '_text') order by 1`.execute(owner);
  assert.ok(rows.length > 60, "found too few columns for this test to mean anything");
  assert.deepEqual(
    rows.filter(({ storage }) => storage !== "e").map(({ column }) => column),
    [],
  );
});
