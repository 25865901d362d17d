import { KeyringFault } from "../fault.ts";
import { decrypt, encrypt, wrappedBytes } from "../primitives/aead.ts";
import { encoded, type Reader, uuidBytes, type Writer } from "../primitives/encoding.ts";
import type { Root } from "./root.ts";

/**
 * 32 bytes each, wrapped under the root key: what words are indexed under; what is looked up (sign-ins, bans, key ids) and could not be
 * computed anew; what signs checkpoints; and the recovery secret until its paper is confirmed.
 */
const numbers = { search: 1, mac: 2, signer: 3, recovery: 4 } as const;
export type SecretKind = keyof typeof numbers;
/** `made`: seconds since 1970; 0 where an older keyring did not say. */
export type Secret = { kind: SecretKind; version: number; made: number; wrapped: Buffer };

const kinds = new Map<number, SecretKind>([
  [1, "search"],
  [2, "mac"],
  [3, "signer"],
  [4, "recovery"],
]);

const placeOf = (root: Root, installation: string, { kind, version, made }: Omit<Secret, "wrapped">) =>
  encoded("tietovirta.secret.1", uuidBytes(installation), root.id, numbers[kind], version, made);

export function wrapSecret(
  root: Root,
  installation: string,
  secret: Omit<Secret, "wrapped">,
  bytes: Uint8Array,
): Secret {
  return { ...secret, wrapped: encrypt(root.key, placeOf(root, installation, secret), bytes) };
}

/** The 32 bytes; the caller blanks them. */
export function openSecret(root: Root, installation: string, secret: Secret): Buffer {
  const bytes = decrypt(root.key, placeOf(root, installation, secret), secret.wrapped);
  if (!bytes) throw new KeyringFault("corrupt");
  return bytes;
}

export function rewrapped(from: Root, to: Root, installation: string, secret: Secret): Secret {
  const bytes = openSecret(from, installation, secret);
  try {
    return wrapSecret(to, installation, secret, bytes);
  } finally {
    bytes.fill(0);
  }
}

/** Newest last. */
export const secretsOf = (secrets: readonly Secret[], kind: SecretKind): Secret[] =>
  secrets.filter((secret) => secret.kind === kind).sort((a, b) => a.version - b.version);

/** The newest of a kind that every keyring has. */
export function theSecret(secrets: readonly Secret[], kind: SecretKind): Secret {
  const newest = secretsOf(secrets, kind).at(-1);
  if (!newest) throw new KeyringFault("corrupt");
  return newest;
}

export function writeSecrets(writer: Writer, secrets: readonly Secret[]): void {
  writer.u32(secrets.length);
  for (const { kind, version, made, wrapped } of secrets)
    writer.u8(numbers[kind]).u32(version).u32(made).bytes(wrapped);
}

export function readSecrets(reader: Reader): Secret[] {
  const secrets: Secret[] = [];
  for (let left = reader.u32(); left > 0; left -= 1) {
    const kind = kinds.get(reader.u8());
    if (!kind) throw new KeyringFault("newer");
    secrets.push({
      kind,
      version: reader.u32(),
      made: reader.u32(),
      wrapped: Buffer.from(reader.bytes(wrappedBytes)),
    });
  }
  return secrets;
}
