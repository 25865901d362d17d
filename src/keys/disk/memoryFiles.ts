import type { Files } from "./files.ts";

/** A disk in memory that loses nothing and holds no lock: the keyring of probes, gone with the process. */
export function memoryFiles(): Files {
  const files = new Map<string, Buffer>();
  const existing = (name: string) => {
    const bytes = files.get(name);
    if (!bytes) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return bytes;
  };
  return {
    read: async (name) => files.get(name) ?? null,
    write: async (name, bytes) => void files.set(name, Buffer.from(bytes)),
    append: async (name, bytes) => void files.set(name, Buffer.concat([existing(name), bytes])),
    truncate: async (name, length) => void files.set(name, existing(name).subarray(0, length)),
    rename: async (from, to) => {
      files.set(to, existing(from));
      files.delete(from);
    },
    unlink: async (name) => void files.delete(name),
    fsync: async (name) => void existing(name),
    fsyncDir: async () => {},
    lock: async () => {},
    close: async () => {},
  };
}
