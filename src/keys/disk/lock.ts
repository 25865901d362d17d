import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { open, readFile, rename, stat, unlink } from "node:fs/promises";
import { errorCode } from "../errorCode.ts";
import { KeyringFault } from "../fault.ts";

/** `started` tells a process from a later one with the same number: after a crash the number may be somebody else's. */
type Owner = { pid: number; started: string; nonce: string };

/** Longer than it takes to write one line; an unreadable lock younger than this is being written just now. */
const settledMs = 10_000;

/**
 * One process holds the keyring: two writers would append over each other and lose acknowledged keys. The lock of a dead process is taken
 * over, by exactly one of those that try. Gives the function that lets go; throws `locked`.
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const mine: Owner = { pid: process.pid, started: startOf(process.pid) ?? "", nonce: randomUUID() };
  if (!(await createdNew(path, mine))) await takeOver(path, mine);
  return async () => {
    if ((await ownerIn(path))?.nonce === mine.nonce) await unlink(path);
  };
}

async function takeOver(path: string, mine: Owner): Promise<void> {
  const dead = await ownerIn(path);
  if (await isHeld(path, dead)) throw new KeyringFault("locked");
  // The claim is named after the lock it replaces, so that only one process can make it.
  const claim = `${path}.${dead?.nonce ?? "unreadable"}`;
  if (!(await createdNew(claim, mine))) {
    if (await isHeld(claim, await ownerIn(claim))) throw new KeyringFault("locked");
    await unlink(claim);
    if (!(await createdNew(claim, mine))) throw new KeyringFault("locked");
  }
  // Somebody slower finds that the lock is no longer the dead one.
  if ((await ownerIn(path))?.nonce !== dead?.nonce) {
    await unlink(claim);
    throw new KeyringFault("locked");
  }
  await rename(claim, path);
}

async function createdNew(path: string, owner: Owner): Promise<boolean> {
  try {
    const handle = await open(path, "wx", 0o600);
    try {
      await handle.writeFile(JSON.stringify(owner));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function ownerIn(path: string): Promise<Owner | null> {
  try {
    const read: unknown = JSON.parse(await readFile(path, "utf8"));
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

async function isHeld(path: string, owner: Owner | null): Promise<boolean> {
  if (owner) return isAlive(owner);
  try {
    return Date.now() - (await stat(path)).mtimeMs < settledMs;
  } catch {
    return true;
  }
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== "EPERM") return false;
  }
  const now = startOf(pid);
  return now === null || started === "" || now === started;
}

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
