import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "./database.ts";

test("a test database has the schema, and two roles of different rights", async () => {
  const { db, owner } = await testDatabase();
  const names = await sql<{ name: string }>`select name from migration order by name`.execute(owner);
  assert.match(names.rows[0]?.name ?? "", /^0001_/);
  const who = await sql<{ who: string }>`select current_user as who`.execute(db);
  assert.equal(who.rows[0]?.who, "tietovirta_app");
  await assert.rejects(sql`create table mine (id int)`.execute(db), { code: "42501" });
});

test("days are text, cents are numbers, and a number too large is refused", async () => {
  const { db } = await testDatabase();
  const { rows } = await sql`select date '2026-03-29' as day, 9007199254740991::int8 as cents`.execute(db);
  assert.deepEqual(rows, [{ day: "2026-03-29", cents: Number.MAX_SAFE_INTEGER }]);
  await assert.rejects(sql`select 9007199254740992::int8 as cents`.execute(db), RangeError);
});
