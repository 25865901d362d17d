import { type KeyObject, randomBytes } from "node:crypto";
import { KeyringFault } from "../fault.ts";
import { decrypt, encrypt, secretKey } from "../primitives/aead.ts";
import { derivedKey, hkdf } from "../primitives/derive.ts";
import { encoded } from "../primitives/encoding.ts";

/** The key above all others, from `root.key`. `id` tells which one it is and nothing about it. */
export type Root = { id: Buffer; key: KeyObject; fileKey: KeyObject };

/** From the 32 bytes of the file. */
export function rootFrom(bytes: Uint8Array): Root {
  if (bytes.length !== 32) throw new KeyringFault("rootMissing");
  const key = secretKey(bytes);
  const id = hkdf(key, new Uint8Array(0), encoded("tietovirta.root-id.1"), 8);
  return { id, key, fileKey: derivedKey(key, encoded("tietovirta.file.1")) };
}

export const newRootBytes = (): Buffer => randomBytes(32);

/** The first format's one key for words and look-ups. */
const indexPlace = (root: Root, installation: string) => encoded("tietovirta.index-root.1", installation, root.id);
const epochPlace = (root: Root, installation: string, epoch: number) =>
  encoded("tietovirta.epoch.1", installation, root.id, epoch);
const registerPlace = (installation: string, epoch: number, register: string) =>
  encoded("tietovirta.register.1", installation, epoch, register);

export const openIndexRoot = (root: Root, installation: string, wrapped: Uint8Array): KeyObject =>
  unwrapped(root.key, indexPlace(root, installation), wrapped);

export const wrapEpoch = (root: Root, installation: string, epoch: number, bytes: Uint8Array): Buffer =>
  encrypt(root.key, epochPlace(root, installation, epoch), bytes);

export const openEpoch = (root: Root, installation: string, epoch: number, wrapped: Uint8Array): KeyObject =>
  unwrapped(root.key, epochPlace(root, installation, epoch), wrapped);

/** A register key is new in every epoch: the epoch is its version. */
export const wrapRegister = (
  epochKey: KeyObject,
  installation: string,
  epoch: number,
  register: string,
  bytes: Uint8Array,
): Buffer => encrypt(epochKey, registerPlace(installation, epoch, register), bytes);

export const openRegister = (
  epochKey: KeyObject,
  installation: string,
  epoch: number,
  register: string,
  wrapped: Uint8Array,
): KeyObject => unwrapped(epochKey, registerPlace(installation, epoch, register), wrapped);

/** Opens a key under another; one that does not open means a damaged file. */
export function unwrapped(under: KeyObject, place: Uint8Array, wrapped: Uint8Array): KeyObject {
  const bytes = decrypt(under, place, wrapped);
  if (!bytes) throw new KeyringFault("corrupt");
  try {
    return secretKey(bytes);
  } finally {
    bytes.fill(0);
  }
}
