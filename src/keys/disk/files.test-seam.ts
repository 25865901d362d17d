import type { Files } from "./files.ts";
import type { LockFiles } from "./lock.ts";

/** A file's bytes as the running system sees them and as the platter has them. */
type Inode = { seen: Buffer; kept: Buffer };
type Names = Map<string, Inode>;

/** What goes wrong, at which file operation of a process (1 is the first). */
export type Fault = { at: number; kind: "crash" } | { at: number; kind: "EIO" | "ENOSPC"; lasting: boolean };

/** Thrown in a process that is dead; nothing it still tries reaches the disk. */
export class ProcessDied extends Error {}

/**
 * A disk that keeps its word and no more: contents survive a power cut after `fsync`, names after `fsyncDir`, and of the rest any part may
 * or may not. With `lies`, it answers every fsync and does nothing: the control that must make a durability test fail.
 */
export class SimulatedDisk {
  readonly lies: boolean;
  /** The clock of its machine, and when everything on it was written. */
  nowMs = 1_700_000_000_000;
  wroteMs = 1_700_000_000_000;
  #names: Names = new Map();
  #keptNames: Names = new Map();
  /** Changes of names not yet durable, in order: a journal keeps a first part of them. */
  #pending: ((names: Names) => void)[] = [];

  constructor(options: { lies?: boolean } = {}) {
    this.lies = options.lies ?? false;
  }

  process(fault?: Fault): SimulatedProcess {
    return new SimulatedProcess(this, fault);
  }

  /** The power goes. `pick(n)` gives a number from 0 to n: how much of each unsynced thing had reached the platter. */
  cutPower(pick: (most: number) => number = () => 0): void {
    const survivors = pick(this.#pending.length);
    for (const change of this.#pending.slice(0, survivors)) change(this.#keptNames);
    this.#pending = [];
    this.#names = new Map();
    for (const [name, inode] of this.#keptNames) {
      const { seen, kept } = inode;
      const grown = seen.length > kept.length && seen.subarray(0, kept.length).equals(kept);
      const bytes = grown ? seen.subarray(0, kept.length + pick(seen.length - kept.length)) : kept;
      this.#names.set(name, { seen: bytes, kept: bytes });
    }
    this.#keptNames = new Map(this.#names);
  }

  /** Every file as the running system sees it. */
  contents(): Map<string, Buffer> {
    return new Map([...this.#names].map(([name, { seen }]) => [name, Buffer.from(seen)]));
  }

  /** Sets a file, durably: what a clumsy or hostile hand does. */
  put(name: string, bytes: Uint8Array): void {
    const inode = { seen: Buffer.from(bytes), kept: Buffer.from(bytes) };
    this.#names.set(name, inode);
    this.#keptNames.set(name, inode);
  }

  remove(name: string): void {
    this.#names.delete(name);
    this.#keptNames.delete(name);
  }

  find(name: string): Inode | undefined {
    return this.#names.get(name);
  }

  change(change: (names: Names) => void): void {
    change(this.#names);
    this.#pending.push(change);
  }

  settleNames(): void {
    for (const change of this.#pending) change(this.#keptNames);
    this.#pending = [];
  }
}

/** The files as one process sees them, with its own fault and its own count of operations. */
export class SimulatedProcess implements Files, LockFiles {
  readonly #disk: SimulatedDisk;
  readonly #fault: Fault | undefined;
  #dead = false;
  steps = 0;
  fsyncs = 0;
  appends = 0;

  constructor(disk: SimulatedDisk, fault?: Fault) {
    this.#disk = disk;
    this.#fault = fault;
  }

  /** From now on nothing this process does reaches the disk. */
  kill(): void {
    this.#dead = true;
  }

  async read(name: string): Promise<Buffer | null> {
    await this.#step("read");
    const inode = this.#disk.find(name);
    return inode ? Buffer.from(inode.seen) : null;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const inode: Inode = { seen: Buffer.alloc(0), kept: Buffer.alloc(0) };
    const half = () => {
      inode.seen = Buffer.from(bytes.subarray(0, bytes.length >> 1));
      this.#disk.change((names) => names.set(name, inode));
    };
    await this.#step("write", half);
    inode.seen = Buffer.from(bytes);
    this.#disk.change((names) => names.set(name, inode));
  }

  async create(name: string, bytes: Uint8Array): Promise<boolean> {
    if (this.#disk.find(name)) return false;
    // The name stands before its content, as on a real disk.
    const inode: Inode = { seen: Buffer.alloc(0), kept: Buffer.alloc(0) };
    await this.#step("write");
    this.#disk.change((names) => names.set(name, inode));
    await this.append(name, bytes);
    return true;
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    this.appends += 1;
    const inode = this.#existing(name);
    const before = inode.seen;
    await this.#step("append", () => {
      inode.seen = Buffer.concat([before, bytes.subarray(0, bytes.length >> 1)]);
    });
    inode.seen = Buffer.concat([before, bytes]);
  }

  async truncate(name: string, length: number): Promise<void> {
    await this.#step("truncate");
    const inode = this.#existing(name);
    inode.seen = inode.seen.subarray(0, length);
  }

  async fsync(name: string): Promise<void> {
    this.fsyncs += 1;
    await this.#step("fsync");
    const inode = this.#existing(name);
    if (!this.#disk.lies) inode.kept = inode.seen;
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#step("rename");
    const inode = this.#existing(from);
    this.#disk.change((names) => {
      names.delete(from);
      names.set(to, inode);
    });
  }

  async unlink(name: string): Promise<void> {
    await this.#step("unlink");
    if (this.#disk.find(name)) this.#disk.change((names) => names.delete(name));
  }

  async fsyncDir(): Promise<void> {
    this.fsyncs += 1;
    await this.#step("fsync");
    if (!this.#disk.lies) this.#disk.settleNames();
  }

  async writtenMs(name: string): Promise<number | null> {
    return this.#disk.find(name) ? this.#disk.wroteMs : null;
  }

  async lock(): Promise<void> {}

  async close(): Promise<void> {
    this.#dead = true;
  }

  #existing(name: string): Inode {
    const inode = this.#disk.find(name);
    if (!inode) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return inode;
  }

  /** `half` is what a write cut short leaves behind. */
  async #step(name: string, half: () => void = () => {}): Promise<void> {
    await Promise.resolve();
    if (this.#dead) throw new ProcessDied();
    this.steps += 1;
    const fault = this.#fault;
    if (!fault || this.steps < fault.at) return;
    if (fault.kind === "crash") {
      this.#dead = true;
      half();
      throw new ProcessDied();
    }
    if (this.steps > fault.at && !fault.lasting) return;
    // A full disk refuses what takes room; everything else goes on.
    if (fault.kind === "ENOSPC" && name !== "write" && name !== "append") return;
    half();
    throw Object.assign(new Error("simulated fault"), { code: fault.kind });
  }
}
