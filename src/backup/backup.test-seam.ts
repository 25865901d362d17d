// A small installation without keys and gate: what the physical tests copy and bring back.

import { generateKeyPairSync, sign } from "node:crypto";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Signing } from "./seal.ts";

export const INSTALLATION = "0198f000-0000-7000-8000-000000000001";

export function newSigner(): Signing {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return { publicKey: raw, sign: (bytes) => sign(null, bytes, privateKey) };
}

export async function newParty() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}
