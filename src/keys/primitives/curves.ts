import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  randomBytes,
  sign as signWith,
  verify,
} from "node:crypto";

/** Private keys are 32 bytes in both curves, and public ones too: Ed25519 (RFC 8032) signs, X25519 (RFC 7748) agrees. */
export const curveBytes = 32;
export type Curve = "ed25519" | "x25519";

/** What stands before the 32 bytes in PKCS 8 and SubjectPublicKeyInfo (RFC 8410 sections 4 and 7). */
const privatePrefix = { ed25519: "302e020100300506032b657004220420", x25519: "302e020100300506032b656e04220420" };
const publicPrefix = { ed25519: "302a300506032b6570032100", x25519: "302a300506032b656e032100" };

export const newSeed = (): Buffer => randomBytes(curveBytes);

/** Throws RangeError unless `seed` has 32 bytes. */
export function privateKey(curve: Curve, seed: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from(privatePrefix[curve], "hex"), exactly(seed)]);
  try {
    return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  } finally {
    der.fill(0);
  }
}

/** Throws RangeError unless `bytes` has 32 bytes. */
export function publicKey(curve: Curve, bytes: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from(publicPrefix[curve], "hex"), exactly(bytes)]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

/** The 32 public bytes of a private key. */
export const publicBytes = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-curveBytes);

/** The shared secret, 32 bytes; null where the other's key is of low order, which would make a secret that everybody knows. */
export function agreed(own: KeyObject, other: Uint8Array): Buffer | null {
  try {
    return diffieHellman({ privateKey: own, publicKey: publicKey("x25519", other) });
  } catch {
    return null;
  }
}

/** 64 bytes. */
export const signature = (key: KeyObject, bytes: Uint8Array): Buffer => signWith(null, bytes, key);

/** Whether `signed` is the signature of `bytes` under the 32 public bytes. */
export const isSignature = (key: Uint8Array, bytes: Uint8Array, signed: Uint8Array): boolean =>
  verify(null, bytes, publicKey("ed25519", key), signed);

function exactly(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== curveBytes) throw new RangeError("a key of this curve has 32 bytes");
  return bytes;
}
