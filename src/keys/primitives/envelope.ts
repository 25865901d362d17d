import { type KeyObject, randomBytes } from "node:crypto";
import { decrypt, encrypt, keyBytes, nonceBytes, secretKey, tagBytes } from "./aead.ts";
import { hkdf512, sameBytes } from "./derive.ts";

/** What stands before an envelope's content: salt 32, commitment 32. */
export const envelopeHeadBytes = 64;
/** How much longer an envelope is than what is in it. */
export const envelopeOverhead = envelopeHeadBytes + nonceBytes + tagBytes;

const nothing = new Uint8Array(0);

/**
 * A key for one content, and the head that commits to it. AES-GCM alone lets a clever hand make one text that opens under two keys to two
 * contents; the commitment (32 bytes of HKDF-SHA-512 beside the key) fits one secret only. `info` is the canonical place of the content.
 */
export function newEnvelope(secret: KeyObject | Uint8Array, info: Uint8Array): { key: KeyObject; head: Buffer } {
  const salt = randomBytes(32);
  const { key, commitment } = derived(secret, salt, info);
  return { key, head: Buffer.concat([salt, commitment]) };
}

/** The key of the content behind this head; null where the secret or the place is another. Compared in constant time. */
export function envelopeKey(secret: KeyObject | Uint8Array, info: Uint8Array, head: Uint8Array): KeyObject | null {
  if (head.length !== envelopeHeadBytes) return null;
  const { key, commitment } = derived(secret, head.subarray(0, 32), info);
  return sameBytes(commitment, head.subarray(32)) ? key : null;
}

/** A short content (a key) in one piece. */
export function sealEnvelope(secret: KeyObject | Uint8Array, info: Uint8Array, plain: Uint8Array): Buffer {
  const { key, head } = newEnvelope(secret, info);
  return encrypt(key, nothing, plain, head);
}

/** null where anything does not fit. */
export function openEnvelope(secret: KeyObject | Uint8Array, info: Uint8Array, sealed: Uint8Array): Buffer | null {
  const key = envelopeKey(secret, info, sealed.subarray(0, envelopeHeadBytes));
  return key && decrypt(key, nothing, sealed.subarray(envelopeHeadBytes));
}

function derived(secret: KeyObject | Uint8Array, salt: Uint8Array, info: Uint8Array) {
  const bytes = hkdf512(secret, salt, info, 2 * keyBytes);
  try {
    return { key: secretKey(bytes.subarray(0, keyBytes)), commitment: Buffer.from(bytes.subarray(keyBytes)) };
  } finally {
    bytes.fill(0);
  }
}
