// The order of customers by name, without a name in it: ids one after another as their names would stand, and how many stand under each letter.
import { LETTERS } from "../../../values/Letters.ts";

const BYTES = 16;

/** Ids are UUIDs, 16 bytes each; places count from 0; a letter is a place in `LETTERS`, or its length for what comes after them. */
export type NameOrder = {
  size: () => number;
  /** Grows with every change: places found before it are no longer right. */
  version: () => number;
  ids: (from: number, most: number) => string[];
  /** -1 where the id is not there. */
  placeOf: (id: string) => number;
  /** Where the names under a letter begin, or would. */
  startOf: (letter: number) => number;
  insert: (place: number, id: string, letter: number) => void;
  remove: (id: string) => boolean;
};

/** `starts`: for each letter, and for what comes after them, the place of its first id, as `ids` stand sorted. */
export function nameOrder(ids: readonly string[] = [], starts: readonly number[] = []): NameOrder {
  const under = Uint32Array.from({ length: LETTERS.length + 1 }, (_, n) =>
    ids.length === 0 ? 0 : (starts[n + 1] ?? ids.length) - (starts[n] ?? 0),
  );
  let packed = Buffer.alloc(Math.max(1024, ids.length + (ids.length >> 3)) * BYTES);
  let size = 0;
  let version = 0;
  for (const id of ids) bytesOf(id).copy(packed, size++ * BYTES);

  const startOf = (letter: number) => under.subarray(0, letter).reduce((sum, count) => sum + count, 0);
  const placeOf = (id: string): number => {
    const wanted = bytesOf(id);
    const held = packed.subarray(0, size * BYTES);
    // The same bytes may stand across two ids.
    for (let at = held.indexOf(wanted); at >= 0; at = held.indexOf(wanted, at + 1))
      if (at % BYTES === 0) return at / BYTES;
    return -1;
  };
  return {
    size: () => size,
    version: () => version,
    ids: (from, most) => {
      const last = Math.min(size, from + most);
      return Array.from({ length: Math.max(0, last - from) }, (_, n) => idAt(packed, from + n));
    },
    placeOf,
    startOf,
    insert: (place, id, letter) => {
      if ((size + 1) * BYTES > packed.length) packed = Buffer.concat([packed, Buffer.alloc(packed.length >> 1)]);
      packed.copy(packed, (place + 1) * BYTES, place * BYTES, size * BYTES);
      bytesOf(id).copy(packed, place * BYTES);
      under[letter] = (under[letter] ?? 0) + 1;
      size++;
      version++;
    },
    remove: (id) => {
      const place = placeOf(id);
      if (place < 0) return false;
      let letter = 0;
      while (letter < LETTERS.length && startOf(letter + 1) <= place) letter++;
      under[letter] = (under[letter] ?? 1) - 1;
      packed.copy(packed, place * BYTES, (place + 1) * BYTES, size * BYTES);
      size--;
      packed.fill(0, size * BYTES, (size + 1) * BYTES);
      version++;
      return true;
    },
  };
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

function idAt(packed: Buffer, place: number): string {
  const hex = packed.toString("hex", place * BYTES, (place + 1) * BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
