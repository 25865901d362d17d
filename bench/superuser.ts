// Past the register, into its PostgreSQL: for counting statements and for planting what a scan must find.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { oneSession } from "../src/db/connect.ts";
import { DATABASE, PORT } from "../src/db/embeddedCluster.ts";
import { ROLES, readSecrets } from "../src/db/embeddedSecrets.ts";
import { clusterOf } from "./register.ts";

export async function asSuperuser(dataDir: string, statements: readonly string[]): Promise<void> {
  const secrets = await readSecrets(dataDir);
  if (!secrets) throw new Error("no database in the folder");
  const settings = readFileSync(join(await clusterOf(dataDir), "postgresql.conf"), "utf8");
  const host = /^unix_socket_directories = '(.+)'$/m.exec(settings)?.[1] ?? "";
  const password = secrets.passwords.superuser;
  const session = oneSession({ host, port: PORT, user: ROLES.superuser, password, database: DATABASE });
  await session.connect();
  try {
    for (const statement of statements) await session.query(statement);
  } finally {
    await session.end();
  }
}
