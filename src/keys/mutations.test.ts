import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import { KeyringFault } from "./fault.ts";
import { owner, placeOf } from "./keyring.test-seam.ts";
import { memoryKeys } from "./keyring.ts";
import type { Keys, Place } from "./keys.ts";

/** The million is in `bench/`; here the same over values and objects, short enough for every run. */
const times = 20_000;

type Item = {
  place: Place;
  sealed: Buffer;
  open: (keys: Keys, place: Place, sealed: Buffer) => Promise<Buffer | null>;
};

async function sealedItems(keys: Keys): Promise<Item[]> {
  const items: Item[] = [];
  for (let number = 0; number < 24; number += 1) {
    const one = owner();
    const place = placeOf(one);
    const [key = ""] = await keys.keysFor([one]);
    const plain = randomBytes(randomInt(200));
    const [value = Buffer.alloc(0)] = await keys.seal([{ place, key, plain }]);
    items.push({
      place,
      sealed: value,
      open: async (ring, at, sealed) => (await ring.open([{ place: at, sealed }]))[0] ?? null,
    });
    const object = await keys.sealObject({ place, key, plain });
    items.push({ place, sealed: object, open: (ring, at, sealed) => ring.openObject({ place: at, sealed }) });
  }
  return items;
}

const changes: readonly ((item: Item, other: Item) => { place: Place; sealed: Buffer })[] = [
  ({ place, sealed }) => {
    const altered = Buffer.from(sealed);
    const bit = randomInt(altered.length * 8);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return { place, sealed: altered };
  },
  ({ place, sealed }) => ({ place, sealed: sealed.subarray(0, sealed.length - 1 - randomInt(16)) }),
  ({ place, sealed }) => ({ place, sealed: sealed.subarray(0, randomInt(sealed.length)) }),
  ({ place, sealed }) => ({ place, sealed: Buffer.concat([sealed, randomBytes(1 + randomInt(20))]) }),
  ({ place, sealed }, other) => ({ place: { ...place, row: other.place.row }, sealed }),
  ({ place, sealed }, other) => ({ place: { ...place, subject: other.place.subject }, sealed }),
  ({ place, sealed }) => ({ place: { ...place, category: "email" }, sealed }),
  ({ place, sealed }) => ({ place: { ...place, register: "invoices" }, sealed }),
  ({ place, sealed }, other) => {
    const mixed = Buffer.from(sealed);
    other.sealed.copy(mixed, 1, 1, 9 + randomInt(9));
    return { place, sealed: mixed };
  },
];

test("twenty thousand changed values and objects: none opens", async (context) => {
  const keys = await memoryKeys();
  const items = await sealedItems(keys);
  const refused = { tampered: 0, behind: 0, gone: 0 };
  for (let number = 0; number < times; number += 1) {
    const item = items[number % items.length] ?? assert.fail();
    // An even number on: another person, and the same kind.
    const other = items[(number + 2 + 2 * randomInt(10)) % items.length] ?? assert.fail();
    const { place, sealed } = (changes[number % changes.length] ?? assert.fail())(item, other);
    if (place === item.place && sealed.equals(item.sealed)) continue;
    try {
      const plain = await item.open(keys, place, sealed);
      assert.equal(plain, null, `change ${number % changes.length} was accepted`);
      refused.gone += 1;
    } catch (error) {
      if (!(error instanceof KeyringFault) || !(error.code in refused)) throw error;
      refused.tampered += 1;
    }
  }
  context.diagnostic(JSON.stringify(refused));
  assert.ok(refused.tampered > times * 0.99);
  for (const { open, place, sealed } of items) assert.ok(await open(keys, place, sealed), "unchanged they open");
});
