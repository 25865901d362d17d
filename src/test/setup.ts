// Once for each test run: a PostgreSQL of its own and the migrated template that every test file copies.
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, connect, inDatabase, oneSession } from "../db/connect.ts";
import { clusterIn } from "../db/embeddedCluster.ts";
import { ROLES, readSecrets } from "../db/embeddedSecrets.ts";
import { migrate } from "../db/migrate.ts";
import { startPostgres } from "../db/supervisor.ts";
import { stopOrphan } from "../db/supervisorOrphan.ts";
import { signal, startOf } from "../db/supervisorProcesses.ts";
import { administer, type TestServer } from "./database.ts";

const folderPrefix = "tietovirta-test-";
let tearDown: (() => Promise<void>) | undefined;

export async function globalSetup(): Promise<void> {
  const url = process.env.TEST_DATABASE_URL;
  const server = url ? await givenServer({ url }) : await ownServer();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(name, () => void globalTeardown().finally(() => process.exit(1)));
  }
  await administer(server, `create database ${server.template} owner "${server.ownerRole}"`);
  const owner = connect(inDatabase(server.owner, server.template), { max: 1 });
  try {
    await migrate(owner);
  } finally {
    await owner.destroy();
  }
  process.env.TEST_SERVER = JSON.stringify(server);
}

export async function globalTeardown(): Promise<void> {
  const work = tearDown;
  tearDown = undefined;
  await work?.();
}

async function ownServer(): Promise<TestServer> {
  await clearLeftovers();
  const dataDir = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  await chmod(dataDir, 0o711);
  const postgres = await startPostgres({
    dataDir,
    log: () => undefined,
    // Nothing here outlives the run.
    settings: { fsync: "off", full_page_writes: "off", shared_buffers: "64MB", max_connections: "150" },
  });
  // The test runner ends the process at a signal without waiting for us: then there is time only for what is done at once.
  const atOnce = () => {
    signal([postgres.pid() ?? 0].filter(Boolean), "SIGKILL");
    for (const folder of [postgres.home, dataDir])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.once("exit", atOnce);
  tearDown = async () => {
    await postgres.stop();
    process.off("exit", atOnce);
    await rm(postgres.home, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  };
  return {
    superuser: postgres.superuser,
    owner: postgres.owner,
    app: postgres.app,
    ownerRole: ROLES.owner,
    template: "test_template",
  };
}

/** A server that somebody gives: its role must be allowed to make databases; without the right to make roles the two roles are one. */
async function givenServer(superuser: Connection): Promise<TestServer> {
  const template = `test_${randomBytes(4).toString("hex")}`;
  const session = oneSession(superuser);
  await session.connect();
  const { rows } = await session.query<{ name: string }>("select current_user as name");
  await session.end();
  tearDown = () => administer({ superuser }, `drop database if exists ${template} with (force)`);
  return { superuser, owner: superuser, app: await appOf(superuser), ownerRole: rows[0]?.name ?? "", template };
}

async function appOf(superuser: Connection): Promise<Connection> {
  const password = randomBytes(12).toString("hex");
  try {
    await administer(
      { superuser },
      `do $$ begin if not exists (select from pg_roles where rolname = '${ROLES.app}') then create role ${ROLES.app}; end if; end $$`,
      `alter role ${ROLES.app} login password '${password}'`,
    );
  } catch {
    return superuser;
  }
  if (!("url" in superuser)) return superuser;
  const url = new URL(superuser.url);
  url.username = ROLES.app;
  url.password = password;
  return { url: url.href };
}

/** What a run that was killed could not take away. */
async function clearLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(folderPrefix) ? Number.parseInt(name.slice(folderPrefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || startOf(pid) !== undefined) continue;
    const dataDir = join(tmpdir(), name);
    const secrets = await readSecrets(dataDir).catch(() => undefined);
    if (secrets !== undefined) {
      await stopOrphan(clusterIn(secrets.home), join(secrets.home, "socket"), () => undefined).catch(() => undefined);
      await rm(secrets.home, { recursive: true, force: true });
    }
    await rm(dataDir, { recursive: true, force: true });
  }
}
