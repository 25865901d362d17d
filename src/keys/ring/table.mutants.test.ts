// More rows than one part of the table holds, and a rotation of more than one slice.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import { newKey, wrappedBytes } from "../primitives/aead.ts";
import { uuidBytes } from "../primitives/encoding.ts";
import { firstRing } from "./firstRing.ts";
import { changesFor } from "./newKeys.ts";
import { apply, openRow, RowPlaces, rotated } from "./ring.ts";
import { newRootBytes, rootFrom } from "./root.ts";
import {
  idOf,
  KeyTable,
  madeOf,
  registerOf,
  rowBytes,
  rowOf,
  ruleOf,
  subjectOf,
  versionOf,
  wrappedOf,
} from "./table.ts";

const perPart = 4096;
const subject = randomBytes(16);
const key = (number: number, changes: Partial<Parameters<typeof rowOf>[0]> = {}) => {
  const id = Buffer.alloc(16, 7);
  id.writeUInt32BE(number, 0);
  const wrapped = Buffer.alloc(wrappedBytes, number);
  return { id, register: 3, subject: randomBytes(16), rule: 5, version: 2, made: 9, wrapped, ...changes };
};

test("a row says what it was made of", () => {
  const made = key(1, { register: 70_000, subject, rule: 80_000, version: 90_000, made: 1_800_000_000 });
  const row = rowOf(made);
  assert.equal(row.length, rowBytes);
  assert.deepEqual(
    [idOf(row), registerOf(row), subjectOf(row), ruleOf(row), versionOf(row), madeOf(row), wrappedOf(row)],
    [made.id.toString("latin1"), 70_000, subject, 80_000, 90_000, 1_800_000_000, made.wrapped],
  );
});

/** Without a list of where half a megabyte differs, which would take a minute to print. */
function assertParts(table: KeyTable, expected: readonly Buffer[][]): void {
  const parts = [...table.parts()];
  assert.equal(parts.length, expected.length);
  for (const [number, rows] of expected.entries()) assert.ok(parts[number]?.equals(Buffer.concat(rows)), `${number}`);
}

test("a table of several parts gives every row, owner and count back", () => {
  const table = new KeyTable();
  assert.deepEqual([...table.parts()], []);
  const rows = Array.from({ length: perPart + 3 }, (_, number) => rowOf(key(number, number % 4000 ? {} : { subject })));
  for (const [index, row] of rows.entries()) {
    table.add(row);
    if (index === perPart - 1) assertParts(table, [rows.slice(0, perPart)]);
  }
  assert.equal(table.size, rows.length);
  assertParts(table, [rows.slice(0, perPart), rows.slice(perPart)]);
  for (const index of [0, 1, perPart - 1, perPart, perPart + 2]) {
    const row = rows[index] ?? assert.fail();
    assert.deepEqual(table.row(index), row);
    assert.equal(table.find(idOf(row)), index);
    assert.ok([...table.of(3, subjectOf(row))].includes(index));
    assert.deepEqual([...table.of(4, subjectOf(row))], [], "another register's");
  }
  assert.equal(table.find("no such id"), undefined);
  assert.deepEqual([...table.of(3, subject)], [4000, 0], "newest first");
  table.add(rowOf(key(rows.length, { subject })));
  table.add(rowOf(key(rows.length + 1, { subject })));
  assert.deepEqual([...table.of(3, subject)], [perPart + 4, perPart + 3, 4000, 0], "over the parts");
  assert.throws(() => table.row(2 * perPart), RangeError);
});

test("counts add up, are never taken back, and go over to a table with some of the keys", () => {
  const table = new KeyTable();
  for (let number = 0; number < perPart + 3; number += 1) table.add(rowOf(key(number)));
  assert.deepEqual([...table.used()], []);
  const indexes = [0, 3, perPart, perPart + 2];
  for (const index of indexes) table.countUses(index, index + 1);
  table.countUses(3, 2);
  table.setUses(perPart, 5);
  table.setUses(0, 40);
  const counts = [
    [0, 40],
    [3, 6],
    [perPart, perPart + 1],
    [perPart + 2, perPart + 3],
  ];
  assert.deepEqual([...table.used()], counts);
  assert.deepEqual([table.usesOf(1), table.usesOf(perPart + 1)], [0, 0]);
  assert.throws(() => table.setUses(perPart + 3, 1), { code: "corrupt" });
  const full = new KeyTable();
  for (let number = 0; number < perPart; number += 1) full.add(rowOf(key(number)));
  full.carryUses(table);
  assert.deepEqual([...table.used()], counts, "a part that is just full has nothing to carry");
  const some = new KeyTable();
  for (const number of [9, perPart + 2, 3]) some.add(rowOf(key(number)));
  some.setUses(2, 100);
  for (let times = 0; times < 2; times += 1) table.carryUses(some);
  assert.deepEqual(
    [...some.used()],
    [
      [1, perPart + 3],
      [2, 100],
    ],
  );
});

test("a new epoch leaves out the doomed, numbers the rest anew, and lets the server go on in between", async () => {
  const root = rootFrom(newRootBytes());
  const { ring } = firstRing(root, 1);
  const owners = Array.from({ length: 1000 }, (_, number) => ({
    register: number % 2 ? "customers" : "invoices",
    subject: randomUUID(),
    rule: "a",
    version: 1,
  }));
  apply(ring, changesFor({ ring, root, idCheck: newKey().key, made: 7 }, owners));
  const places = new RowPlaces(ring);
  const doomed = new Set([0, 499, 500].map((index) => idOf(ring.table.row(index))));
  let turns = 0;
  let running = true;
  const tick = () => {
    turns += 1;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  const generation = randomBytes(16);
  const after = await rotated(ring, { epochKey: newKey().key, generation, made: 8 }, doomed);
  running = false;
  assert.ok(turns >= 2 && turns < 20, `${turns}`);
  assert.deepEqual(
    [after.epoch, after.epochMade, after.generation, after.previous, after.destroyed, after.table.size],
    [ring.epoch + 1, 8, generation, ring.generation, 3, 997],
  );
  const newPlaces = new RowPlaces(after);
  let index = 0;
  for (let old = 0; old < ring.table.size; old += 1) {
    const row = ring.table.row(old);
    if (doomed.has(idOf(row))) {
      assert.equal(after.table.find(idOf(row)), undefined);
      continue;
    }
    const next = after.table.row(index);
    assert.equal(idOf(next), idOf(row));
    assert.equal(madeOf(next), 7);
    assert.deepEqual([...after.table.of(registerOf(row), uuidBytes(owners[old]?.subject ?? ""))], [index]);
    if (index % 50 === 0) assert.ok(openRow(after, newPlaces, next).equals(openRow(ring, places, row)));
    index += 1;
  }
  assert.equal(index, 997);
  // A register that has lost its key, or a wrapping that is not of its row, is damage and not a key less.
  const lost = { ...ring, registers: new Map() };
  const next = { epochKey: newKey().key, generation, made: 8 };
  await assert.rejects(rotated(lost, next, new Set()), { code: "corrupt" });
  assert.throws(() => openRow(lost, places, ring.table.row(0)), { code: "corrupt" });
  ring.table.row(3).fill(0, rowBytes - wrappedBytes);
  await assert.rejects(rotated(ring, next, new Set()), { code: "corrupt" });
});
