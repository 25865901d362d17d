import { fileNames } from "./disk/disk.ts";
import type { Files } from "./disk/files.ts";
import { memoryFiles } from "./disk/memoryFiles.ts";
import { KeyringFault, type KeyringFaultCode } from "./fault.ts";
import { openKeyring } from "./keyring.ts";
import type { KeyringCopy } from "./keys.ts";
import { newSeed } from "./primitives/curves.ts";
import { restoreKeyring } from "./restoreKeyring.ts";
import { newRootBytes } from "./ring/root.ts";

/** What may be lost. `serverAndPaper`: copies of the files are there, and nothing that opens them. */
export const losses = ["rootKey", "keyring", "server", "serverAndPaper"] as const;
export type Loss = (typeof losses)[number];
/** `keys`: how many opened, 0 where none did; `why`: what stood in the way. `tried` is false where the paper was not at hand. */
export type Rehearsed = { loss: Loss; tried: boolean; keys: number; why: KeyringFaultCode | null };

/**
 * Tries each loss on a copy of the newest state, in memory only: no second place ever holds the keys, and the keyring in use is not
 * touched. `secret`: the 32 bytes of the paper, or null where they are not at hand.
 */
export async function rehearseLosses(copy: KeyringCopy, secret: Uint8Array | null): Promise<Rehearsed[]> {
  const opening: Readonly<Record<Loss, (files: Files) => Promise<unknown>>> = {
    rootKey: (files) => put(files, copy),
    keyring: (files) => files.write(fileNames.root, newRootBytes(), 0o400),
    server: async (files) => secret && restoreKeyring({ folder: "", files, copy, secret }),
    serverAndPaper: (files) => restoreKeyring({ folder: "", files, copy, secret: newSeed() }),
  };
  const rehearsed: Rehearsed[] = [];
  for (const loss of losses) {
    if (loss === "server" && !secret) rehearsed.push({ loss, tried: false, keys: 0, why: null });
    else rehearsed.push({ loss, tried: true, ...(await opened(opening[loss])) });
  }
  return rehearsed;
}

async function opened(prepare: (files: Files) => Promise<unknown>): Promise<{ keys: number; why: Rehearsed["why"] }> {
  const files = memoryFiles();
  try {
    await prepare(files);
    const keyring = await openKeyring({ folder: "", files, mode: "existing" });
    const { keys } = keyring.state();
    await keyring.close();
    return { keys, why: null };
  } catch (error) {
    if (!(error instanceof KeyringFault)) throw error;
    return { keys: 0, why: error.code };
  }
}

async function put(files: Files, { epoch, snapshot, log, recovery }: KeyringCopy): Promise<void> {
  await files.write(fileNames.epoch, epoch, 0o600);
  await files.write(fileNames.snapshot, snapshot, 0o600);
  await files.write(fileNames.log, log, 0o600);
  await files.write(fileNames.recovery, recovery, 0o600);
}
