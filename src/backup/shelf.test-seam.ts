// A target in memory that keeps its word and no more, and fails when a test says so: the keyring's own simulated disk, with folders.
import type { SimulatedDisk, SimulatedProcess } from "../keys/disk/files.test-seam.ts";
import type { Shelf } from "./shelf.ts";

export { type Fault, ProcessDied, SimulatedDisk } from "../keys/disk/files.test-seam.ts";

/** The disk as one process sees it. Reading counts as an operation too. */
export function shelfOn(disk: SimulatedDisk, process: SimulatedProcess): Shelf {
  const read = async (path: string) => {
    const bytes = await process.read(path);
    if (bytes === null) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return bytes;
  };
  return {
    list: async (folder) => {
      const within = folder === "." ? "" : `${folder}/`;
      const below = [...disk.contents().keys()].filter((path) => path.startsWith(within));
      return [...new Set(below.map((path) => path.slice(within.length).split("/")[0] ?? ""))].sort();
    },
    read: (path) => process.read(path),
    stream: async function* (path) {
      yield await read(path);
    },
    bytesOf: async (path) => (await process.read(path))?.length ?? null,
    // Folders are their files' names here.
    makeFolder: async () => undefined,
    write: async (path, pieces) => {
      await process.write(path, new Uint8Array(0));
      for await (const piece of pieces) await process.append(path, piece);
    },
    fsync: (path) => process.fsync(path),
    rename: (from, to) => process.rename(from, to),
    remove: (path) => process.unlink(path),
    fsyncFolder: () => process.fsyncDir(),
  };
}
