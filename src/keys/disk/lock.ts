import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import { errorCode } from "../errorCode.ts";
import { KeyringFault } from "../fault.ts";

/** `started` tells a process from a later one with the same number: after a crash the number may be somebody else's. */
export type Owner = { pid: number; started: string; nonce: string };

/** What a lock asks of its folder, besides what the keyring asks of it (files.ts). */
export type LockFiles = {
  read(name: string): Promise<Buffer | null>;
  /** Answers false, and changes nothing, where there is such a file. */
  create(name: string, bytes: Uint8Array, mode: number): Promise<boolean>;
  fsync(name: string): Promise<void>;
  fsyncDir(): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(name: string): Promise<void>;
  /** When it was last written, in milliseconds since 1970 by the machine's clock; null where there is no such file. */
  writtenMs(name: string): Promise<number | null>;
};

/** What it asks of the machine. Moments are milliseconds since 1970 by its own clock, which may have been set meanwhile. */
export type Machine = {
  readonly pid: number;
  /** When that process started, in a form that no other start has; null where the system does not tell. */
  startOf(pid: number): string | null;
  exists(pid: number): boolean;
  nowMs(): number;
  bootedMs(): number;
};

/** Longer than it takes to write one line; an unreadable lock younger than this is being written just now. */
const settledMs = 10_000;
/** File systems keep time more coarsely than the clock tells it. */
const coarseMs = 1_000;

/**
 * One process holds the keyring: two writers would append over each other and lose acknowledged keys. The lock of a dead process is taken
 * over, by exactly one of those that try, and what a power cut left of one too. Gives the function that lets go; throws `locked`.
 */
export async function takeLock(files: LockFiles, name: string, machine = thisMachine): Promise<() => Promise<void>> {
  const mine: Owner = { pid: machine.pid, started: machine.startOf(machine.pid) ?? "", nonce: randomUUID() };
  const parts = { files, machine };
  if (!(await createdNew(parts, name, mine))) await takeOver(parts, name, mine);
  return async () => {
    if ((await ownerIn(files, name))?.nonce === mine.nonce) await files.unlink(name);
  };
}

type Parts = { files: LockFiles; machine: Machine };

async function takeOver(parts: Parts, name: string, mine: Owner): Promise<void> {
  const { files } = parts;
  const dead = await ownerIn(files, name);
  if (await isHeld(parts, name, dead)) throw new KeyringFault("locked");
  // The claim is named after the lock it replaces, so that only one process can make it.
  const claim = `${name}.${dead?.nonce ?? "unreadable"}`;
  if (!(await createdNew(parts, claim, mine))) {
    if (await isHeld(parts, claim, await ownerIn(files, claim))) throw new KeyringFault("locked");
    await files.unlink(claim);
    if (!(await createdNew(parts, claim, mine))) throw new KeyringFault("locked");
  }
  // Somebody slower finds that the lock is no longer the dead one.
  if ((await ownerIn(files, name))?.nonce !== dead?.nonce) {
    await files.unlink(claim);
    throw new KeyringFault("locked");
  }
  await files.rename(claim, name);
  await files.fsyncDir();
}

/** Durable, so that a power cut leaves a lock that tells its owner: an empty one could be a living process's that is just beginning. */
async function createdNew({ files }: Parts, name: string, owner: Owner): Promise<boolean> {
  if (!(await files.create(name, Buffer.from(JSON.stringify(owner)), 0o600))) return false;
  await files.fsync(name);
  await files.fsyncDir();
  return true;
}

async function ownerIn(files: LockFiles, name: string): Promise<Owner | null> {
  try {
    const read: unknown = JSON.parse(String(await files.read(name)));
    return isOwner(read) ? read : null;
  } catch {
    return null;
  }
}

const isOwner = (read: unknown): read is Owner =>
  typeof read === "object" &&
  read !== null &&
  "pid" in read &&
  typeof read.pid === "number" &&
  "started" in read &&
  typeof read.started === "string" &&
  "nonce" in read &&
  typeof read.nonce === "string" &&
  /^[0-9a-f-]{36}$/.test(read.nonce);

async function isHeld({ files, machine }: Parts, name: string, owner: Owner | null): Promise<boolean> {
  if (owner) return isAlive(owner, machine);
  const written = await files.writtenMs(name);
  if (written === null) return true;
  // Nobody who wrote before the machine started is alive, and nobody is writing in the future: there the clock was set back.
  if (written < machine.bootedMs() - coarseMs) return false;
  const age = machine.nowMs() - written;
  return age > -coarseMs && age < settledMs;
}

function isAlive({ pid, started }: Owner, machine: Machine): boolean {
  if (!machine.exists(pid)) return false;
  const now = machine.startOf(pid);
  return now === null || started === "" || now === started;
}

const thisMachine: Machine = {
  pid: process.pid,
  startOf,
  exists: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return errorCode(error) === "EPERM";
    }
  },
  nowMs: () => Date.now(),
  bootedMs: () => Date.now() - uptime() * 1000,
};

/** Boot and tick at which a process started (Linux, proc(5) field 22); null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program stands in parentheses and may hold spaces: count from behind it.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return `${boot}:${fields[19]}`;
  } catch {
    return null;
  }
}
