// The cluster that an upgrade has left: kept a few days in case the new one disappoints, then gone. It holds, sealed, what was erased since.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "./wholeFile.ts";

/** `until`: gone by then, ISO. `home`: the folder of cluster and socket; absolute, or inside the data folder. */
export type Former = { readonly home: string; readonly major: number; readonly until: string };

export const FORMER_DAYS = 7;
const fileIn = (dataDir: string): string => join(dataDir, "former.json");

export async function readFormer(dataDir: string): Promise<Former | null> {
  const text = await readFile(fileIn(dataDir), "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
}

/** Durable when it resolves: written before the switch, so that the old one is never forgotten. */
export async function writeFormer(dataDir: string, former: Former): Promise<void> {
  const home = former.home.startsWith(`${dataDir}/`) ? former.home.slice(dataDir.length + 1) : former.home;
  await writeWhole(fileIn(dataDir), `${JSON.stringify({ ...former, home })}\n`);
}

/** Removes the old cluster when its days are over, or at once. Answers whether it did. `inUse`: never that one. */
export async function removeFormer(
  dataDir: string,
  { now, inUse }: { now: Date | null; inUse: string },
): Promise<boolean> {
  const former = await readFormer(dataDir);
  if (!former || (now !== null && now < new Date(former.until))) return false;
  const home = former.home.startsWith("/") ? former.home : join(dataDir, former.home);
  if (home !== inUse) await rm(home, { recursive: true, force: true });
  await rm(fileIn(dataDir), { force: true });
  return true;
}
