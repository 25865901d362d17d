// Forward only: each file runs once, in order, in its own transaction. To undo a mistake, write the next file.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Kysely, sql } from "kysely";
import { digestHex } from "../keys/token.ts";
import { Problem } from "../values/problem.ts";

const migrationsFolder = fileURLToPath(new URL("../../migrations", import.meta.url));
const fileName = /^\d{4}_[a-z0-9_]+\.sql$/;
// Any number of our own: two servers that start at once take turns.
const lockKey = 4700_2026;

type Migration = { readonly name: string; readonly text: string; readonly checksum: string };

/**
 * Brings the schema up to the code, as the owner of the database. Answers the names of the files that ran now.
 * Throws `schemaNewer` when the database has seen a migration that the code does not have, and `migrationChanged` when a file is no longer the one
 * that ran; nothing is changed then.
 */
export async function migrate<T>(owner: Kysely<T>, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const ran: string[] = [];
  await owner.connection().execute(async (session) => {
    // Waiting for a neighbour's migrations, or filling a large table, may take longer than a request may.
    await sql`set statement_timeout = 0`.execute(session);
    await sql`select pg_advisory_lock(${lockKey})`.execute(session);
    try {
      const done = await alreadyRun(session);
      compare(migrations, done);
      for (const migration of migrations.slice(done.length)) {
        await session.transaction().execute(async (tx) => {
          await sql.raw(migration.text).execute(tx);
          await sql`insert into migration (name, checksum) values (${migration.name}, ${migration.checksum})`.execute(
            tx,
          );
        });
        ran.push(migration.name);
      }
    } finally {
      await sql`select pg_advisory_unlock(${lockKey})`.execute(session);
      await sql`reset statement_timeout`.execute(session);
    }
  });
  return ran;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name, index) => {
      // A gap or a doubled number is two branches that met; which of them ran first would differ from one database to the next.
      if (!fileName.test(name) || Number(name.slice(0, 4)) !== index + 1)
        throw new Problem("migrationName", 500, { name });
      const text = await readFile(join(folder, name), "utf8");
      return { name, text, checksum: digestHex(text) };
    }),
  );
}

type Done = { name: string; checksum: string };

async function alreadyRun<T>(session: Kysely<T>): Promise<Done[]> {
  await sql`create table if not exists migration (name text primary key, checksum text not null, at timestamptz not null default now())`.execute(
    session,
  );
  return (await sql<Done>`select name, checksum from migration order by name`.execute(session)).rows;
}

function compare(migrations: readonly Migration[], done: readonly Done[]) {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const { name } of done) {
    if (!known.has(name)) throw new Problem("schemaNewer", 500, { name });
  }
  for (const { name, checksum } of done) {
    if (known.get(name) !== checksum) throw new Problem("migrationChanged", 500, { name });
  }
}
