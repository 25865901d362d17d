// The folder of copies of one installation, and whether it is really there.
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { errorCode, isDiskFull } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { Patience, patientShelf } from "./patience.ts";
import { folderShelf, makeFolders, type Shelf } from "./shelf.ts";

/** Paths of the shelf begin at the installation's own folder. */
export type Target = { readonly shelf: Shelf; readonly folder: string };

/** For reading: a restore, or `doctor`. Throws `backupTarget` where there is no such folder. */
export async function findTarget(dir: string, installation: string): Promise<Target> {
  const root = resolve(dir);
  const folder = join(root, installation);
  const patience = patienceWith(root);
  await patience
    .give(() => stat(folder))
    .catch((error) => {
      throw targetProblem(error, folder);
    });
  return { shelf: patientShelf(folderShelf(folder), patience), folder };
}

/** One for each root: what hangs for one asker hangs for all. */
const patiences = new Map<string, Patience>();

function patienceWith(root: string, waitMs?: number): Patience {
  const patience = patiences.get(root) ?? new Patience(waitMs);
  patiences.set(root, patience);
  return patience;
}

/**
 * For writing. The installation's folder is made only the first time that this target is used: later its absence means that a share is not mounted, and
 * copies on the disk below the mount point would be lost unseen. `waitMs`: for tests. Throws `backupTarget`.
 */
export async function openTarget(dir: string, installation: string, dataDir: string, waitMs?: number): Promise<Target> {
  const root = resolve(dir);
  const folder = join(root, installation);
  const patience = patienceWith(root, waitMs);
  const memory = join(dataDir, "backup", "targets.json");
  try {
    const used: string[] = JSON.parse(await readFile(memory, "utf8").catch(() => "[]"));
    await patience.give(() => stat(used.includes(folder) ? folder : root));
    if (!used.includes(folder)) {
      await makeFolders(patientShelf(folderShelf(root), patience), installation);
      await mkdir(join(dataDir, "backup"), { recursive: true, mode: 0o700 });
      await writeFile(memory, `${JSON.stringify([...used, folder])}\n`, { mode: 0o600 });
    }
  } catch (error) {
    throw targetProblem(error, folder);
  }
  return { shelf: patientShelf(folderShelf(folder), patience), folder };
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
