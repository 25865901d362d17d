// The mark that the log has a gap. A file beside the database and not a row in it: it is written when the disk is nearly full.
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const fileIn = (dataDir: string) => join(dataDir, "backup", "gap");

export const hasGap = (dataDir: string): Promise<boolean> =>
  access(fileIn(dataDir)).then(
    () => true,
    () => false,
  );

export async function noteGap(dataDir: string): Promise<void> {
  await mkdir(dirname(fileIn(dataDir)), { recursive: true, mode: 0o700 });
  await writeFile(fileIn(dataDir), "", { mode: 0o600 });
}

/** After a base copy that stands: from it on the log is whole again. */
export const closeGap = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });
