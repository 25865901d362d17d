// One supervisor for one data folder: two would each take the other's PostgreSQL for an orphan.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { startOf } from "./supervisorProcesses.ts";

/** Takes the lock and answers how to give it back. Throws `databaseInUse` while another living process holds it. */
export function lockSupervisor(dataDir: string): () => void {
  const path = join(dataDir, "postgres.lock");
  const ours = `${process.pid} ${startOf(process.pid) ?? ""}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, ours, { flag: "wx", mode: 0o600 });
      return () => release(path, ours);
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined) throw new Problem("databaseInUse", 503, { folder: dataDir, pid: holder });
    rmSync(path, { force: true });
  }
  throw new Problem("databaseInUse", 503, { folder: dataDir, pid: 0 });
}

function readHolder(path: string): number | undefined {
  const [pid, start] = read(path).split(" ");
  return pid !== undefined && start !== undefined && startOf(Number(pid)) === start ? Number(pid) : undefined;
}

function release(path: string, ours: string) {
  if (read(path) === ours) rmSync(path, { force: true });
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
