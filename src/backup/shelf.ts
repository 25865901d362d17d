// Where copies are put: a folder of a disk, a share or a mounted bucket. All that is asked of it, so that tests can put one behind it that fails.
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder, syncPath } from "../db/wholeFile.ts";
import { errorCode } from "../keys/errorCode.ts";

/**
 * Paths are relative, with `/`. Nothing is promised to survive a power cut before `fsync` (contents) and `fsyncFolder` (names).
 */
export interface Shelf {
  /** Names in a folder, sorted; none where there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** null where there is no such file. */
  read(path: string): Promise<Buffer | null>;
  /** Throws ENOENT where there is no such file. */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** null where there is no such file. */
  bytesOf(path: string): Promise<number | null>;
  /** No error where it is there already. */
  makeFolder(path: string): Promise<void>;
  /** A new file, or an old one emptied first. */
  write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  fsync(path: string): Promise<void>;
  /** Replaces what stands under the new name. */
  rename(from: string, to: string): Promise<void>;
  /** A file, or an empty folder; no error where there is none. */
  remove(path: string): Promise<void>;
  fsyncFolder(path: string): Promise<void>;
}

/** What is being written has this at its end and counts for nothing. */
export const UNFINISHED = ".new";

/** All or nothing, and durable when it resolves. A failure leaves at most a file that does not count. */
export async function putWhole(
  shelf: Shelf,
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const fresh = `${path}${UNFINISHED}`;
  try {
    await shelf.write(fresh, content instanceof Uint8Array ? once(content) : content);
    await shelf.fsync(fresh);
  } catch (error) {
    await shelf.remove(fresh).catch(() => undefined);
    throw error;
  }
  await shelf.rename(fresh, path);
  await shelf.fsyncFolder(dirname(path));
}

/** With every folder above it; the names of new ones are durable when it resolves. */
export async function makeFolders(shelf: Shelf, path: string): Promise<void> {
  const parts = path.split("/");
  for (let n = 1; n <= parts.length; n++) {
    await shelf.makeFolder(parts.slice(0, n).join("/"));
    await shelf.fsyncFolder(parts.slice(0, n - 1).join("/") || ".");
  }
}

/** On the real disk. The folder itself must be there: a share that is not mounted is an empty folder's absence, never a new folder under its name. */
export const folderShelf = (root: string): Shelf => ({
  list: async (folder) => {
    const names = await readdir(join(root, folder)).catch(absent);
    // The folder of copies away is a target that is away, not one without copies.
    if (names === null) await stat(root);
    return (names ?? []).sort();
  },
  read: async (path) => readFile(join(root, path)).catch(absent),
  stream: (path) => createReadStream(join(root, path), { highWaterMark: 1024 * 1024 }),
  bytesOf: async (path) => (await stat(join(root, path)).catch(absent))?.size ?? null,
  makeFolder: async (path) => {
    await mkdir(join(root, path), { mode: 0o700 }).catch((error) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
  },
  write: async (path, pieces) => {
    const file = await open(join(root, path), "w", 0o600);
    try {
      for await (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
  },
  fsync: (path) => syncPath(join(root, path)),
  rename: (from, to) => rename(join(root, from), join(root, to)),
  remove: async (path) => {
    await rm(join(root, path), { force: true }).catch(async (error) => {
      // A folder: only when nothing is left in it.
      const isFolder = errorCode(error) === "ERR_FS_EISDIR" || errorCode(error) === "EISDIR";
      if (!isFolder) throw error;
      if ((await readdir(join(root, path))).length === 0) await rm(join(root, path), { recursive: true, force: true });
    });
  },
  fsyncFolder: (path) => syncFolder(join(root, path)),
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function absent(error: unknown): null {
  if (errorCode(error) === "ENOENT") return null;
  throw error;
}
