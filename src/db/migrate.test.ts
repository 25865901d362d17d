import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../test/database.ts";
import type { Db } from "./connect.ts";
import { migrate } from "./migrate.ts";

test("each file runs once, also when two servers start together", async () => {
  const owner = await emptyDatabase();
  const folder = await files({
    "0001_first.sql": "create table first (id int); insert into first values (1);",
    "0002_second.sql": "create table second (id int);",
  });
  const ran = await Promise.all([migrate(owner, folder), migrate(owner, folder)]);
  assert.deepEqual(ran.flat(), ["0001_first.sql", "0002_second.sql"]);
  assert.deepEqual(await migrate(owner, folder), []);
  assert.deepEqual((await sql`select id from first`.execute(owner)).rows, [{ id: 1 }]);
});

test("a file that fails leaves nothing of itself, and what ran before it stays", async () => {
  const owner = await emptyDatabase();
  const folder = await files({
    "0001_first.sql": "create table first (id int);",
    "0002_second.sql": "create table second (id int); select no_such_function();",
  });
  await assert.rejects(migrate(owner, folder), { code: "42883" });
  assert.deepEqual(await tables(owner), ["first", "migration"]);
  await writeFile(join(folder, "0002_second.sql"), "create table second (id int);");
  assert.deepEqual(await migrate(owner, folder), ["0002_second.sql"]);
});

test("a newer schema and a changed file are refused before anything runs", async () => {
  const owner = await emptyDatabase();
  const folder = await files({ "0001_first.sql": "create table first (id int);", "0002_second.sql": "select 1;" });
  await migrate(owner, folder);

  await rm(join(folder, "0002_second.sql"));
  await assert.rejects(migrate(owner, folder), { code: "schemaNewer", facts: { name: "0002_second.sql" } });

  await writeFile(join(folder, "0002_second.sql"), "select 2;");
  await writeFile(join(folder, "0003_third.sql"), "create table third (id int);");
  await assert.rejects(migrate(owner, folder), { code: "migrationChanged", facts: { name: "0002_second.sql" } });
  assert.deepEqual(await tables(owner), ["first", "migration"]);
});

test("a gap or a doubled number is refused", async () => {
  const owner = await emptyDatabase();
  for (const name of ["0003_third.sql", "0001_again.sql", "2_second.sql"]) {
    const folder = await files({ "0001_first.sql": "select 1;", [name]: "select 1;" });
    await assert.rejects(migrate(owner, folder), { code: "migrationName" });
  }
  assert.deepEqual(await tables(owner), []);
});

async function emptyDatabase(): Promise<Db> {
  const { owner } = await testDatabase();
  await sql`drop schema public cascade`.execute(owner);
  await sql`create schema public`.execute(owner);
  return owner;
}

async function files(texts: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-migrations-"));
  after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return folder;
}

async function tables(owner: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(owner);
  return rows.map((row) => row.name);
}
