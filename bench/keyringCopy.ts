// The keyring of a register, looked into from a copy: the register itself holds the lock, and opening mends what a crash left.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeyring } from "../src/keys/keyring.ts";
import type { Keys } from "../src/keys/keys.ts";

const isLock = (name: string): boolean => /(^|[/.])lock(\.|$)/.test(name);

/** `from`: the folder of the keyring; nobody may be writing to it, or the copy may not open. */
export async function inKeyringCopy<T>(from: string, work: (keys: Keys) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-keyring-"));
  try {
    await cp(from, folder, { recursive: true, filter: (path) => !isLock(path.slice(from.length)) });
    const keys = await openKeyring({ folder, mode: "existing" });
    try {
      return await work(keys);
    } finally {
      await keys.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is on the owner's paper, as long as the sheet has not been confirmed: 32 bytes. Throws where it has been. */
export const ownersSecret = (dataDir: string): Promise<Buffer> =>
  inKeyringCopy(join(dataDir, "keyring"), async (keys) => {
    const secret = await keys.recoverySecret();
    if (secret === null) throw new Error("the recovery sheet has been confirmed");
    return secret;
  });
