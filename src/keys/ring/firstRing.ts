import { randomBytes, randomUUID } from "node:crypto";
import { newKey } from "../primitives/aead.ts";
import { curveBytes, newSeed, privateKey, publicBytes } from "../primitives/curves.ts";
import type { Seconds } from "./made.ts";
import type { Ring } from "./ring.ts";
import { type Root, wrapEpoch } from "./root.ts";
import { type Secret, type SecretKind, secretsOf, wrapSecret } from "./secrets.ts";
import { KeyTable } from "./table.ts";

export const newGeneration = (): Buffer => randomBytes(16);

/** A ring without any key yet, and its epoch key, wrapped. */
export function firstRing(root: Root, made: Seconds): { ring: Ring; wrappedEpoch: Buffer } {
  const installation = randomUUID();
  const epoch = 1;
  const { bytes, key } = newKey();
  const wrappedEpoch = wrapEpoch(root, installation, epoch, bytes);
  bytes.fill(0);
  const empty: Ring = {
    installation,
    epoch,
    epochKey: key,
    generation: newGeneration(),
    previous: Buffer.alloc(16),
    destroyed: 0,
    rootMade: made,
    epochMade: made,
    secrets: [],
    papers: [],
    names: [],
    registers: new Map(),
    table: new KeyTable(),
  };
  const secrets = (["search", "mac"] as const).map((kind) => newSecret(root, empty, kind, made));
  return { ring: completed(root, { ...empty, secrets }, made), wrappedEpoch };
}

/** With the signing key and the recovery secret that a keyring of the first format has not got; the same ring where nothing is missing. */
export function completed(root: Root, ring: Ring, made: Seconds): Ring {
  const missing: Secret[] = [];
  if (secretsOf(ring.secrets, "signer").length === 0) missing.push(newSecret(root, ring, "signer", made));
  const whole = missing.length > 0 ? { ...ring, secrets: [...ring.secrets, ...missing] } : ring;
  return whole.papers.length === 0 ? withNewPaper(root, whole, made) : whole;
}

/** The next version of a secret: 32 random bytes, which serve all kinds. */
export function newSecret(root: Root, ring: Ring, kind: SecretKind, made: Seconds, bytes: Buffer = newSeed()): Secret {
  const version = (secretsOf(ring.secrets, kind).at(-1)?.version ?? 0) + 1;
  try {
    return wrapSecret(root, ring.installation, { kind, version, made }, bytes);
  } finally {
    bytes.fill(0, 0, curveBytes);
  }
}

/** A new recovery secret, waiting for its paper to be confirmed. The paper confirmed before goes on opening until then. */
export function withNewPaper(root: Root, ring: Ring, made: Seconds): Ring {
  const seed = newSeed();
  const recipient = publicBytes(privateKey("x25519", seed));
  return {
    ...ring,
    papers: [...ring.papers.filter(({ confirmed }) => confirmed), { recipient, confirmed: false, made }],
    secrets: [...ring.secrets.filter(({ kind }) => kind !== "recovery"), newSecret(root, ring, "recovery", made, seed)],
  };
}

/** The newest paper is known to be in good hands: its secret leaves the keyring, and older papers open nothing more. */
export const withPaperConfirmed = (ring: Ring): Ring => ({
  ...ring,
  papers: ring.papers.slice(-1).map((paper) => ({ ...paper, confirmed: true })),
  secrets: ring.secrets.filter(({ kind }) => kind !== "recovery"),
});
