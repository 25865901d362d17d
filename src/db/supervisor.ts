// Keeps the embedded PostgreSQL running beside us: starts, watches, starts again, stops.
import { existsSync } from "node:fs";
import { mkdir, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { Problem } from "../values/problem.ts";
import type { Connection } from "./connect.ts";
import { findBinaries } from "./embeddedBinaries.ts";
import { checkVersion, clusterIn, configure, createCluster, DATABASE, PORT, removeOldLogs } from "./embeddedCluster.ts";
import { closedFolder, findAccount, newHome, reachableBinaries, socketFolder } from "./embeddedPlace.ts";
import { newSecrets, ROLES, type RoleName, readSecrets, type Secrets, writeSecrets } from "./embeddedSecrets.ts";
import { lockSupervisor } from "./supervisorLock.ts";
import { stopOrphan } from "./supervisorOrphan.ts";
import { keepRunning } from "./supervisorServer.ts";

export type StartOptions = {
  readonly dataDir: string;
  /** Called with a calm line, now and then; never with data. */
  readonly log: (line: string) => void;
  /** PostgreSQL settings over ours: only tests turn fsync off. */
  readonly settings?: Readonly<Record<string, string>>;
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
  /** The process number of the postmaster, undefined while it is down. */
  readonly pid: () => number | undefined;
  /** Clean and idempotent. Whoever starts must stop, on SIGINT and SIGTERM too. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the PostgreSQL of a data folder, making it first when there is none; ready for connections when the promise is kept.
 * Throws a `Problem` of one line (`databaseInUse`, `databaseMajor`, `databaseBroken`, `databaseGone`, `databaseSocket`, `databaseAccount`,
 * `databasePlatform`, `diskFull`, `dataFolder`) and leaves everything as it was.
 */
export async function startPostgres({ dataDir: given, log, settings = {} }: StartOptions): Promise<Postgres> {
  const dataDir = await openDataFolder(given);
  const unlock = lockSupervisor(dataDir);
  try {
    const account = await findAccount();
    const binaries = await reachableBinaries(await findBinaries(), account, log);
    const secrets =
      (await readSecrets(dataDir)) ?? (await writeSecrets(dataDir, newSecrets(await newHome(dataDir, account, log))));
    const cluster = clusterIn(secrets.home);
    if (!existsSync(cluster)) {
      if (secrets.made) throw new Problem("databaseGone", 500, { folder: cluster });
      log("Creating the database.");
      await closedFolder(secrets.home, account);
      await createCluster(binaries, account, secrets);
    }
    if (!secrets.made) await writeSecrets(dataDir, { ...secrets, made: true });
    await checkVersion(cluster, binaries.major);
    await stopOrphan(cluster, log);
    const socket = await socketFolder(secrets.home, account);
    await configure(cluster, account, socket, settings);
    await removeOldLogs(cluster);
    const as = addresses(secrets, socket);
    const server = await keepRunning({ account, binaries, cluster, probe: as("owner"), log });
    return {
      owner: as("owner"),
      app: as("app"),
      superuser: as("superuser"),
      major: binaries.major,
      home: secrets.home,
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

async function openDataFolder(given: string): Promise<string> {
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
  if (error instanceof Problem || !(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ENOSPC" || error.code === "EDQUOT") return new Problem("diskFull", 507, { folder });
  const closed = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"];
  return closed.includes(String(error.code))
    ? new Problem("dataFolder", 500, { folder, reason: String(error.code) })
    : error;
}
