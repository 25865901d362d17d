// How many statements one request takes, counted in PostgreSQL's own log on a side run (begin and commit are counted: each is a way there and back).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ROLES } from "../src/db/embeddedSecrets.ts";
import { clusterOf, type Register } from "./register.ts";
import { asSuperuser } from "./superuser.ts";

/** Runs `work` with every statement of the application logged, and answers how many there were more than in an idle time as long: the log is sequenced twice a second. */
export async function countStatements(register: Register, work: () => Promise<void>): Promise<number> {
  const folder = join(await clusterOf(register.dataDir), "log");
  await asSuperuser(register.dataDir, [`alter role ${ROLES.app} set log_statement = 'all'`, dropSessions]);
  await pause(500);
  // The first request of every connection asks the catalogue and knows nobody yet.
  await work();
  const before = statementsIn(folder);
  const began = performance.now();
  await work();
  await pause(300);
  const counted = statementsIn(folder) - before;
  const took = performance.now() - began;
  const idleFrom = statementsIn(folder);
  await pause(took);
  const idle = statementsIn(folder) - idleFrom;
  await asSuperuser(register.dataDir, [`alter role ${ROLES.app} reset log_statement`, dropSessions]);
  await pause(500);
  return Math.max(0, counted - idle);
}

const dropSessions = `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${ROLES.app}'`;

const statementsIn = (folder: string): number =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8").match(/LOG: {2}(statement|execute [^:]*):/g)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
