// The identity that the nightly drill opens copies with. It opens the database's copies, which hold sealed values, and never a copy of the keyring.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { writeWhole } from "../db/wholeFile.ts";
import { errorCode } from "../keys/errorCode.ts";

export type DrillKey = { readonly identity: string; readonly recipient: string };

/** In the keyring's folder, readable by its owner alone. */
export const drillKeyIn = (keyring: string): string => join(keyring, "drill.key");

/** null where there is none. */
export async function readDrillKey(keyring: string): Promise<DrillKey | null> {
  const text = await readFile(drillKeyIn(keyring), "utf8").catch((error) => {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  });
  const identity = text?.trim() ?? "";
  return identity === "" ? null : { identity, recipient: await identityToRecipient(identity) };
}

/** Made when absent; durable when it resolves. */
export async function openDrillKey(keyring: string): Promise<DrillKey> {
  const known = await readDrillKey(keyring);
  return known ?? putDrillKey(keyring, await generateX25519Identity());
}

/** In the place of what is there; durable when it resolves. */
export async function putDrillKey(keyring: string, identity: string): Promise<DrillKey> {
  await mkdir(keyring, { recursive: true, mode: 0o700 });
  await writeWhole(drillKeyIn(keyring), `${identity}\n`, 0o400);
  return { identity, recipient: await identityToRecipient(identity) };
}
