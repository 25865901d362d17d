// The passphrase for programs that run as the data's owner: systemd gives it to the service alone, and root's file is not the owner's to read.

import { existsSync } from "node:fs";
import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Account = { uid: number; gid: number };

/**
 * The file as `owner` can read it; the file itself where nobody else is meant. `takeBack` removes what was lent: the copy lies in memory (`/run`) where the
 * system has such a place.
 */
export async function lendPassphrase(
  file: string | undefined,
  owner: Account | undefined,
): Promise<{ file?: string; takeBack: () => Promise<void> }> {
  if (file === undefined) return { takeBack: async () => undefined };
  if (!owner) return { file, takeBack: async () => undefined };
  const folder = await mkdtemp(join(existsSync("/run") ? "/run" : tmpdir(), "tietovirta-update-"));
  const takeBack = () => rm(folder, { recursive: true, force: true });
  try {
    const lent = join(folder, "passphrase");
    await writeFile(lent, await readFile(file), { mode: 0o400 });
    for (const path of [lent, folder]) await chown(path, owner.uid, owner.gid);
    return { file: lent, takeBack };
  } catch (error) {
    await takeBack();
    throw error;
  }
}
