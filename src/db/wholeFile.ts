// A small file that is there whole or as it was before, and stays when the power goes.
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "../keys/errorCode.ts";

/** Durable when it resolves, its name too. A file that a crash left beside it is replaced. */
export async function writeWhole(path: string, content: string, mode = 0o600): Promise<void> {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const file = await open(fresh, "wx", mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
  await syncFolder(dirname(path));
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  // Windows keeps names durable by itself and does not open folders.
  if (process.platform !== "win32") await syncPath(path);
}

/** A file or a folder. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Shares and buckets that know no such thing for a folder say so; what they promise they promise without it.
    if (!["EINVAL", "ENOTSUP", "ENOSYS"].includes(errorCode(error) ?? "")) throw error;
  } finally {
    await handle.close();
  }
}
