// One PostgreSQL cluster on disk: made whole or not at all, configured anew at every start.
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { Problem } from "../values/problem.ts";
import type { Binaries } from "./embeddedBinaries.ts";
import { give, oneLine } from "./embeddedPlace.ts";
import { type Account, run } from "./embeddedRun.ts";
import { ROLES, type Secrets } from "./embeddedSecrets.ts";

export const DATABASE = "tietovirta";
const keptLogs = 4;

export const clusterIn = (home: string) => join(home, "cluster");

/** Makes the cluster, its three roles and the database beside its place, and moves it there when all is done. */
export async function createCluster(
  binaries: Binaries,
  account: Account,
  { home, passwords }: Secrets,
  { sync }: { sync: boolean },
): Promise<void> {
  const unfinished = join(home, "cluster.new");
  await rm(unfinished, { recursive: true, force: true });
  try {
    const made = await run(account, join(binaries.folder, "bin", "initdb"), [
      ...["-D", unfinished, "-U", ROLES.superuser, "-E", "UTF8", "--locale=C", ...locale(binaries.major)],
      // Nobody comes in before our own pg_hba.conf says who.
      ...["-A", "reject", "--data-checksums", "--no-instructions", ...(sync ? [] : ["--no-sync"])],
    ]);
    if (made.code !== 0) throw failure(unfinished, made.output);
    // In single-user mode no socket is open yet, and the passwords are in no argument list.
    const statements = [
      `alter role ${ROLES.superuser} password '${passwords.superuser}'`,
      `create role ${ROLES.owner} login password '${passwords.owner}'`,
      `create role ${ROLES.app} login password '${passwords.app}'`,
      `create database ${DATABASE} owner ${ROLES.owner}`,
      `revoke all on database ${DATABASE} from public`,
      `grant connect on database ${DATABASE} to ${ROLES.app}`,
      "revoke connect on database postgres from public",
    ];
    const single = await run(
      account,
      join(binaries.folder, "bin", "postgres"),
      ["--single", "-D", unfinished, "-c", "log_min_error_statement=panic", "postgres"],
      `${statements.join("\n")}\n`,
    );
    if (single.code !== 0 || /\b(ERROR|FATAL|PANIC):/.test(single.output)) throw failure(unfinished, single.output);
    await rename(unfinished, clusterIn(home));
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

// Sorting by code point needs no rebuilt index when the operating system's tables change; Finnish order is asked for by name.
function locale(major: number): string[] {
  if (major >= 18) return ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"];
  return major === 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : [];
}

/** Refuses a cluster of another major version, or what is no cluster, before anything is touched. */
export async function checkVersion(cluster: string, major: number): Promise<void> {
  const version = await readFile(join(cluster, "PG_VERSION"), "utf8").catch(() => "");
  const found = version.trim();
  if (!/^\d+$/.test(found)) throw new Problem("databaseBroken", 500, { folder: cluster, output: "PG_VERSION" });
  if (Number(found) !== major) throw new Problem("databaseMajor", 500, { folder: cluster, found, expected: major });
}

/** Settings that a statement's values never reach the log by; the rest is PostgreSQL's own default for a small machine. */
export async function configure(
  cluster: string,
  account: Account,
  socket: string,
  extra: Readonly<Record<string, string>>,
): Promise<void> {
  const megabytes = totalmem() / 2 ** 20;
  const settings: Record<string, string> = {
    listen_addresses: "",
    unix_socket_directories: socket,
    unix_socket_permissions: "0700",
    port: String(PORT),
    max_connections: "40",
    password_encryption: "scram-sha-256",
    ssl: "off",
    shared_buffers: `${Math.round(Math.min(512, Math.max(64, megabytes / 16)))}MB`,
    effective_cache_size: `${Math.round(Math.max(256, megabytes / 2))}MB`,
    maintenance_work_mem: "64MB",
    jit: "off",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    // 100 is the smallest; pg_stat_activity is readable by whoever reads the memory of the server.
    track_activity_query_size: "100",
    logging_collector: "on",
    log_destination: "stderr",
    log_directory: "log",
    log_filename: "postgresql-%Y%m%d-%H%M%S.log",
    log_file_mode: "0600",
    log_rotation_age: "0",
    log_rotation_size: "5MB",
    log_statement: "none",
    log_min_error_statement: "panic",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    log_autovacuum_min_duration: "-1",
    log_line_prefix: "%m [%p] ",
    ...extra,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  await writeClosed(cluster, account, "postgresql.conf", [
    "# Written at every start; changes here are lost.",
    ...lines,
  ]);
  await writeClosed(cluster, account, "pg_hba.conf", ["local all all scram-sha-256"]);
}

/** Part of the socket's name only: nothing listens on the network. */
export const PORT = 5432;

/** A file of the cluster that its account alone reads, whole or not at all. */
export async function writeClosed(
  cluster: string,
  account: Account,
  name: string,
  lines: readonly string[],
): Promise<void> {
  const path = join(cluster, name);
  await writeFile(`${path}.new`, `${lines.join("\n")}\n`, { mode: 0o600 });
  await give(`${path}.new`, account);
  await rename(`${path}.new`, path);
}

/** The newest log's end: what PostgreSQL said after it stopped talking to us. */
export async function endOfLog(cluster: string): Promise<string> {
  const newest = (await logsOf(cluster)).at(-1);
  return newest === undefined ? "" : (await readFile(newest, "utf8").catch(() => "")).slice(-8_000);
}

/** Rotation makes a new file every 5 MB and PostgreSQL keeps them all. */
export async function removeOldLogs(cluster: string): Promise<void> {
  for (const path of (await logsOf(cluster)).slice(0, -keptLogs)) await rm(path, { force: true });
}

async function logsOf(cluster: string): Promise<string[]> {
  const folder = join(cluster, "log");
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

/** What PostgreSQL said, as one line that a person can act on. */
export function failure(folder: string, output: string): Problem {
  if (/No space left on device|Disk quota exceeded/.test(output)) return new Problem("diskFull", 507, { folder });
  const telling = output.split("\n").filter((line) => /\b(FATAL|PANIC|ERROR|error):/.test(line));
  return new Problem("databaseBroken", 500, { folder, output: oneLine(telling.at(-1) ?? output) });
}
