// What the register takes of the machine's memory: shared pages counted by their share (PSS), so that sums mean something.
import { readFileSync } from "node:fs";
import { serversIn } from "../src/db/supervisorProcesses.ts";
import { clusterOf, postmasterOf } from "./register.ts";

/** Megabytes of Node and of all PostgreSQL processes; NaN where the system has no /proc. */
export async function memoryOf({
  pid,
  dataDir,
}: {
  pid: number;
  dataDir: string;
}): Promise<{ node: number; postgres: number }> {
  const servers = serversIn(await clusterOf(dataDir), await postmasterOf(dataDir));
  return { node: pssOf(pid), postgres: servers.reduce((sum, server) => sum + pssOf(server), 0) };
}

function pssOf(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return kilobytes === undefined ? Number.NaN : Math.round(Number(kilobytes) / 1024);
  } catch {
    return Number.NaN;
  }
}
