// Hashes of what is too large to hold, and signatures of what others will check.
import { createHash, createPublicKey, verify } from "node:crypto";

/** SHA-256 of pieces as they pass: 64 hex digits at the end. */
export type RunningDigest = { add(piece: Uint8Array): void; hex(): string };

export function runningDigest(): RunningDigest {
  const hash = createHash("sha256");
  return {
    add: (piece) => void hash.update(piece),
    hex: () => hash.digest("hex"),
  };
}

// RFC 8410 section 4: SubjectPublicKeyInfo of an Ed25519 key, before its 32 bytes.
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** Ed25519 (RFC 8032): 32 raw bytes of a public key, 64 of a signature. False for anything of another length. */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: "der", type: "spki" });
  return verify(null, bytes, key, signature);
}
