// Bringing a copied cluster to a moment: PostgreSQL replays the log that we hand it, nobody else can come in, and in the end it stops in order.

import type { ChildProcess } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { oneSession } from "./connect.ts";
import type { Binaries } from "./embeddedBinaries.ts";
import { clusterIn, configure, DATABASE, endOfLog, failure, PORT, writeClosed } from "./embeddedCluster.ts";
import { closedFolder, give, socketFolder } from "./embeddedPlace.ts";
import { type Account, begin, tailOf } from "./embeddedRun.ts";
import { ROLES, type Secrets } from "./embeddedSecrets.ts";
import { FETCH_COMMAND, feedWal, type WalSource } from "./recoveryFeed.ts";
import { stopPostmaster } from "./supervisorOrphan.ts";

export type Recovery = {
  readonly binaries: Binaries;
  readonly account: Account;
  /** Where the copied cluster stands (`clusterIn(home)`), and the passwords its roles get. */
  readonly secrets: Secrets;
  readonly wal: WalSource;
  readonly timeline: number;
  /** Undefined: to the end of the log. */
  readonly at: Date | undefined;
  readonly settings: Readonly<Record<string, string>>;
};

const mostWaitMs = 6 * 3600_000;

/**
 * Replays to `at` (commits of that very moment included), leaves recovery on a timeline of its own, gives the roles new passwords and stops the server
 * cleanly. Answers the last moment of the log that is in the database now; null where no transaction was replayed. A moment after the end of the log is its end.
 * Throws what `wal` threw, or `databaseBroken`.
 */
export async function recover(parts: Recovery): Promise<{ until: Date | null }> {
  const outcome = await attempt(parts);
  if (outcome !== "endedBefore") return outcome;
  // The log has no commit after the moment that was asked for: its end is that moment.
  const again = await attempt({ ...parts, at: undefined });
  if (again === "endedBefore") throw new Error("a recovery without a target ended before it");
  return again;
}

async function attempt(parts: Recovery): Promise<{ until: Date | null } | "endedBefore"> {
  const { account, secrets, binaries } = parts;
  const cluster = clusterIn(secrets.home);
  const fetch = join(secrets.home, "fetch");
  await rm(fetch, { recursive: true, force: true });
  await closedFolder(fetch, account);
  await mkdir(join(cluster, "pg_wal"), { recursive: true, mode: 0o700 });
  const socket = await socketFolder(secrets.home, account);
  await configure(cluster, account, socket, { ...parts.settings, ...recoverySettings(parts) });
  // The folder of the socket is closed to everybody but the account, and the others' roles are not let in even there.
  await writeClosed(cluster, account, "pg_hba.conf", [`local all ${ROLES.superuser} trust`, "local all all reject"]);
  await writeClosed(cluster, account, "recovery.signal", []);
  const feed = feedWal(fetch, parts.wal, (path) => give(path, account));
  const child = begin(account, join(binaries.folder, "bin", "postgres"), ["-D", cluster]);
  const said = tailOf(child);
  child.on("error", () => undefined);
  child.stdin?.end();
  const lastWish = () => child.kill("SIGKILL");
  process.once("exit", lastWish);
  try {
    if (await promoted(child, socket)) return { until: await setPasswords(socket, secrets) };
    const fault = feed.failed();
    if (fault !== undefined) throw fault;
    const log = `${said()}\n${await endOfLog(cluster)}`;
    if (log.includes("recovery ended before configured recovery target was reached")) return "endedBefore";
    throw failure(cluster, log);
  } finally {
    process.off("exit", lastWish);
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      await stopPostmaster(child.pid);
    await feed.stop();
    // The segments are as readable as the database, and no longer needed.
    await rm(fetch, { recursive: true, force: true });
  }
}

function recoverySettings({ at, timeline }: Recovery): Record<string, string> {
  return {
    // Nobody reads before the end is reached.
    hot_standby: "off",
    // Nothing leaves yet, but what the next server has to archive is noted: above all the history of the new timeline.
    archive_mode: "on",
    archive_command: "",
    restore_command: FETCH_COMMAND,
    recovery_target_timeline: String(timeline),
    recovery_target_action: "promote",
    ...(at && {
      recovery_target_time: at.toISOString().replace("T", " ").replace("Z", "+00"),
      recovery_target_inclusive: "on",
    }),
  };
}

/** True when the server takes sessions, which it does only after the end of recovery; false when it gave up. */
async function promoted(child: ChildProcess, socket: string): Promise<boolean> {
  const end = Date.now() + mostWaitMs;
  for (let wait = 20; child.pid !== undefined && child.exitCode === null && child.signalCode === null; ) {
    const session = oneSession(asSuperuser(socket));
    try {
      await session.connect();
      const { rows } = await session.query<{ going: boolean }>("select pg_is_in_recovery() as going");
      if (rows[0]?.going === false) return true;
    } catch (error) {
      if (["28P01", "28000", "3D000"].includes(errorCode(error) ?? "")) return false;
    } finally {
      await session.end().catch(() => undefined);
    }
    if (Date.now() > end) throw new Problem("restoreFailed", 500, { output: "timeout" });
    await pause(wait);
    wait = Math.min(wait * 1.5, 500);
  }
  return false;
}

async function setPasswords(socket: string, { passwords }: Secrets): Promise<Date | null> {
  const session = oneSession(asSuperuser(socket));
  await session.connect();
  try {
    await session.query("set log_min_error_statement = panic");
    // Asked first: what follows is a transaction too.
    const { rows } = await session.query<{ until: Date | null }>("select pg_last_xact_replay_timestamp() as until");
    // The passwords are random letters and digits of ours.
    await session.query(`alter role ${ROLES.owner} password '${passwords.owner}'`);
    await session.query(`alter role ${ROLES.app} password '${passwords.app}'`);
    await session.query(`alter role ${ROLES.superuser} password '${passwords.superuser}'`);
    return rows[0]?.until ?? null;
  } finally {
    await session.end();
  }
}

const asSuperuser = (socket: string) => ({
  host: socket,
  port: PORT,
  user: ROLES.superuser,
  password: "",
  database: DATABASE,
});
