// Keys first, then the cluster, then both in one data folder: all of a restore but its gate.
import { cp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readSecrets } from "../db/embeddedSecrets.ts";
import { ageSecretOf } from "../documents/recoverySheet/secret.ts";
import { KeyringFault } from "../keys/fault.ts";
import { openKeyring } from "../keys/keyring.ts";
import { passphraseFile } from "../keys/passphraseFile.ts";
import { restoreKeyring } from "../keys/restoreKeyring.ts";
import type { Passphrase } from "../keys/ring/rootStore.ts";
import { Problem } from "../values/problem.ts";
import { putDrillKey, readDrillKey } from "./drillKey.ts";
import { newestKeyring } from "./keyringCopy.ts";
import { onlyInstallation, type Restored, type RestoreOptions, restoreCluster } from "./restoreCluster.ts";
import type { Unsealing } from "./seal.ts";
import type { Shelf } from "./shelf.ts";
import { trustedFrom } from "./signers.ts";
import { keyringBeside, removeStrayKeyrings } from "./strayKeyrings.ts";
import { findTarget } from "./target.ts";

/** `keyring`: the folder of a keyring that lived on, read and left as it is; `secret`: the 32 bytes of the recovery sheet. One of them at least. */
export type BringBack = Omit<RestoreOptions, "identities" | "trusted"> & {
  readonly keyring?: string;
  readonly secret?: Uint8Array;
  /** Where the root key of `keyring` opens with a passphrase only. */
  readonly rootPassphraseFile?: string;
};

export type BroughtBack = Restored & {
  /** What the other copies of the installation open with. */
  readonly unsealing: Unsealing;
  /** Takes all of it away again; the copies stay as they are. */
  readonly discard: () => Promise<void>;
};

/**
 * As `restoreCluster`, and the keyring stands in `to/keyring`: the living one where it is given, else the newest copy. The folder is marked: the gate
 * of the restore opens it (`startPostgres` with `restoring`, then `removeMark`), nobody before. Throws besides `restoreNeedsKeys`, `backupNoKeyring`,
 * `keyringBroken`.
 */
export async function bringBack(options: BringBack): Promise<BroughtBack> {
  const { from, keyring, secret, rootPassphraseFile, ...more } = options;
  const to = resolve(options.to);
  const installation = options.installation ?? (await onlyInstallation(from));
  const { shelf } = await findTarget(from, installation);
  // Beside the new folder, so that moving it in is one step; it holds a root key, so it goes whatever happens.
  const parent = dirname(to);
  await removeStrayKeyrings(parent);
  const { folder: beside, letGo } = await keyringBeside(parent);
  try {
    const identities = secret ? [ageSecretOf(secret)] : [];
    if (keyring !== undefined)
      await cp(keyring, beside, { recursive: true, filter: (path) => !path.endsWith(".lock") });
    else if (secret) await fromCopy(shelf, installation, secret, beside);
    else throw new Problem("restoreNeedsKeys", 409);
    const drill = await readDrillKey(beside);
    if (drill) identities.push(drill.identity);
    const trusted = await signersOf(beside, installation, passphraseFile(rootPassphraseFile));
    const restored = await restoreCluster({ ...more, from, to, installation, identities, trusted });
    await rename(beside, join(to, "keyring"));
    const unsealing = { installation, identities, trusted: await trustedFrom(shelf, installation, trusted) };
    return { ...restored, unsealing, discard: () => discard(to) };
  } finally {
    await letGo();
  }
}

async function discard(dataDir: string): Promise<void> {
  const secrets = await readSecrets(dataDir);
  if (secrets) await rm(secrets.home, { recursive: true, force: true });
  for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true, force: true });
}

/** The copy tells by whom it must be signed, and then it must be. */
async function fromCopy(shelf: Shelf, installation: string, secret: Uint8Array, folder: string): Promise<void> {
  const unsealing: Unsealing = { installation, identities: [ageSecretOf(secret)], trusted: null };
  const { copy, drill } = await newestKeyring(shelf, unsealing);
  try {
    await restoreKeyring({ folder, copy, secret });
  } catch (error) {
    if (error instanceof KeyringFault && error.code === "paperWrong")
      throw new Problem("backupWrongKey", 422, { file: "keyring" });
    throw error;
  }
  const trusted = await trustedFrom(shelf, installation, await signersOf(folder, installation));
  await newestKeyring(shelf, { ...unsealing, trusted });
  if (drill !== null) await putDrillKey(folder, drill);
}

async function signersOf(folder: string, installation: string, passphrase?: Passphrase): Promise<Uint8Array[]> {
  const keys = await openKeyring({ folder, mode: "existing", passphrase }).catch((error) => {
    if (error instanceof KeyringFault) throw new Problem("keyringBroken", 500, { folder, reason: error.message });
    throw error;
  });
  try {
    if (keys.installation !== installation) throw new Problem("keyringForeign", 500, { folder });
    return keys.signers().map(({ publicKey }) => publicKey);
  } finally {
    await keys.close();
  }
}
