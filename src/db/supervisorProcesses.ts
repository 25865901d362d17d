// What the operating system knows of other processes. /proc where there is one, else `ps`.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** When a process started, in the system's own words: a number that was used again has another. Undefined when there is none, or only a zombie. */
export function startOf(pid: number): string | undefined {
  if (process.platform !== "linux") return ps(pid, "lstart=");
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

/** Every PostgreSQL process that works in this cluster; without /proc only the one that its lock file names. */
export function serversIn(cluster: string, lockedBy: number | undefined): number[] {
  if (process.platform !== "linux") {
    return lockedBy !== undefined && ps(lockedBy, "command=")?.includes(cluster) ? [lockedBy] : [];
  }
  const folder = realpathSync(cluster);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolder(pid) === folder && /^postgres/.test(nameOf(pid)));
}

export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It ended meanwhile.
    }
  }
}

/** Waits until the list is empty; false when it is not within the time. */
export async function gone(list: () => readonly number[], milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (list().length > 0) {
    if (Date.now() > end) return false;
    await pause(25);
  }
  return true;
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8");
  } catch {
    return "";
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}
