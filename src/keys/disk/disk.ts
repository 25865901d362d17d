import { isDiskFull } from "../errorCode.ts";
import { KeyringFault } from "../fault.ts";
import type { Files } from "./files.ts";

export const fileNames = {
  root: "root.key",
  sealedRoot: "root.sealed",
  recovery: "root.recovery",
  epoch: "keyring.epoch",
  snapshot: "keyring.snapshot",
  log: "keyring.log",
} as const;

export type FileName = (typeof fileNames)[keyof typeof fileNames];
const secretFiles: readonly string[] = [fileNames.root, fileNames.sealedRoot];
const nextOf = (name: FileName) => `${name}.next`;
const readOnly = 0o400;
const ownerOnly = 0o600;

/**
 * The files, and whether the disk still keeps its promises. After a failed fsync the system may forget what it was told and call the next
 * fsync a success, so nothing is tried again: every later write is refused with `halted`. Only a full disk, which is refused before
 * anything changes, may be tried again.
 */
export class Disk {
  readonly #files: Files;
  #halted = false;

  constructor(files: Files) {
    this.#files = files;
  }

  /** What a killed process had written and not yet told the disk becomes durable before anything is built on it. */
  async settle(): Promise<void> {
    await this.#promised(async () => {
      for (const name of Object.values(fileNames)) await this.#files.unlink(`${name}.new`);
      await this.#files.fsyncDir();
    });
  }

  read(name: FileName): Promise<Buffer | null> {
    return this.#files.read(name);
  }

  /** All or nothing, and durable when it resolves. */
  async replace(name: FileName, bytes: Uint8Array): Promise<void> {
    this.#refuseIfHalted();
    const fresh = `${name}.new`;
    try {
      await this.#files.write(fresh, bytes, modeOf(name));
      await this.#files.fsync(fresh);
    } catch (error) {
      await this.#withdraw(error, () => this.#files.unlink(fresh));
    }
    await this.#promised(async () => {
      await this.#files.rename(fresh, name);
      await this.#files.fsyncDir();
    });
  }

  /** The file that is to take the place of `name` at the next `promote`; durable when `settleNames` resolves. */
  async stage(name: FileName, bytes: Uint8Array): Promise<void> {
    this.#refuseIfHalted();
    try {
      await this.#files.write(nextOf(name), bytes, modeOf(name));
      await this.#files.fsync(nextOf(name));
    } catch (error) {
      await this.#withdraw(error, () => this.#files.unlink(nextOf(name)));
    }
  }

  readStaged(name: FileName): Promise<Buffer | null> {
    return this.#files.read(nextOf(name));
  }

  async promote(name: FileName): Promise<void> {
    await this.#promised(() => this.#files.rename(nextOf(name), name));
  }

  async unstage(name: FileName): Promise<void> {
    await this.#promised(() => this.#files.unlink(nextOf(name)));
  }

  async settleNames(): Promise<void> {
    await this.#promised(() => this.#files.fsyncDir());
  }

  /** Gone for good when it resolves. No error where there is no such file. */
  async remove(name: FileName): Promise<void> {
    await this.#promised(async () => {
      await this.#files.unlink(name);
      await this.#files.fsyncDir();
    });
  }

  /** Durable when it resolves. `length` is where the file ends now. */
  async append(name: FileName, length: number, bytes: Uint8Array): Promise<void> {
    this.#refuseIfHalted();
    try {
      await this.#files.append(name, bytes);
    } catch (error) {
      await this.#withdraw(error, async () => {
        await this.#files.truncate(name, length);
        await this.#files.fsync(name);
      });
    }
    await this.#promised(() => this.#files.fsync(name));
  }

  async cut(name: FileName, length: number): Promise<void> {
    await this.#promised(() => this.#files.truncate(name, length));
  }

  async sync(name: FileName): Promise<void> {
    await this.#promised(() => this.#files.fsync(name));
  }

  halt(cause: unknown): KeyringFault {
    this.#halted = true;
    return new KeyringFault("halted", cause);
  }

  async close(): Promise<void> {
    await this.#files.close();
  }

  #refuseIfHalted(): void {
    if (this.#halted) throw new KeyringFault("halted");
  }

  async #promised(work: () => Promise<void>): Promise<void> {
    this.#refuseIfHalted();
    try {
      await work();
    } catch (error) {
      throw this.halt(error);
    }
  }

  async #withdraw(error: unknown, undo: () => Promise<void>): Promise<never> {
    if (!isDiskFull(error)) throw this.halt(error);
    await this.#promised(undo);
    throw new KeyringFault("diskFull", error);
  }
}

const modeOf = (name: FileName) => (secretFiles.includes(name) ? readOnly : ownerOnly);
