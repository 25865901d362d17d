// A restore as it looks from outside: copying until PostgreSQL starts in the new folder, recovery until the mark tells the moment it reached,
// replay until the command is done.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { readMark } from "../src/db/recoveryMark.ts";
import { clusterOf } from "./register.ts";

const LOOK_MS = 50;

/** Seconds; ends with `over`. Not a number where a phase was not seen. */
export async function watchPhases(to: string, over: Promise<unknown>): Promise<Record<string, number>> {
  let done = false;
  const end = over.finally(() => {
    done = true;
  });
  const start = performance.now();
  let [started, recovered] = [Number.NaN, Number.NaN];
  while (!done) {
    const now = performance.now();
    if (Number.isNaN(started) && (await isRunning(to))) started = now;
    const mark = await readMark(to).catch(() => null);
    if (Number.isNaN(recovered) && mark?.until) recovered = now;
    await Promise.race([pause(LOOK_MS), end]);
  }
  const seconds = (from: number, until: number) => (until - from) / 1000;
  return {
    copying_s: seconds(start, started),
    recovery_s: seconds(started, recovered),
    replay_s: seconds(recovered, performance.now()),
  };
}

const isRunning = (dataDir: string): Promise<boolean> =>
  clusterOf(dataDir).then(
    (cluster) => existsSync(join(cluster, "postmaster.pid")),
    () => false,
  );
