// Keyrings that a restore lays beside its target before they move in. A killed restore leaves one, and it holds a root key: whoever comes next removes it.
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { lockIn } from "../keys/disk/files.ts";
import { KeyringFault } from "../keys/fault.ts";
import { newId } from "../keys/id.ts";

const PREFIX = ".tietovirta-keyring-";
const OURS = /^(\.tietovirta-keyring-[0-9a-f-]{36})(\.lock)?/;

/** A new folder in `parent`, held by this process until `letGo`, which takes it away with all that is still in it. */
export async function keyringBeside(parent: string): Promise<{ folder: string; letGo: () => Promise<void> }> {
  await mkdir(parent, { recursive: true });
  const name = `${PREFIX}${newId()}`;
  const folder = join(parent, name);
  // Held before it is there: nobody ever sees it without its holder.
  const unlock = await lockIn(parent, `${name}.lock`);
  const letGo = async () => {
    await rm(folder, { recursive: true, force: true });
    await unlock();
  };
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    await letGo();
    throw error;
  }
  return { folder, letGo };
}

/** Removes those whose process is dead; answers how many there were. None where there is no such folder. Throws what the disk answers. */
export async function removeStrayKeyrings(parent: string): Promise<number> {
  const names = await readdir(parent).catch(() => []);
  const strays = new Set(names.flatMap((name) => OURS.exec(name)?.[1] ?? []));
  let removed = 0;
  for (const name of strays) {
    const unlock = await lockIn(parent, `${name}.lock`).catch((error) => {
      if (error instanceof KeyringFault && error.code === "locked") return null;
      throw error;
    });
    if (unlock === null) continue;
    await rm(join(parent, name), { recursive: true, force: true });
    await unlock();
    removed += 1;
  }
  return removed;
}
