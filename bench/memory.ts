// What a server takes of the machine: memory with shared pages counted by their share (PSS), and processor time, which a busy machine
// distorts less than the clock on the wall. NaN where the system has no /proc.
import { readFileSync } from "node:fs";
import { serversIn } from "../src/db/supervisorProcesses.ts";
import { clusterOf, postmasterOf } from "./register.ts";

/** A Node process and the PostgreSQL of its data folder. */
export type Program = { readonly pid: number; readonly dataDir: string };
type Shares = { node: number; postgres: number };

/** Megabytes. */
export const memoryOf = (program: Program): Promise<Shares> => sharesOf(program, pssOf);

/** Milliseconds of processor time since each process began. */
export const cpuOf = (program: Program): Promise<Shares> => sharesOf(program, cpuMsOf);

async function sharesOf({ pid, dataDir }: Program, of: (pid: number) => number): Promise<Shares> {
  const servers = serversIn(await clusterOf(dataDir), await postmasterOf(dataDir));
  return { node: of(pid), postgres: servers.reduce((sum, server) => sum + of(server), 0) };
}

function pssOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(fileOf(pid, "smaps_rollup"))?.[1];
  return kilobytes === undefined ? Number.NaN : Math.round(Number(kilobytes) / 1024);
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;
function cpuMsOf(pid: number): number {
  const stat = fileOf(pid, "stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
