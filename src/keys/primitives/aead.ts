import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomFillSync } from "node:crypto";

export const nonceBytes = 12;
export const tagBytes = 16;
export const keyBytes = 32;
/** A key under another key: nonce, ciphertext, tag. */
export const wrappedBytes = nonceBytes + keyBytes + tagBytes;

const cipherName = "aes-256-gcm";
/** Always given: without it Node accepts a tag of 4 bytes, which a few thousand million guesses forge. */
const tagLength = { authTagLength: tagBytes };

/** Throws RangeError unless the key has 256 bits. A KeyObject also makes each operation several times faster than raw bytes. */
export function secretKey(bytes: Uint8Array): KeyObject {
  if (bytes.length !== keyBytes) throw new RangeError("a key has 32 bytes");
  return createSecretKey(bytes);
}

/** A new random key. `bytes` are for wrapping it; the caller blanks them afterwards. */
export function newKey(): { bytes: Buffer; key: KeyObject } {
  const bytes = randomFillSync(Buffer.alloc(keyBytes));
  return { bytes, key: secretKey(bytes) };
}

/** AES-256-GCM (NIST SP 800-38D). Gives nonce, ciphertext, tag after `header`; the nonce is random, 96 bits. */
export function encrypt(key: KeyObject, associated: Uint8Array, plain: Uint8Array, header?: Uint8Array): Buffer {
  return encryptWith(key, nextNonce(), associated, plain, header);
}

/** As `encrypt` with a given nonce: for known-answer tests. A nonce used twice under one key gives both texts away. */
export function encryptWith(
  key: KeyObject,
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
  header?: Uint8Array,
): Buffer {
  if (nonce.length !== nonceBytes) throw new RangeError("a nonce has 12 bytes");
  const cipher = createCipheriv(cipherName, key, nonce, tagLength);
  cipher.setAAD(associated);
  const text = cipher.update(plain);
  cipher.final();
  const start = header?.length ?? 0;
  const out = Buffer.allocUnsafe(start + nonceBytes + text.length + tagBytes);
  if (header) out.set(header, 0);
  out.set(nonce, start);
  out.set(text, start + nonceBytes);
  out.set(cipher.getAuthTag(), start + nonceBytes + text.length);
  return out;
}

/** Opens nonce, ciphertext, tag. null where key, associated data, nonce, text or tag do not fit each other. */
export function decrypt(key: KeyObject, associated: Uint8Array, box: Uint8Array): Buffer | null {
  if (box.length < nonceBytes + tagBytes) return null;
  const end = box.length - tagBytes;
  const decipher = createDecipheriv(cipherName, key, box.subarray(0, nonceBytes), tagLength);
  decipher.setAAD(associated);
  decipher.setAuthTag(box.subarray(end));
  const plain = decipher.update(box.subarray(nonceBytes, end));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    return null;
  }
  return plain;
}

const pool = Buffer.alloc(nonceBytes * 1024);
let used = pool.length;

/** One call to the system for a thousand nonces: asking for each costs as much as the encryption. Each part is given once. */
function nextNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += nonceBytes;
  return pool.subarray(used - nonceBytes, used);
}
