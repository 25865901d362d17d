// The folder of copies of one installation, and whether it is really there.
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { errorCode, isDiskFull } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { folderShelf, makeFolders, type Shelf } from "./shelf.ts";

/** Paths of the shelf begin at the installation's own folder. */
export type Target = { readonly shelf: Shelf; readonly folder: string };

/** For reading: a restore, or `doctor`. Throws `backupTarget` where there is no such folder. */
export async function findTarget(dir: string, installation: string): Promise<Target> {
  const folder = join(resolve(dir), installation);
  await stat(folder).catch((error) => {
    throw targetProblem(error, folder);
  });
  return { shelf: folderShelf(folder), folder };
}

/**
 * For writing. The installation's folder is made only the first time that this target is used: later its absence means that a share is not mounted, and
 * copies on the disk below the mount point would be lost unseen. Throws `backupTarget`.
 */
export async function openTarget(dir: string, installation: string, dataDir: string): Promise<Target> {
  const root = resolve(dir);
  const folder = join(root, installation);
  const memory = join(dataDir, "backup", "targets.json");
  try {
    const used: string[] = JSON.parse(await readFile(memory, "utf8").catch(() => "[]"));
    await stat(used.includes(folder) ? folder : root);
    if (!used.includes(folder)) {
      await makeFolders(folderShelf(root), installation);
      await mkdir(join(dataDir, "backup"), { recursive: true, mode: 0o700 });
      await writeFile(memory, `${JSON.stringify([...used, folder])}\n`, { mode: 0o600 });
    }
  } catch (error) {
    throw targetProblem(error, folder);
  }
  return { shelf: folderShelf(folder), folder };
}

/** What a target answered, in words. */
export function targetProblem(error: unknown, folder: string): Problem {
  if (error instanceof Problem) return error;
  if (isDiskFull(error)) return new Problem("backupTargetFull", 507, { folder });
  const reason = errorCode(error) ?? "unknown";
  // Errors of the file system name their call; the database's and ours do not.
  const ofFiles = error instanceof Error && "syscall" in error && error.syscall !== "connect";
  return ofFiles ? new Problem("backupTarget", 503, { folder, reason }) : new Problem("backupFailed", 500, { reason });
}
