// From one major version of PostgreSQL to another without pg_upgrade or pg_dump, which npm does not bring: a new cluster beside the old, every row copied and
// counted, and one file that says which of the two is the register's.
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { Problem } from "../values/problem.ts";
import { archiveSettings } from "./archive.ts";
import { type Connection, connect, oneSession } from "./connect.ts";
import { type Binaries, findBinaries } from "./embeddedBinaries.ts";
import { clusterIn, configure, createCluster, DATABASE, PORT } from "./embeddedCluster.ts";
import { closedFolder, findAccount, reachableBinaries, socketFolder } from "./embeddedPlace.ts";
import type { Account } from "./embeddedRun.ts";
import { ROLES, type RoleName, readSecrets, type Secrets, writeSecrets } from "./embeddedSecrets.ts";
import { FORMER_DAYS, readFormer, writeFormer } from "./formerCluster.ts";
import { migrate } from "./migrate.ts";
import { recover } from "./recovery.ts";
import { refuseUnfinished } from "./recoveryMark.ts";
import { openDataFolder } from "./supervisor.ts";
import { lockSupervisor } from "./supervisorLock.ts";
import { stopOrphan } from "./supervisorOrphan.ts";
import { keepRunning } from "./supervisorServer.ts";
import { copySequences, copyTable, expectSame, prepare, sumOf, tablesOf } from "./upgradeCopy.ts";
import { historyOf, isHistory, timelineOf } from "./walFile.ts";

export type Upgrade = {
  readonly dataDir: string;
  /** The programs that the cluster was made with. */
  readonly former: Binaries;
  /** The installed ones when absent; others for tests. */
  readonly next?: Binaries;
  readonly now: Date;
  readonly log: (line: string) => void;
  /** Over ours: only tests turn fsync off. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type Upgraded = {
  readonly from: number;
  readonly to: number;
  readonly tables: number;
  readonly rows: number;
  /** By when the old cluster is gone. */
  readonly until: Date;
  /** Makes the old one the register's again, until then. */
  readonly back: () => Promise<void>;
};

type Place = { account: Account; secrets: Secrets; binaries: Binaries; settings: Readonly<Record<string, string>> };
const migrationsFolder = fileURLToPath(new URL("../../migrations", import.meta.url));

/** The major version of the cluster of a data folder; null where there is none. */
export async function majorOf(dataDir: string): Promise<number | null> {
  const secrets = await readSecrets(dataDir);
  const text = secrets && (await readFile(join(clusterIn(secrets.home), "PG_VERSION"), "utf8").catch(() => null));
  return text ? Number.parseInt(text, 10) : null;
}

/**
 * While no server runs. When it resolves the new cluster is the register's; whatever fails before, the old one is, untouched but for a clean start and stop.
 * Throws `upgradeBinaries`, `upgradeSchema`, `upgradeDiffers`, `upgradeFormer`, `upgradeNoRoom`, and those of starting a database.
 */
export async function upgradeCluster(parts: Upgrade): Promise<Upgraded> {
  const { former, now, log, settings = {} } = parts;
  const dataDir = await openDataFolder(parts.dataDir);
  await using opened = new AsyncDisposableStack();
  opened.defer(lockSupervisor(dataDir));
  await refuseUnfinished(dataDir);
  const old = await readSecrets(dataDir);
  if (!old?.made) throw new Problem("databaseGone", 500, { folder: dataDir });
  if ((await readFormer(dataDir)) !== null) throw new Problem("upgradeFormer", 409, { days: FORMER_DAYS });
  const found = await majorOf(dataDir);
  if (found !== former.major) throw new Problem("upgradeBinaries", 409, { found: found ?? 0, given: former.major });
  const account = await findAccount();
  const binaries = await reachableBinaries(parts.next ?? (await findBinaries()), account, log);
  const before: Place = {
    ...{ account, secrets: old, settings },
    binaries: await reachableBinaries(former, account, log),
  };
  const home = freeHome(old.home, binaries.major);
  const after: Place = { account, secrets: { ...old, home }, binaries, settings };
  try {
    await closedFolder(home, account);
    const done = await fill(before, after);
    const until = new Date(now.getTime() + FORMER_DAYS * 24 * 3600_000);
    await writeFormer(dataDir, { home: old.home, major: former.major, until: until.toISOString() });
    // The one step: from here on the new cluster is the register's.
    await writeSecrets(dataDir, after.secrets);
    const back = async (): Promise<void> => {
      await writeSecrets(dataDir, old);
      await rm(join(dataDir, "former.json"), { force: true });
      await rm(home, { recursive: true, force: true });
    };
    return { from: former.major, to: binaries.major, ...done, until, back };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function fill(before: Place, after: Place): Promise<{ tables: number; rows: number }> {
  await using opened = new AsyncDisposableStack();
  const source = await running(before, { default_transaction_read_only: "on" });
  opened.defer(source.stop);
  const from = await session(source.as("superuser"));
  opened.defer(() => from.end());
  await expectRoom(from, before.secrets.home);
  await createCluster(after.binaries, after.account, after.secrets, { sync: after.settings.fsync !== "off" });
  await onTimelineAfter(await timelineNow(from), after);
  const target = await running(after, {});
  opened.defer(target.stop);
  await sameSchema(from, target.as("owner"));
  const to = await session(target.as("superuser"));
  opened.defer(() => to.end());

  await from.query("begin isolation level repeatable read read only");
  await to.query("begin");
  const tables = await tablesOf(from);
  expectSame(tables, await tablesOf(to));
  for (const table of tables) await copyTable(from, to, table);
  await copySequences(from, to);
  await to.query("commit");
  let rows = 0;
  for (const table of tables) {
    const [one, other] = [await sumOf(from, table), await sumOf(to, table)];
    if (one.rows !== other.rows || one.sum !== other.sum)
      throw new Problem("upgradeDiffers", 500, { table: table.name });
    rows += one.rows;
  }
  await from.query("commit");
  await to.query("analyze");
  return { tables: tables.length, rows };
}

/** Only what the old one has run: what a newer program adds, its next start adds. */
async function sameSchema(from: pg.Client, owner: Connection): Promise<void> {
  const { rows } = await from.query<{ name: string }>("select name from migration order by name");
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-migrations-"));
  const db = connect(owner, { max: 1 });
  try {
    const known = new Set(await readdir(migrationsFolder));
    for (const { name } of rows) {
      if (!known.has(name)) throw new Problem("schemaNewer", 500, { name });
      await copyFile(join(migrationsFolder, name), join(folder, name));
    }
    await migrate(db, folder);
  } finally {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A new cluster begins on timeline 1 again, and at the target its log would lie under the names of the old one's. So it leaves for a timeline that was never
 * used, as a restored cluster does.
 */
async function onTimelineAfter(last: number, { binaries, account, secrets, settings }: Place): Promise<void> {
  const used = (name: string) => isHistory(name) && timelineOf(name) <= last;
  const wal = {
    open: async (name: string) => (used(name) ? Buffer.from("") : null),
    after: () => null,
  };
  await recover({ binaries, account, secrets, wal, timeline: 1, at: undefined, settings });
  if (!existsSync(join(clusterIn(secrets.home), "pg_wal", historyOf(last + 1))))
    throw new Problem("databaseBroken", 500, { folder: clusterIn(secrets.home), output: "timeline" });
}

async function timelineNow(of: pg.Client): Promise<number> {
  const { rows } = await of.query<{ timeline: number }>("select timeline_id as timeline from pg_control_checkpoint()");
  return rows[0]?.timeline ?? 1;
}

async function expectRoom(from: pg.Client, home: string): Promise<void> {
  const { rows } = await from.query<{ bytes: string }>("select pg_database_size(current_database()) as bytes");
  // Its log as it is filled, besides.
  const needed = Number(rows[0]?.bytes ?? 0) * 1.2 + 1.5 * 1024 ** 3;
  const { bavail, bsize } = await statfs(home);
  const inMB = (bytes: number) => Math.ceil(bytes / 1024 ** 2);
  if (bavail * bsize < needed)
    throw new Problem("upgradeNoRoom", 507, { neededMB: inMB(needed), freeMB: inMB(bavail * bsize) });
}

async function running({ account, secrets, binaries, settings }: Place, more: Readonly<Record<string, string>>) {
  const cluster = clusterIn(secrets.home);
  const socket = await socketFolder(secrets.home, account);
  await stopOrphan(cluster, socket, () => undefined);
  await configure(cluster, account, socket, { ...archiveSettings(false), ...settings, ...more });
  const as = (role: RoleName): Connection => ({
    ...{ host: socket, port: PORT, user: ROLES[role], password: secrets.passwords[role], database: DATABASE },
  });
  const server = await keepRunning({ account, binaries, cluster, probe: as("owner"), log: () => undefined });
  return { as, stop: server.stop };
}

async function session(to: Connection): Promise<pg.Client> {
  const made = oneSession(to);
  await made.connect();
  await prepare(made);
  return made;
}

/** Beside the old one, where PostgreSQL's account can go as it could there. */
function freeHome(home: string, major: number): string {
  const stem = home.replace(/\.\d+(-\d+)?$/, "");
  for (let n = 1; ; n++) {
    const path = n === 1 ? `${stem}.${major}` : `${stem}.${major}-${n}`;
    if (!existsSync(path)) return path;
  }
}
