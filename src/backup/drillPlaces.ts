// Where a drill brings its copy up, and that nothing of it stays.
import { mkdir, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { discardCluster } from "../db/drillPlace.ts";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";

const places = (dataDir: string): [beside: string, inside: string] => {
  const path = resolve(dataDir);
  return [join(dirname(path), `.${basename(path)}-drill`), join(path, "drill")];
};

/** What an earlier drill left, also one that died. Idempotent. */
export async function clearDrills(dataDir: string): Promise<void> {
  for (const place of places(dataDir)) await discardCluster(place);
}

/**
 * An empty folder beside the data folder, on its disk; inside it where only that may be written (a hardened service) or where beside is another disk.
 * PostgreSQL's own account has to pass through. Throws `drillNoRoom`.
 */
export async function drillPlace(dataDir: string, neededBytes: number): Promise<string> {
  const [beside, inside] = places(dataDir);
  const folder = (await madeBeside(beside, dataDir)) ?? inside;
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= neededBytes) return folder;
  await rm(folder, { recursive: true, force: true });
  throw new Problem("drillNoRoom", 507, { neededMB: inMB(neededBytes), freeMB: inMB(free) });
}

async function madeBeside(beside: string, dataDir: string): Promise<string | null> {
  try {
    if ((await stat(dirname(beside))).dev !== (await stat(dataDir)).dev) return null;
    await mkdir(beside, { recursive: true, mode: 0o711 });
    return beside;
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(errorCode(error) ?? "")) return null;
    throw error;
  }
}

const inMB = (bytes: number): number => Math.ceil(bytes / 1024 ** 2);
