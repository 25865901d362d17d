// After `kill -9` of the server PostgreSQL lives on alone. It is stopped in order, and never is a lock file taken from a living one.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PORT } from "./embeddedCluster.ts";
import { gone, serversIn, signal, startOf } from "./supervisorProcesses.ts";

/** Stops what an earlier run left: first the postmaster, cleanly, then sessions that outlived it and hold its shared memory. */
export async function stopOrphan(cluster: string, socket: string, log: (line: string) => void): Promise<void> {
  const lockedBy = postmasterOf(cluster);
  const all = () => serversIn(cluster, lockedBy);
  if (lockedBy !== undefined && all().includes(lockedBy)) {
    log("A PostgreSQL of an earlier run is still there; stopping it first.");
    await stopPostmaster(lockedBy);
  }
  await reapSessions(cluster);
  if (all().length > 0) return;
  // The number of the dead one may be another program's by now; PostgreSQL would take that program for itself and refuse for ever.
  if (lockedBy !== undefined && startOf(lockedBy) !== undefined)
    rmSync(join(cluster, "postmaster.pid"), { force: true });
  for (const name of [`.s.PGSQL.${PORT}`, `.s.PGSQL.${PORT}.lock`]) rmSync(join(socket, name), { force: true });
}

/** Fast shutdown; then without a checkpoint; then the last resort, from which PostgreSQL recovers by its log. */
export async function stopPostmaster(pid: number): Promise<void> {
  const start = startOf(pid);
  const alive = () => (start !== undefined && startOf(pid) === start ? [pid] : []);
  signal(alive(), "SIGINT");
  if (await gone(alive, 20_000)) return;
  signal(alive(), "SIGQUIT");
  if (await gone(alive, 5_000)) return;
  signal(alive(), "SIGKILL");
  await gone(alive, 5_000);
}

/** Sessions notice the death of their postmaster by themselves, unless they are busy. */
export async function reapSessions(cluster: string): Promise<void> {
  const all = () => serversIn(cluster, postmasterOf(cluster));
  if (await gone(all, 1_000)) return;
  signal(all(), "SIGQUIT");
  if (await gone(all, 3_000)) return;
  signal(all(), "SIGKILL");
  await gone(all, 3_000);
}

function postmasterOf(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, "postmaster.pid"), "utf8"), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
