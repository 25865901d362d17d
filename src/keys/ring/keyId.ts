import { type KeyObject, randomFillSync } from "node:crypto";
import { hmac, sameBytes } from "../primitives/derive.ts";
import { encoded } from "../primitives/encoding.ts";

/**
 * 16 bytes: root 2, epoch 4, random 6, check 4. Every destruction begins a new epoch, so an id of an earlier one can never be issued
 * again. The check binds register and subject: also when the key is gone, a value in a wrong place is told from an erased one.
 */
export function newKeyId(check: KeyObject, root: Uint8Array, epoch: number, register: string, subject: Uint8Array) {
  const id = Buffer.alloc(16);
  id.set(root.subarray(0, 2), 0);
  id.writeUInt32BE(epoch, 2);
  randomFillSync(id, 6, 6);
  id.set(checkOf(check, id, register, subject), 12);
  return id;
}

const checkOf = (check: KeyObject, id: Uint8Array, register: string, subject: Uint8Array) =>
  hmac(check, encoded("tietovirta.key-id.1", id.subarray(0, 12), register, subject)).subarray(0, 4);

export const isIdOf = (check: KeyObject, id: Uint8Array, register: string, subject: Uint8Array): boolean =>
  sameBytes(id.subarray(12, 16), checkOf(check, id, register, subject));

export const epochOfId = (id: Buffer): number => id.readUInt32BE(2);

/** An id as it stands inside the keyring: 16 characters of one byte. Anything but 32 hex digits gives "", which no key has. */
export const innerId = (id: string): string =>
  /^[0-9a-f]{32}$/.test(id) ? Buffer.from(id, "hex").toString("latin1") : "";
export const outerId = (id: string): string => Buffer.from(id, "latin1").toString("hex");
