// The mark that the log has a gap. A file beside the database and not a row in it: it is written when the disk is nearly full.
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const fileIn = (dataDir: string) => join(dataDir, "backup", "gap");

/** When the newest gap was noted, in milliseconds; null where the log is whole. */
export const gapIn = (dataDir: string): Promise<number | null> =>
  stat(fileIn(dataDir)).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );

export const hasGap = async (dataDir: string): Promise<boolean> => (await gapIn(dataDir)) !== null;

export async function noteGap(dataDir: string): Promise<void> {
  await mkdir(dirname(fileIn(dataDir)), { recursive: true, mode: 0o700 });
  await writeFile(fileIn(dataDir), "", { mode: 0o600 });
}

/** After a base copy that stands: from it on the log is whole again. `known`: the gap before it began; one that came meanwhile stays. */
export async function closeGap(dataDir: string, known: number | null): Promise<void> {
  if ((await gapIn(dataDir)) === known) await rm(fileIn(dataDir), { force: true });
}
