// An ext4 file system in a file, through a loop device: a copy of that file is what a power cut would have left on the disk.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Sparse: what is never written takes no room. With less the register would find its disk nearly full and only read. */
const MEGABYTES = 16 * 1024;
const ATTEMPTS = 40;

/** Null where disk images can be mounted; else why not, in words. */
export async function whyNoImages(): Promise<string | null> {
  if (process.platform !== "linux") return "loop devices are Linux's";
  if (process.getuid?.() !== 0) return "only root may mount";
  try {
    await run("losetup", ["--find"]);
    await run("mkfs.ext4", ["-V"]);
    return null;
  } catch {
    return "no free loop device, or no mkfs.ext4";
  }
}

export class DiskImage {
  readonly #file: string;
  /** Where it is mounted. */
  readonly folder: string;

  private constructor(file: string, folder: string) {
    this.#file = file;
    this.folder = folder;
  }

  /** Makes an empty one in the folder and mounts it; with an unmounted one left behind nothing can be done again. */
  static async make(folder: string): Promise<DiskImage> {
    const [file, mounted] = [join(folder, "disk.img"), join(folder, "disk")];
    await run("truncate", ["-s", `${MEGABYTES}M`, file]);
    // Few inodes, so that the empty file system is small. Lazy initialising would write in the background, in the middle of the copies.
    await run("mkfs.ext4", [
      "-q",
      "-F",
      "-T",
      "largefile4",
      "-E",
      "lazy_itable_init=0,lazy_journal_init=0,nodiscard",
      file,
    ]);
    await mkdir(mounted);
    const image = new DiskImage(file, mounted);
    await image.#mount();
    return image;
  }

  /** All that was written so far is on the disk. */
  async sync(): Promise<void> {
    await run("sync", ["-f", this.folder]);
  }

  /**
   * Copies what has reached the disk, while every process that writes is stopped. The kernel may still write on its own: a copy during which
   * it did would be of no moment that ever was, and is taken again. Throws where the disk never rests.
   */
  async copy(): Promise<void> {
    const device = await this.#device();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = writesTo(device);
      await run("cp", ["--sparse=always", this.#file, this.#copied]);
      const after = writesTo(device);
      if (after.done === before.done && before.underWay + after.underWay === 0) return;
      await pause(50);
    }
    throw new Error("the disk was written to during every copy");
  }

  /** From here on the copy is the disk; what was not in it is gone. No process may be on the old one any more. */
  async takeCopy(): Promise<void> {
    await this.unmount();
    await rename(this.#copied, this.#file);
    await this.#mount();
  }

  async unmount(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await run("umount", [this.folder]);
        return;
      } catch (error) {
        // Killed processes leave within moments.
        if (attempt === ATTEMPTS) throw error;
        await pause(100);
      }
    }
  }

  async remove(): Promise<void> {
    await this.unmount().catch(() => undefined);
    await rm(this.#file, { force: true });
    await rm(this.#copied, { force: true });
  }

  get #copied(): string {
    return `${this.#file}.copy`;
  }

  async #mount(): Promise<void> {
    await run("mount", ["-o", "loop", this.#file, this.folder]);
  }

  async #device(): Promise<string> {
    const { stdout } = await run("findmnt", ["-n", "-o", "SOURCE", this.folder]);
    return basename(stdout.trim());
  }
}

/** Of Documentation/block/stat.rst: field 5 is writes completed, field 9 requests in flight. */
function writesTo(device: string): { done: number; underWay: number } {
  const fields = readFileSync(`/sys/block/${device}/stat`, "utf8").trim().split(/\s+/).map(Number);
  return { done: fields[4] ?? 0, underWay: fields[8] ?? 0 };
}
