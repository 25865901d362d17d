// Every test file has its own database, a copy of the migrated template.
import { randomBytes } from "node:crypto";
import { after } from "node:test";
import { sql } from "kysely";
import { type Connection, connect, type Db, inDatabase, oneSession } from "../db/connect.ts";

/** What the global set-up hands to the test files, in the environment variable TEST_SERVER. */
export type TestServer = {
  readonly superuser: Connection;
  readonly owner: Connection;
  readonly app: Connection;
  readonly ownerRole: string;
  readonly template: string;
};

export type TestDatabase = {
  /** As the application: least privilege. */
  readonly db: Db;
  /** As the owner of the tables. */
  readonly owner: Db;
  readonly config: Connection;
  readonly ownerConfig: Connection;
};

/** A new database with the schema in force, dropped after the tests of the file (or of the suite that asks). */
export async function testDatabase(): Promise<TestDatabase> {
  const server = testServer();
  const name = `${server.template}_${randomBytes(6).toString("hex")}`;
  await administer(server, `create database ${name} template ${server.template} owner "${server.ownerRole}"`);
  const config = inDatabase(server.app, name);
  const ownerConfig = inDatabase(server.owner, name);
  const db = connect(config, { max: 6 });
  const owner = connect(ownerConfig, { max: 2 });
  after(async () => {
    await Promise.all([db.destroy(), owner.destroy()]);
    await administer(server, `drop database ${name} with (force)`);
  });
  return { db, owner, config, ownerConfig };
}

/** Rows of a table, read as the owner: what is really there, past every gate. */
export async function rowsOf(owner: Db, table: string): Promise<Record<string, unknown>[]> {
  return (await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(owner)).rows;
}

export function testServer(): TestServer {
  const text = process.env.TEST_SERVER;
  if (!text)
    throw new Error("no test database: run `npm test FILE`, or node --test --test-global-setup=src/test/setup.ts FILE");
  return JSON.parse(text);
}

export async function administer(server: Pick<TestServer, "superuser">, ...statements: string[]): Promise<void> {
  const session = oneSession(server.superuser);
  await session.connect();
  try {
    for (const statement of statements) await session.query(statement);
  } finally {
    await session.end();
  }
}
