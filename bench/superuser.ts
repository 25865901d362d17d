// Past the register, into its PostgreSQL: for counting statements, for planting what a scan must find, for looking at what is there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { oneSession } from "../src/db/connect.ts";
import { DATABASE, PORT } from "../src/db/embeddedCluster.ts";
import { ROLES, readSecrets } from "../src/db/embeddedSecrets.ts";
import { clusterOf } from "./register.ts";

export async function asSuperuser(dataDir: string, statements: readonly string[]): Promise<void> {
  await inSession(dataDir, async (run) => {
    for (const statement of statements) await run(statement);
  });
}

export const query = (dataDir: string, statement: string): Promise<Record<string, unknown>[]> =>
  inSession(dataDir, (run) => run(statement));

type Run = (statement: string) => Promise<Record<string, unknown>[]>;

async function inSession<T>(dataDir: string, work: (run: Run) => Promise<T>): Promise<T> {
  const secrets = await readSecrets(dataDir);
  if (!secrets) throw new Error("no database in the folder");
  const settings = readFileSync(join(await clusterOf(dataDir), "postgresql.conf"), "utf8");
  const host = /^unix_socket_directories = '(.+)'$/m.exec(settings)?.[1] ?? "";
  const password = secrets.passwords.superuser;
  const session = oneSession({ host, port: PORT, user: ROLES.superuser, password, database: DATABASE });
  await session.connect();
  try {
    return await work(async (statement) => (await session.query(statement)).rows);
  } finally {
    await session.end();
  }
}
