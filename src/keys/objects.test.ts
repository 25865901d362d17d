import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import { KeyringFault } from "./fault.ts";
import { fault, owner, placeOf } from "./keyring.test-seam.ts";
import { memoryKeys } from "./keyring.ts";
import { objectHeadBytes } from "./objects.ts";
import { chunkBytes } from "./primitives/chunks.ts";

const sealedChunk = chunkBytes + 16;

async function ready() {
  const keys = await memoryKeys();
  const one = owner();
  const [key = ""] = await keys.keysFor([one]);
  return { keys, one, key, place: { ...placeOf(one), category: "attachment" } };
}

async function collected(chunks: AsyncIterable<Buffer> | null): Promise<Buffer> {
  assert.ok(chunks);
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** In pieces that fit nothing. */
async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("an object of any length opens in its place, in one piece and as a stream", async () => {
  const { keys, key, place } = await ready();
  const lengths = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes, 3 * chunkBytes + 77];
  for (const length of lengths) {
    const plain = randomBytes(length);
    const sealed = await keys.sealObject({ place, key, plain });
    const chunks = Math.max(1, Math.ceil(length / chunkBytes));
    assert.equal(sealed.length, objectHeadBytes + length + 16 * chunks);
    assert.deepEqual(await keys.openObject({ place, sealed }), plain);
    for (const size of [1000, chunkBytes, 200_001]) {
      const streamed = await collected(keys.sealObjectStream({ place, key, plain: pieces(plain, size) }));
      assert.equal(streamed.length, sealed.length);
      const opened = await keys.openObjectStream({ place, sealed: pieces(streamed, size) });
      assert.deepEqual(await collected(opened), plain);
    }
  }
});

test("an object does not open in another place, for another person or with a changed bit", async () => {
  const { keys, key, place, one } = await ready();
  const sealed = await keys.sealObject({ place, key, plain: Buffer.from("contract") });
  const [others = ""] = await keys.keysFor([{ ...one, rule: "bookkeeping" }]);
  for (const wrong of [
    { ...place, row: randomUUID() },
    { ...place, subject: randomUUID() },
    { ...place, category: "mail" },
    { ...place, register: "invoices" },
  ])
    await assert.rejects(keys.openObject({ place: wrong, sealed }), fault("tampered"));
  const underOther = Buffer.from(sealed);
  underOther.set(Buffer.from(others, "hex"), 1);
  await assert.rejects(keys.openObject({ place, sealed: underOther }), fault("tampered"));
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const altered = Buffer.from(sealed);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await assert.rejects(keys.openObject({ place, sealed: altered }), fault("tampered"), `bit ${bit}`);
  }
});

test("chunks left out, repeated, moved, added or cut are found", async () => {
  const { keys, key, place } = await ready();
  const plain = randomBytes(4 * chunkBytes + 5);
  const sealed = await keys.sealObject({ place, key, plain });
  const other = await keys.sealObject({ place, key, plain });
  const at = (number: number) => objectHeadBytes + number * sealedChunk;
  const chunk = (number: number, of = sealed) => of.subarray(at(number), at(number + 1));
  const head = sealed.subarray(0, objectHeadBytes);
  const whole = [0, 1, 2, 3, 4].map((number) => chunk(number));
  assert.deepEqual(Buffer.concat([head, ...whole]), sealed, "premise: these are the chunks");
  const altered: Record<string, Buffer[]> = {
    "the end missing": whole.slice(0, 4),
    "all but the first missing": whole.slice(0, 1),
    "nothing but the head": [],
    "one left out": whole.filter((_, number) => number !== 2),
    "two exchanged": [chunk(0), chunk(2), chunk(1), chunk(3), chunk(4)],
    "one repeated": [chunk(0), chunk(0), ...whole.slice(1)],
    "the last twice": [...whole, chunk(4)],
    "one of another object": [chunk(0), chunk(1, other), ...whole.slice(2)],
    "an empty one added": [...whole.slice(0, 4), chunk(4), Buffer.alloc(16)],
  };
  for (const [name, chunks] of Object.entries(altered))
    await assert.rejects(keys.openObject({ place, sealed: Buffer.concat([head, ...chunks]) }), fault("tampered"), name);
  for (const end of [0, 1, 17, objectHeadBytes - 1, objectHeadBytes, sealed.length - 1])
    await assert.rejects(keys.openObject({ place, sealed: sealed.subarray(0, end) }), fault("tampered"), `${end}`);
});

test("a destroyed owner's objects are gone, and a strange one is refused", async () => {
  const { keys, key, place } = await ready();
  const plain = randomBytes(100_000);
  const sealed = await keys.sealObject({ place, key, plain });
  const stream = keys.sealObjectStream({ place, key, plain: pieces(plain, 50) });
  await keys.destroy([key]);
  assert.equal(await keys.openObject({ place, sealed }), null);
  assert.equal(await keys.openObjectStream({ place, sealed: pieces(sealed, 1000) }), null);
  await assert.rejects(collected(stream), fault("destroyed"));
  await assert.rejects(keys.sealObject({ place, key, plain }), fault("destroyed"));
  await keys.close();
  await assert.rejects(keys.openObject({ place, sealed }), fault("closed"));
  assert.throws(() => keys.sealObjectStream({ place, key, plain: pieces(plain, 50) }), KeyringFault);
});
