import { createHmac, hkdfSync, type KeyObject, timingSafeEqual } from "node:crypto";
import { keyBytes, secretKey } from "./aead.ts";

/** HKDF-SHA-256 (RFC 5869) with any length up to 8160 bytes; more throws. */
export function hkdf(from: KeyObject | Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", from, salt, info, length));
}

/** HKDF-SHA-512 (RFC 5869), for keys and the commitments to them. */
export function hkdf512(from: KeyObject | Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer {
  return Buffer.from(hkdfSync("sha512", from, salt, info, length));
}

/** A key of its own for one use; `info` is the canonical encoding of that use. */
export function derivedKey(from: KeyObject, info: Uint8Array): KeyObject {
  return secretKey(hkdf(from, new Uint8Array(0), info, keyBytes));
}

/** HMAC-SHA-256 (RFC 2104), 32 bytes. */
export function hmac(key: KeyObject, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** In a time that tells nothing of where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
