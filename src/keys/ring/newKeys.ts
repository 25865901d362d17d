import { type KeyObject, randomFillSync } from "node:crypto";
import type { KeyOwner } from "../keys.ts";
import { encrypt, keyBytes, newKey, wrappedBytes } from "../primitives/aead.ts";
import { uuidBytes, Writer } from "../primitives/encoding.ts";
import { newKeyId } from "./keyId.ts";
import type { Seconds } from "./made.ts";
import { keyChange, nameChange, type Ring, RowPlaces, registerChange } from "./ring.ts";
import { type Root, wrapRegister } from "./root.ts";
import { rowOf } from "./table.ts";

/** An owner who needs a key, with the version it is to have (1 for the first). */
export type Wanted = KeyOwner & { version: number };
export type Making = { ring: Ring; root: Root; idCheck: KeyObject; made: Seconds };

/**
 * The changes that give each owner a key, with the register keys and names that are new with them. Changes nothing in the ring: that
 * happens when the changes are on disk.
 */
export function changesFor({ ring, root, idCheck, made }: Making, wanted: readonly Wanted[]): Buffer {
  const writer = new Writer();
  const names = [...ring.names];
  const numberOf = (name: string): number => {
    const known = names.indexOf(name);
    if (known >= 0) return known;
    nameChange(writer, name);
    return names.push(name) - 1;
  };

  const newRegisters = new Map<number, KeyObject>();
  const registerKey = (register: number, name: string): KeyObject => {
    const known = ring.registers.get(register)?.key ?? newRegisters.get(register);
    if (known) return known;
    const { bytes, key } = newKey();
    registerChange(writer, register, wrapRegister(ring.epochKey, ring.installation, ring.epoch, name, bytes));
    bytes.fill(0);
    newRegisters.set(register, key);
    return key;
  };

  const places = new RowPlaces({ installation: ring.installation, epoch: ring.epoch, names });
  const bytes = Buffer.alloc(keyBytes);
  for (const owner of wanted) {
    const subject = uuidBytes(owner.subject);
    const register = numberOf(owner.register);
    const rule = numberOf(owner.rule);
    const under = registerKey(register, owner.register);
    const id = unusedId(ring, () => newKeyId(idCheck, root.id, ring.epoch, owner.register, subject));
    const { version } = owner;
    const row = rowOf({ id, register, subject, rule, version, made, wrapped: Buffer.alloc(wrappedBytes) });
    randomFillSync(bytes);
    row.set(encrypt(under, places.of(row), bytes), row.length - wrappedBytes);
    keyChange(writer, row);
  }
  bytes.fill(0);
  return Buffer.from(writer.done());
}

function unusedId(ring: Ring, make: () => Buffer): Buffer {
  for (;;) {
    const id = make();
    if (ring.table.find(id.toString("latin1")) === undefined) return id;
  }
}
