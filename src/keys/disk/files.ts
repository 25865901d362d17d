import type { FileHandle } from "node:fs/promises";
import { chmod, mkdir, open, readFile, rename, stat, truncate, unlink } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../errorCode.ts";
import { type LockFiles, takeLock } from "./lock.ts";

const LOCK = "keyring.lock";

/**
 * All that the keyring asks of a disk, in one folder. Nothing is promised to survive a power cut before `fsync` (contents) and `fsyncDir`
 * (names). The tests put disks behind it that forget and that fail.
 */
export interface Files {
  /** null where there is no such file. */
  read(name: string): Promise<Buffer | null>;
  /** A new file, or an old one emptied first. */
  write(name: string, bytes: Uint8Array, mode: number): Promise<void>;
  append(name: string, bytes: Uint8Array): Promise<void>;
  truncate(name: string, length: number): Promise<void>;
  fsync(name: string): Promise<void>;
  /** Replaces what stands under the new name. */
  rename(from: string, to: string): Promise<void>;
  /** No error where there is no such file. */
  unlink(name: string): Promise<void>;
  fsyncDir(): Promise<void>;
  /** Throws `locked` where another living process holds the folder. */
  lock(): Promise<void>;
  close(): Promise<void>;
}

/** The folder on the real disk; made with mode 0700 if absent. */
export async function folderFiles(folder: string): Promise<Files> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return new FolderFiles(folder);
}

/** Holds a name in a folder that stands; nothing else is touched. Gives the function that lets go; throws `locked` where another living process holds it. */
export const lockIn = (folder: string, name: string): Promise<() => Promise<void>> =>
  takeLock(new FolderFiles(folder), name);

class FolderFiles implements Files, LockFiles {
  readonly #folder: string;
  readonly #appending = new Map<string, FileHandle>();
  #unlock: () => Promise<void> = async () => {};

  constructor(folder: string) {
    this.#folder = folder;
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  async read(name: string): Promise<Buffer | null> {
    try {
      return await readFile(this.#path(name));
    } catch (error) {
      return nullIfAbsent(error);
    }
  }

  async write(name: string, bytes: Uint8Array, mode: number): Promise<void> {
    await this.unlink(name);
    await this.#writeNew(name, bytes, mode);
  }

  async create(name: string, bytes: Uint8Array, mode: number): Promise<boolean> {
    try {
      await this.#writeNew(name, bytes, mode);
      return true;
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false;
      throw error;
    }
  }

  async #writeNew(name: string, bytes: Uint8Array, mode: number): Promise<void> {
    const handle = await open(this.#path(name), "wx", mode);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    await (await this.#handle(name)).appendFile(bytes);
  }

  async truncate(name: string, length: number): Promise<void> {
    await truncate(this.#path(name), length);
  }

  async fsync(name: string): Promise<void> {
    const kept = this.#appending.get(name);
    if (kept) return kept.datasync();
    const handle = await open(this.#path(name), "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#letGo(to);
    await rename(this.#path(from), this.#path(to));
  }

  async unlink(name: string): Promise<void> {
    await this.#letGo(name);
    try {
      await unlink(this.#path(name));
    } catch (error) {
      nullIfAbsent(error);
    }
  }

  async fsyncDir(): Promise<void> {
    // Windows keeps names durable by itself and does not open folders.
    if (process.platform === "win32") return;
    const handle = await open(this.#folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async writtenMs(name: string): Promise<number | null> {
    try {
      return (await stat(this.#path(name))).mtimeMs;
    } catch (error) {
      return nullIfAbsent(error);
    }
  }

  async lock(): Promise<void> {
    this.#unlock = await takeLock(this, LOCK);
  }

  async close(): Promise<void> {
    for (const name of this.#appending.keys()) await this.#letGo(name);
    await this.#unlock();
    this.#unlock = async () => {};
  }

  /** Kept open: opening for each append would double the calls of a group commit. */
  async #handle(name: string): Promise<FileHandle> {
    const kept = this.#appending.get(name);
    if (kept) return kept;
    const handle = await open(this.#path(name), "a");
    this.#appending.set(name, handle);
    return handle;
  }

  async #letGo(name: string): Promise<void> {
    const handle = this.#appending.get(name);
    this.#appending.delete(name);
    await handle?.close();
  }
}

function nullIfAbsent(error: unknown): null {
  if (errorCode(error) === "ENOENT") return null;
  throw error;
}
