// Which keys a keyring holds, for a restore that works beneath the gate: ids, not keys.
import { openKeyring } from "../keys/keyring.ts";
import type { KeyId } from "../keys/keys.ts";
import { passphraseFile } from "../keys/passphraseFile.ts";

/** Opened no longer than it takes. Throws as `openKeyring`. */
export async function heldKeys(folder: string, rootPassphraseFile?: string): Promise<ReadonlySet<KeyId>> {
  const keys = await openKeyring({ folder, mode: "existing", passphrase: passphraseFile(rootPassphraseFile) });
  try {
    return new Set([...keys.list()].map(({ id }) => id));
  } finally {
    await keys.close();
  }
}
