import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Waits until each is stopped or gone, with all its threads (Node writes files on threads of their own): one in the middle of a write ends it. */
export async function allStopped(pids: readonly number[], milliseconds = 10_000): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!pids.every(isStill)) {
    if (Date.now() > end) return false;
    await pause(10);
  }
  return true;
}

/** proc(5): T stopped, t traced, Z and X ended. */
function isStill(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8");
      return /^[TtZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
    });
  } catch {
    return true;
  }
}
