import { KeyringFault } from "../fault.ts";
import { wrappedBytes } from "../primitives/aead.ts";

/** id 16, register 4, subject 16, rule 4, version 4, made 4: what a wrapped key is bound to. */
export const placeBytes = 48;
/** The place, then the wrapped key: the same bytes in memory, log and snapshot. */
export const rowBytes = placeBytes + wrappedBytes;
/** The first format had no `made`. */
export const undatedPlaceBytes = 44;
export const undatedRowBytes = undatedPlaceBytes + wrappedBytes;
const rowsPerPart = 4096;

/**
 * The wrapped keys, as rows in large buffers: a hundred thousand customers have several hundred thousand keys, and an object for each
 * would cost more memory than everything else in the server. Ids inside are 16 characters of one byte (`latin1`).
 */
export class KeyTable {
  readonly #parts: Buffer[] = [];
  readonly #uses: Uint32Array[] = [];
  readonly #byId = new Map<string, number>();
  /** The last row of each register and subject; `#before` leads to the one before it. */
  readonly #byOwner = new Map<string, number>();
  readonly #before: Int32Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(row: Uint8Array): void {
    const index = this.#size;
    const within = index % rowsPerPart;
    if (within === 0) {
      this.#parts.push(Buffer.alloc(rowBytes * rowsPerPart));
      this.#uses.push(new Uint32Array(rowsPerPart));
      this.#before.push(new Int32Array(rowsPerPart));
    }
    this.#part(index).set(row, within * rowBytes);
    this.#size += 1;
    const at = this.row(index);
    const owner = ownerOf(at.readUInt32BE(16), at.subarray(20, 36));
    this.#beforeOf(index)[within] = this.#byOwner.get(owner) ?? -1;
    this.#byOwner.set(owner, index);
    this.#byId.set(idOf(at), index);
  }

  find(id: string): number | undefined {
    return this.#byId.get(id);
  }

  /** Rows of one register and subject, newest first. */
  *of(register: number, subject: Uint8Array): Generator<number> {
    let index = this.#byOwner.get(ownerOf(register, subject)) ?? -1;
    while (index >= 0) {
      yield index;
      index = this.#beforeOf(index)[index % rowsPerPart] ?? -1;
    }
  }

  row(index: number): Buffer {
    const start = (index % rowsPerPart) * rowBytes;
    return this.#part(index).subarray(start, start + rowBytes);
  }

  /** How many values have been sealed with the key, as far as is known. */
  usesOf(index: number): number {
    return this.#usesPart(index)[index % rowsPerPart] ?? 0;
  }

  countUses(index: number, more: number): void {
    this.#usesPart(index)[index % rowsPerPart] = this.usesOf(index) + more;
  }

  /** From a file, which may say more than was really used and never takes back what is known. */
  setUses(index: number, uses: number): void {
    if (index >= this.#size) throw new KeyringFault("corrupt");
    this.#usesPart(index)[index % rowsPerPart] = Math.max(uses, this.usesOf(index));
  }

  /** Keys that have sealed anything, with their counts. */
  *used(): Generator<[index: number, uses: number]> {
    for (let index = 0; index < this.#size; index += 1) {
      const uses = this.usesOf(index);
      if (uses > 0) yield [index, uses];
    }
  }

  /** Carries the counts over to a table that holds some of these keys. More than once does no harm. */
  carryUses(to: KeyTable): void {
    for (let index = 0; index < this.#size; index += 1) {
      const uses = this.usesOf(index);
      const there = uses > 0 ? to.find(idOf(this.row(index))) : undefined;
      if (there !== undefined) to.setUses(there, uses);
    }
  }

  /** All rows, in the order they came. */
  *parts(): Generator<Buffer> {
    for (const [number, part] of this.#parts.entries()) {
      yield part.subarray(0, Math.min(rowsPerPart, this.#size - number * rowsPerPart) * rowBytes);
    }
  }

  #part(index: number): Buffer {
    return partOf(this.#parts, index);
  }

  #usesPart(index: number): Uint32Array {
    return partOf(this.#uses, index);
  }

  #beforeOf(index: number): Int32Array {
    return partOf(this.#before, index);
  }
}

function partOf<T>(parts: readonly T[], index: number): T {
  const part = parts[Math.floor(index / rowsPerPart)];
  if (part === undefined) throw new RangeError("no such row");
  return part;
}

const ownerOf = (register: number, subject: Uint8Array) =>
  `${String.fromCharCode(register)}${Buffer.from(subject.buffer, subject.byteOffset, subject.length).toString("latin1")}`;

export const idOf = (row: Buffer): string => row.toString("latin1", 0, 16);
export const registerOf = (row: Buffer): number => row.readUInt32BE(16);
export const subjectOf = (row: Buffer): Buffer => row.subarray(20, 36);
export const ruleOf = (row: Buffer): number => row.readUInt32BE(36);
export const versionOf = (row: Buffer): number => row.readUInt32BE(40);
export const madeOf = (row: Buffer): number => row.readUInt32BE(44);
export const wrappedOf = (row: Buffer): Buffer => row.subarray(placeBytes);

/** A row of the first format as one of today's that does not say when it was made. */
export function datedRow(undated: Uint8Array): Buffer {
  const row = Buffer.alloc(rowBytes);
  row.set(undated.subarray(0, undatedPlaceBytes), 0);
  row.set(undated.subarray(undatedPlaceBytes), placeBytes);
  return row;
}

/** The row of a key, as it stands in memory and files. */
export function rowOf(key: {
  id: Uint8Array;
  register: number;
  subject: Uint8Array;
  rule: number;
  version: number;
  made: number;
  wrapped: Uint8Array;
}): Buffer {
  const row = Buffer.alloc(rowBytes);
  row.set(key.id, 0);
  row.writeUInt32BE(key.register, 16);
  row.set(key.subject, 20);
  row.writeUInt32BE(key.rule, 36);
  row.writeUInt32BE(key.version, 40);
  row.writeUInt32BE(key.made, 44);
  row.set(key.wrapped, placeBytes);
  return row;
}
