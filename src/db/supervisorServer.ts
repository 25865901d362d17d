// One PostgreSQL process: started until it answers, started again when it dies, stopped when we say.
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { type Connection, oneSession } from "./connect.ts";
import type { Binaries } from "./embeddedBinaries.ts";
import { endOfLog, failure, removeOldLogs } from "./embeddedCluster.ts";
import { type Account, begin, tailOf } from "./embeddedRun.ts";
import { reapSessions, stopPostmaster } from "./supervisorOrphan.ts";

type Server = {
  readonly account: Account;
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly probe: Connection;
  readonly log: (line: string) => void;
};

const longestBackOff = 30_000;
const longestRecovery = 10 * 60_000;

export async function keepRunning(
  server: Server,
): Promise<{ pid: () => number | undefined; stop: () => Promise<void> }> {
  const stopping = new AbortController();
  let child: ChildProcess | undefined = await launch(server, stopping.signal);
  // Should the process end without stop(), a clean shutdown is at least asked for.
  const lastWish = () => child?.kill("SIGINT");
  process.once("exit", lastWish);
  const logs = setInterval(() => void removeOldLogs(server.cluster), 3_600_000).unref();

  const watching = (async () => {
    while (!stopping.signal.aborted && child !== undefined) {
      await ended(child);
      child = undefined;
      if (!stopping.signal.aborted) child = await revive(server, stopping.signal);
    }
  })();

  const stop = async () => {
    stopping.abort();
    clearInterval(logs);
    process.off("exit", lastWish);
    if (child?.pid !== undefined && !hasEnded(child)) await stopPostmaster(child.pid);
    await watching;
  };
  let stopped: Promise<void> | undefined;
  return { pid: () => child?.pid, stop: () => (stopped ??= stop()) };
}

/** Waits longer after every vain attempt, and never gives up: the disk may be freed, the machine may calm down. */
async function revive(server: Server, stopping: AbortSignal): Promise<ChildProcess | undefined> {
  server.log("PostgreSQL stopped unexpectedly; starting it again.");
  for (let wait = 200; !stopping.aborted; wait = Math.min(wait * 2, longestBackOff)) {
    try {
      await pause(wait, undefined, { signal: stopping });
      const child = await launch(server, stopping);
      server.log("PostgreSQL runs again.");
      return child;
    } catch (error) {
      if (!stopping.aborted) server.log(`PostgreSQL does not start (${reasonOf(error)}); trying again.`);
    }
  }
  return undefined;
}

async function launch(server: Server, stopping: AbortSignal): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    const program = join(server.binaries.folder, "bin", "postgres");
    const child = begin(server.account, program, ["-D", server.cluster]);
    const said = tailOf(child);
    child.on("error", () => undefined);
    child.stdin?.end();
    if (await answers(server, child, stopping)) return child;
    const output = `${await endOfLog(server.cluster)}\n${said()}`;
    // Sessions of a killed postmaster still hold its memory (3 of 100 crashes): they go within moments, or are made to.
    const blocked = /shared memory block|lock file .* already exists/.test(said()) && attempt < 12;
    if (!blocked || stopping.aborted) throw failure(server.cluster, said().includes("FATAL") ? said() : output);
    await reapSessions(server.cluster);
    await pause(250);
  }
}

/** True when the database answers; false when the process ended first. */
async function answers(server: Server, child: ChildProcess, stopping: AbortSignal): Promise<boolean> {
  const slow = setTimeout(() => server.log("PostgreSQL is recovering; this can take a while."), 5_000);
  const end = Date.now() + longestRecovery;
  try {
    for (let wait = 20; !hasEnded(child); wait = Math.min(wait * 1.5, 500)) {
      const answer = await ask(server.probe);
      if (answer === "ready") return true;
      if (answer === "refused" || Date.now() > end || stopping.aborted) {
        if (child.pid !== undefined) await stopPostmaster(child.pid);
        throw new Problem("databaseBroken", 500, { folder: server.cluster, output: `no answer (${answer})` });
      }
      await pause(wait);
    }
    return false;
  } finally {
    clearTimeout(slow);
  }
}

type Answer = "ready" | "notYet" | "refused";

async function ask(probe: Connection): Promise<Answer> {
  const session = oneSession(probe);
  try {
    await session.connect();
    return "ready";
  } catch (error) {
    const code = errorCode(error) ?? "";
    // A password or a database that is not there will not come by waiting.
    return ["28P01", "28000", "3D000", "42501"].includes(code) ? "refused" : "notYet";
  } finally {
    await session.end().catch(() => undefined);
  }
}

const hasEnded = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (hasEnded(child)) resolve();
    else child.once("exit", () => resolve());
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof Problem) return [error.code, ...Object.values(error.facts)].join(", ");
  return error instanceof Error ? error.message : "unknown";
}
