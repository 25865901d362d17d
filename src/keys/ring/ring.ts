import type { KeyObject } from "node:crypto";
import { KeyringFault } from "../fault.ts";
import { decrypt, encrypt, newKey, wrappedBytes } from "../primitives/aead.ts";
import { encoded, Reader, uuidBytes, type Writer } from "../primitives/encoding.ts";
import type { Seconds } from "./made.ts";
import type { Paper } from "./papers.ts";
import { openRegister, unwrapped, wrapRegister } from "./root.ts";
import type { Secret } from "./secrets.ts";
import {
  datedRow,
  idOf,
  KeyTable,
  madeOf,
  placeBytes,
  registerOf,
  rowBytes,
  ruleOf,
  undatedPlaceBytes,
  undatedRowBytes,
  wrappedOf,
} from "./table.ts";

/** What the keyring holds in memory between two rewritings: the snapshot and every change of the log since. */
export type Ring = {
  installation: string;
  epoch: number;
  epochKey: KeyObject;
  /** Names this snapshot and its log; `previous` names the log it made void. */
  generation: Buffer;
  previous: Buffer;
  destroyed: number;
  rootMade: Seconds;
  epochMade: Seconds;
  /** Wrapped under the root key. */
  secrets: readonly Secret[];
  /** The confirmed one, then one that waits for it; never more. */
  papers: readonly Paper[];
  /** Registers and retention rules; rows hold their numbers here. */
  names: string[];
  registers: Map<number, { key: KeyObject; wrapped: Buffer }>;
  table: KeyTable;
};

export const nameAt = (ring: Ring, index: number): string => {
  const name = ring.names[index];
  if (name === undefined) throw new KeyringFault("corrupt");
  return name;
};

/** A change of the log, one after another in one record. */
const kinds = { name: 1, register: 2, undatedKey: 3, key: 4, uses: 5 } as const;

export const nameChange = (writer: Writer, name: string) => writer.u8(kinds.name).text(name);
export const registerChange = (writer: Writer, register: number, wrapped: Uint8Array) =>
  writer.u8(kinds.register).u32(register).bytes(wrapped);
export const keyChange = (writer: Writer, row: Uint8Array) => writer.u8(kinds.key).bytes(row);
/** From now on the key counts as used this often. */
export const usesChange = (writer: Writer, id: Uint8Array, uses: number) => writer.u8(kinds.uses).bytes(id).u32(uses);

/** Applies the changes of one record: after its fsync, and again at every start, by the same code. */
export function apply(ring: Ring, changes: Buffer): void {
  const reader = new Reader(changes);
  while (reader.left > 0) {
    const kind = reader.u8();
    if (kind === kinds.name) ring.names.push(reader.text());
    else if (kind === kinds.register) addRegister(ring, reader.u32(), Buffer.from(reader.bytes(wrappedBytes)));
    else if (kind === kinds.key) addRow(ring, reader.bytes(rowBytes));
    else if (kind === kinds.undatedKey) addRow(ring, datedRow(reader.bytes(undatedRowBytes)));
    else if (kind === kinds.uses) setUses(ring, reader.bytes(16), reader.u32());
    else throw new KeyringFault("newer");
  }
}

export function addRegister(ring: Ring, register: number, wrapped: Buffer): void {
  const key = openRegister(ring.epochKey, ring.installation, ring.epoch, nameAt(ring, register), wrapped);
  ring.registers.set(register, { key, wrapped });
}

export function addRow(ring: Ring, row: Buffer): void {
  if (!ring.registers.has(registerOf(row))) throw new KeyringFault("corrupt");
  ring.table.add(row);
}

function setUses(ring: Ring, id: Buffer, uses: number): void {
  const index = ring.table.find(idOf(id));
  if (index !== undefined) ring.table.setUses(index, uses);
}

/** Makes the associated data of wrapped keys: everything that stands in the row, and the names its numbers mean. */
export class RowPlaces {
  readonly #ring: Pick<Ring, "installation" | "epoch" | "names">;
  readonly #dated = new Map<number, Buffer>();
  readonly #undated = new Map<number, Buffer>();

  constructor(ring: Pick<Ring, "installation" | "epoch" | "names">) {
    this.#ring = ring;
  }

  /** Valid until the next call. */
  of(row: Buffer): Buffer {
    const [label, bound, known] =
      madeOf(row) === 0
        ? (["tietovirta.key.1", undatedPlaceBytes, this.#undated] as const)
        : (["tietovirta.key.2", placeBytes, this.#dated] as const);
    const names = registerOf(row) * 0x1_0000_0000 + ruleOf(row);
    let place = known.get(names);
    if (!place) {
      const { installation, epoch, names: all } = this.#ring;
      const [register, rule] = [all[registerOf(row)] ?? "", all[ruleOf(row)] ?? ""];
      const prefix = encoded(label, uuidBytes(installation), epoch, register, rule);
      place = Buffer.concat([prefix, Buffer.alloc(bound)]);
      known.set(names, place);
    }
    row.copy(place, place.length - bound, 0, bound);
    return place;
  }
}

export function openRow(ring: Ring, places: RowPlaces, row: Buffer): KeyObject {
  const register = ring.registers.get(registerOf(row));
  if (!register) throw new KeyringFault("corrupt");
  return unwrapped(register.key, places.of(row), wrappedOf(row));
}

const rowsAtOnce = 500;

/**
 * The ring of a new epoch without the doomed keys: every register key new, every surviving key wrapped anew (about 20 µs each, in
 * slices between which the server goes on). Wrapping only the register keys anew would not do: their old values would still open the
 * doomed keys in an old copy of the snapshot.
 */
export async function rotated(
  ring: Ring,
  next: { epochKey: KeyObject; generation: Buffer; made: Seconds },
  doomed: ReadonlySet<string>,
) {
  const epoch = ring.epoch + 1;
  const to: Ring = {
    ...ring,
    epoch,
    epochKey: next.epochKey,
    epochMade: next.made,
    generation: next.generation,
    previous: ring.generation,
    destroyed: ring.destroyed + doomed.size,
    names: [...ring.names],
    registers: new Map(),
    table: new KeyTable(),
  };
  const oldPlaces = new RowPlaces(ring);
  const newPlaces = new RowPlaces(to);
  const fresh = Buffer.alloc(rowBytes);
  for (let index = 0; index < ring.table.size; index += 1) {
    if (index % rowsAtOnce === rowsAtOnce - 1) await new Promise<void>((resolve) => setImmediate(resolve));
    const row = ring.table.row(index);
    if (doomed.has(idOf(row))) continue;
    const from = ring.registers.get(registerOf(row));
    const bytes = from && decrypt(from.key, oldPlaces.of(row), wrappedOf(row));
    if (!bytes) throw new KeyringFault("corrupt");
    fresh.set(row.subarray(0, placeBytes), 0);
    fresh.set(encrypt(registerKey(to, registerOf(row)), newPlaces.of(row), bytes), placeBytes);
    bytes.fill(0);
    to.table.add(fresh);
  }
  return to;
}

function registerKey(ring: Ring, register: number): KeyObject {
  const known = ring.registers.get(register);
  if (known) return known.key;
  const { bytes, key } = newKey();
  const wrapped = wrapRegister(ring.epochKey, ring.installation, ring.epoch, nameAt(ring, register), bytes);
  bytes.fill(0);
  ring.registers.set(register, { key, wrapped });
  return key;
}
