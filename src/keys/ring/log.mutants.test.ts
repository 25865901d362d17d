// Where a log ends: at the first record that is not whole, unless a whole one stands behind it.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import { logHeader, logHeaderBytes } from "./image.ts";
import { record, records } from "./log.ts";
import { newRootBytes, rootFrom } from "./root.ts";

const root = rootFrom(newRootBytes());
const generation = randomBytes(16);
const header = logHeader(root, randomUUID(), generation);
const mark = Buffer.from("TVKr");

function logOf(...changes: readonly Uint8Array[]): Buffer {
  return changes.reduce<Buffer>((log, one) => Buffer.concat([log, record(root, generation, log.length, one)]), header);
}

test("every whole record is found, to the last byte of the log", () => {
  assert.deepEqual(records(root, generation, header), { changes: [], end: logHeaderBytes });
  const changes = [Buffer.of(1), randomBytes(300), Buffer.concat([mark, randomBytes(40), mark])];
  const log = logOf(...changes);
  assert.deepEqual(records(root, generation, log), { changes, end: log.length });
});

test("a torn record is cut, also where it holds the letters that records begin with", () => {
  const first = Buffer.of(1);
  const end = logOf(first).length;
  for (const last of [Buffer.of(2), Buffer.concat([mark, Buffer.alloc(60), mark, mark, Buffer.alloc(30)])]) {
    const log = logOf(first, last);
    for (let cut = end; cut < log.length; cut += 1)
      assert.deepEqual(records(root, generation, log.subarray(0, cut)), { changes: [first], end }, `${cut}`);
    for (const damage of [4, 7, 8, 23, 24])
      assert.deepEqual(records(root, generation, changed(log, end + damage)), { changes: [first], end }, `${damage}`);
  }
});

/** One bit of one byte. */
function changed(log: Buffer, at: number): Buffer {
  const other = Buffer.from(log);
  other[at] = (other[at] ?? 0) ^ 0x10;
  return other;
}

test("a record of nothing is none", () => {
  const log = logOf(Buffer.of(1), Buffer.alloc(0));
  assert.deepEqual(records(root, generation, log), { changes: [Buffer.of(1)], end: log.length - 24 });
});

test("a record belongs to its place, its generation and its root key", () => {
  const one = Buffer.of(1);
  const nothing = { changes: [], end: logHeaderBytes };
  const strange = (log: Buffer, under = root, of = generation) => assert.deepEqual(records(under, of, log), nothing);
  strange(Buffer.concat([header, record(root, generation, header.length + 1, one)]));
  strange(logOf(one), root, randomBytes(16));
  strange(logOf(one), rootFrom(newRootBytes()));
});

test("a broken record with a whole one anywhere behind it is damage", () => {
  const log = logOf(Buffer.of(1), Buffer.concat([mark, randomBytes(20)]), Buffer.of(3), Buffer.of(4));
  for (const damaged of [header.length, header.length + 24, header.length + 30])
    assert.throws(() => records(root, generation, changed(log, damaged)), { code: "corrupt" });
  const last = log.length - 25;
  const beforeLast = last - 25;
  const both = changed(changed(log, last), beforeLast);
  assert.equal(records(root, generation, both).end, beforeLast, "nothing whole behind");
  assert.throws(() => records(root, generation, changed(log, beforeLast)), { code: "corrupt" });
});
