// What a file says that no version of ours would write: told as damage or as a newer version, never taken for something else.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { KeyringFault, type KeyringFaultCode } from "../fault.ts";
import { newKey, secretKey, wrappedBytes } from "../primitives/aead.ts";
import { Reader, Writer } from "../primitives/encoding.ts";
import { completed, firstRing } from "./firstRing.ts";
import { begin, checked, end, isUnder, parts } from "./frame.ts";
import { Lookup } from "./lookup.ts";
import { dateOf, secondsOf } from "./made.ts";
import { OpenKeys } from "./openKeys.ts";
import { readPapers, recoveryFits, recoveryImage, writePapers } from "./papers.ts";
import { addRow, apply, nameAt, openRow, RowPlaces } from "./ring.ts";
import { newRootBytes, openEpoch, rootFrom } from "./root.ts";
import { openSecret, readSecrets, theSecret, writeSecrets } from "./secrets.ts";
import { KeyTable, rowBytes, rowOf } from "./table.ts";

const throws = (code: KeyringFaultCode, work: () => unknown) =>
  assert.throws(work, (error) => error instanceof KeyringFault && error.code === code);
const root = rootFrom(newRootBytes());
const fresh = () => firstRing(root, 1).ring;
const row = () =>
  rowOf({
    id: randomBytes(16),
    register: 0,
    subject: randomBytes(16),
    rule: 0,
    version: 1,
    made: 1,
    wrapped: randomBytes(wrappedBytes),
  });

test("secrets come back as they were written; an unknown kind is newer, a missing or foreign one is damage", () => {
  const { secrets, installation } = fresh();
  const writer = new Writer();
  writeSecrets(writer, secrets);
  const read = readSecrets(new Reader(Buffer.from(writer.done())));
  assert.deepEqual(read, secrets);
  assert.deepEqual(new Set(read.map(({ kind }) => kind)), new Set(["search", "mac", "signer", "recovery"]));
  throws("newer", () => readSecrets(new Reader(Buffer.from(new Writer().u32(1).u8(9).done()))));
  throws("corrupt", () => readSecrets(new Reader(Buffer.from(new Writer().u32(1).u8(1).done()))));
  throws("corrupt", () => theSecret([], "search"));
  const search = theSecret(secrets, "search");
  assert.equal(openSecret(root, installation, search).length, 32);
  for (const changed of [
    { ...search, version: 2 },
    { ...search, made: 2 },
    { ...search, kind: "mac" as const },
    { ...search, wrapped: randomBytes(wrappedBytes) },
  ])
    throws("corrupt", () => openSecret(root, installation, changed));
  throws("corrupt", () => openSecret(rootFrom(newRootBytes()), installation, search));
});

test("papers come back as they were written; the file is for these papers, this root key and this installation", () => {
  const { papers, installation } = fresh();
  const writer = new Writer();
  writePapers(writer, papers);
  assert.deepEqual(readPapers(new Reader(Buffer.from(writer.done()))), papers);
  const image = recoveryImage(root, installation, papers);
  assert.ok(recoveryFits(root, installation, papers, image));
  const [one = assert.fail()] = papers;
  const other = { ...one, recipient: randomBytes(32) };
  for (const wrong of [[], [one, other], [other]]) assert.equal(recoveryFits(root, installation, wrong, image), false);
  assert.equal(recoveryFits(root, fresh().installation, papers, image), false);
  assert.equal(recoveryFits(rootFrom(newRootBytes()), installation, papers, image), false);
  assert.throws(() => recoveryFits(root, installation, papers, "no bytes" as unknown as Buffer), TypeError);
  // A public key of low order would seal the root key to everybody.
  throws("corrupt", () => recoveryImage(root, installation, [{ ...one, recipient: Buffer.alloc(32) }]));
});

test("a ring that is whole stays as it is", () => {
  const ring = fresh();
  assert.equal(completed(root, ring, 5), ring);
  throws("corrupt", () => nameAt(ring, 0));
  throws("corrupt", () => addRow(ring, row()));
  throws("corrupt", () => openRow(ring, new RowPlaces(ring), row()));
  throws("newer", () => apply(ring, Buffer.from([99])));
  apply(ring, Buffer.from(new Writer().u8(5).bytes(randomBytes(16)).u32(7).done()));
  assert.equal([...ring.table.used()].length, 0, "the count of a key that is gone is passed over");
  throws("corrupt", () => openEpoch(root, ring.installation, 1, randomBytes(wrappedBytes)));
  throws("rootMissing", () => rootFrom(randomBytes(31)));
});

test("a table counts what it holds and nothing else", () => {
  const table = new KeyTable();
  const one = row();
  table.add(one);
  assert.equal(one.length, rowBytes);
  throws("corrupt", () => table.setUses(1, 5));
  assert.throws(() => table.row(5000), RangeError);
  table.setUses(0, 5);
  table.setUses(0, 3);
  assert.equal(table.usesOf(0), 5, "a count is never taken back");
  assert.deepEqual([...table.of(0, randomBytes(16))], []);
});

test("a file says what it is before it is believed", () => {
  const { installation } = fresh();
  const file = end(root, begin("TVKL", root, installation).bytes(randomBytes(16)));
  assert.equal(checked("TVKL", root, file).installation, installation);
  assert.equal(checked("TVKL", root, file).reader.left, 16, "the checksum is not content");
  assert.ok(isUnder(root, file) && !isUnder(rootFrom(newRootBytes()), file) && !isUnder(root, file.subarray(0, 9)));
  throws("corrupt", () => checked("TVKS", root, file));
  throws("foreign", () => checked("TVKL", rootFrom(newRootBytes()), file));
  for (const version of [0, 2]) {
    const other = Buffer.from(file);
    other[4] = version;
    throws("newer", () => parts("TVKL", other));
  }
});

test("opened and derived keys are kept in bounds and come out the same", () => {
  const kept = new OpenKeys();
  const [one, two] = [newKey().key, newKey().key];
  assert.equal(
    kept.get("a", () => one),
    one,
  );
  assert.equal(
    kept.get("a", () => two),
    one,
  );
  for (let number = 0; number < 17_000; number += 1) kept.get(`${number}`, () => two);
  assert.equal(
    kept.get("a", () => two),
    two,
    "the least used has gone",
  );
  kept.forget(["a"]);
  assert.equal(
    kept.get("a", () => one),
    one,
  );
  kept.clear();
  const lookup = new Lookup(secretKey(randomBytes(32)), fresh().installation);
  const before = lookup.mac("ban", "x");
  for (let number = 0; number < 4100; number += 1) lookup.key("tietovirta.mac.1", `${number}`);
  assert.deepEqual(lookup.mac("ban", "x"), before);
});

test("an instant is whole seconds, and none is nothing", () => {
  assert.equal(dateOf(0), null);
  assert.deepEqual(dateOf(secondsOf(new Date("2026-11-23T10:00:00.900Z"))), new Date("2026-11-23T10:00:00Z"));
  assert.equal(secondsOf(new Date(0)), 1, "0 is kept for what is not known");
});
