// Keeps the embedded PostgreSQL running beside us: starts, watches, starts again, stops.
import { existsSync } from "node:fs";
import { mkdir, realpath, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { errorCode, isDiskFull } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { archiveSettings, canArchive, makeSpool, spoolIn } from "./archive.ts";
import type { Connection } from "./connect.ts";
import { type Binaries, findBinaries } from "./embeddedBinaries.ts";
import { checkVersion, clusterIn, configure, createCluster, DATABASE, PORT, removeOldLogs } from "./embeddedCluster.ts";
import { closedFolder, findAccount, newHome, reachableBinaries, socketFolder } from "./embeddedPlace.ts";
import type { Account } from "./embeddedRun.ts";
import {
  newSecrets,
  ROLES,
  type RoleName,
  readSecrets,
  removeSecrets,
  type Secrets,
  writeSecrets,
} from "./embeddedSecrets.ts";
import { refuseUnfinished } from "./recoveryMark.ts";
import { lockSupervisor } from "./supervisorLock.ts";
import { stopOrphan } from "./supervisorOrphan.ts";
import { keepRunning } from "./supervisorServer.ts";

type Log = (line: string) => void;

export type StartOptions = {
  readonly dataDir: string;
  /** Called with a calm line, now and then; never with data. */
  readonly log: Log;
  /** PostgreSQL settings over ours: only tests turn fsync off. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Finished segments of the log go into the spool, to be carried away. */
  readonly archive?: boolean;
  /** Only for the gate of a restore: what was erased and forbidden since may not be carried out in this database yet. */
  readonly restoring?: boolean;
};

export type Postgres = {
  /** Migrations, log retention. */
  readonly owner: Connection;
  /** Everything else. */
  readonly app: Connection;
  /** For the supervisor, and the tests that make databases. */
  readonly superuser: Connection;
  readonly major: number;
  /** The folder of cluster and socket: below the data folder, or below /var/lib when that one is closed to PostgreSQL's account. */
  readonly home: string;
  readonly cluster: string;
  /** Where the archive's segments wait; null when nothing is archived. */
  readonly spool: string | null;
  /** The process number of the postmaster, undefined while it is down. */
  readonly pid: () => number | undefined;
  /** Clean and idempotent. Whoever starts must stop, on SIGINT and SIGTERM too. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the PostgreSQL of a data folder, making it first when there is none; ready for connections when the promise is kept.
 * Throws a `Problem` of one line (`databaseInUse`, `databaseMajor`, `databaseBroken`, `databaseGone`, `databaseSocket`, `databaseAccount`,
 * `databasePlatform`, `diskFull`, `dataFolder`, `restoreUnfinished`) and leaves everything as it was.
 */
export async function startPostgres(options: StartOptions): Promise<Postgres> {
  const { log, settings = {} } = options;
  const archive = options.archive === true && canArchive;
  const dataDir = await openDataFolder(options.dataDir);
  const unlock = lockSupervisor(dataDir);
  try {
    if (!options.restoring) await refuseUnfinished(dataDir);
    const account = await findAccount();
    const binaries = await reachableBinaries(await findBinaries(), account, log);
    const secrets = await findOrCreate(dataDir, account, binaries, { log, settings });
    const cluster = clusterIn(secrets.home);
    await checkVersion(cluster, binaries.major);
    const socket = await socketFolder(secrets.home, account);
    await stopOrphan(cluster, socket, log);
    if (archive) await makeSpool(secrets.home, account);
    await configure(cluster, account, socket, { ...archiveSettings(archive), ...settings });
    await removeOldLogs(cluster);
    const as = addresses(secrets, socket);
    const server = await keepRunning({ account, binaries, cluster, probe: as("owner"), log });
    return {
      owner: as("owner"),
      app: as("app"),
      superuser: as("superuser"),
      major: binaries.major,
      home: secrets.home,
      cluster,
      spool: archive ? spoolIn(secrets.home) : null,
      pid: server.pid,
      stop: async () => {
        await server.stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw readable(error, dataDir);
  }
}

async function findOrCreate(
  dataDir: string,
  account: Account,
  binaries: Binaries,
  { log, settings }: Required<Pick<StartOptions, "log" | "settings">>,
): Promise<Secrets> {
  const known = await readSecrets(dataDir);
  if (known?.made) {
    if (!existsSync(clusterIn(known.home))) throw new Problem("databaseGone", 500, { folder: clusterIn(known.home) });
    return known;
  }
  const home = known?.home ?? (await newHome(dataDir, account, log));
  try {
    const secrets = known ?? (await writeSecrets(dataDir, newSecrets(home)));
    if (!existsSync(clusterIn(home))) {
      log("Creating the database.");
      await closedFolder(home, account);
      await createCluster(binaries, account, secrets, { sync: settings.fsync !== "off" });
    }
    return await writeSecrets(dataDir, { ...secrets, made: true });
  } catch (error) {
    if (!existsSync(clusterIn(home))) {
      await rm(home, { recursive: true, force: true });
      await removeSecrets(dataDir);
    }
    throw error;
  }
}

/** Made when absent; its path without links. */
export async function openDataFolder(given: string): Promise<string> {
  const path = resolve(given);
  try {
    // Others may pass through but not list: PostgreSQL's own account has to reach its folder. Every file in it is 0600.
    await mkdir(path, { recursive: true, mode: 0o711 });
    return await realpath(path);
  } catch (error) {
    throw readable(error, path);
  }
}

function addresses({ passwords }: Secrets, socket: string) {
  return (role: RoleName): Connection => ({
    host: socket,
    port: PORT,
    user: ROLES[role],
    password: passwords[role],
    database: DATABASE,
  });
}

function readable(error: unknown, folder: string): unknown {
  if (error instanceof Problem) return error;
  if (isDiskFull(error)) return new Problem("diskFull", 507, { folder });
  const reason = errorCode(error) ?? "";
  const closed = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"];
  return closed.includes(reason) ? new Problem("dataFolder", 500, { folder, reason }) : error;
}
