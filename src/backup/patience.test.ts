// A target that never answers: told in time, asked nothing more meanwhile, and taken up again when it comes back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Patience, patientShelf } from "./patience.ts";
import { SimulatedDisk, shelfOn } from "./shelf.test-seam.ts";
import { folderShelf, putWhole, type Shelf } from "./shelf.ts";

const WAIT_MS = 60;
const away = { code: "ETIMEDOUT" };

/** A shelf whose steps wait for `answer` where their name is among the hanging ones. */
function hangingShelf() {
  const disk = new SimulatedDisk();
  const shelf = shelfOn(disk, disk.process());
  const asked: string[] = [];
  let gate = Promise.withResolvers<void>();
  let hanging: readonly string[] = [];
  const held = <A extends unknown[], T>(name: string, step: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      asked.push(name);
      if (hanging.includes(name)) await gate.promise;
      return step(...args);
    };
  };
  const all: Shelf = {
    list: held("list", shelf.list),
    read: held("read", shelf.read),
    bytesOf: held("bytesOf", shelf.bytesOf),
    makeFolder: held("makeFolder", shelf.makeFolder),
    fsync: held("fsync", shelf.fsync),
    rename: held("rename", shelf.rename),
    remove: held("remove", shelf.remove),
    fsyncFolder: held("fsyncFolder", shelf.fsyncFolder),
    write: held("write", shelf.write),
    stream: async function* (path) {
      await held("stream", async () => undefined)();
      yield* shelf.stream(path);
    },
  };
  const hang = (...names: string[]) => {
    hanging = names;
    gate = Promise.withResolvers<void>();
  };
  const answer = () => {
    hanging = [];
    gate.resolve();
  };
  return { shelf: all, asked, hang, answer };
}

const stepsOf = (shelf: Shelf): Record<string, () => Promise<unknown>> => ({
  list: () => shelf.list("."),
  read: () => shelf.read("a"),
  bytesOf: () => shelf.bytesOf("a"),
  makeFolder: () => shelf.makeFolder("f"),
  fsync: () => shelf.fsync("a"),
  fsyncFolder: () => shelf.fsyncFolder("."),
  write: () => shelf.write("b", piecesOf("b")),
  remove: () => shelf.remove("b"),
  rename: () => shelf.rename("a", "a"),
  stream: async () => {
    for await (const _ of shelf.stream("a"));
  },
});

async function* piecesOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

test("every step that hangs is given up in time; nothing more is asked until it ends, and then all goes on", async () => {
  const { shelf, asked, hang, answer } = hangingShelf();
  const patience = new Patience(WAIT_MS);
  const steps = stepsOf(patientShelf(shelf, patience));
  await putWhole(shelf, "a", Buffer.from("a"));
  assert.ok(Object.keys(steps).length >= 10);
  for (const [name, step] of Object.entries(steps)) {
    hang(name);
    await assert.rejects(step(), away, name);
    asked.length = 0;
    for (const next of Object.values(steps)) await assert.rejects(next(), away, `${name}, then another`);
    assert.deepEqual(asked, [], "the target heard of none of them");
    answer();
    while (patience.isHanging) await pause(1);
    await step();
  }
});

test("those who wait for their turn are told too, and no more than two ask at a time", async () => {
  const { shelf, asked, hang, answer } = hangingShelf();
  const patience = new Patience(WAIT_MS);
  const patient = patientShelf(shelf, patience);
  hang("list");
  const told = await Promise.allSettled(Array.from({ length: 9 }, () => patient.list(".")));
  assert.ok(told.every((one) => one.status === "rejected" && one.reason.code === "ETIMEDOUT"));
  assert.equal(asked.length, 2);
  answer();
  while (patience.isHanging) await pause(1);
  assert.deepEqual(await patient.list("."), []);
});

test("what is slow because it is much, or because its pieces are slow to come, is not given up", async () => {
  const { shelf } = hangingShelf();
  const patient = patientShelf(shelf, new Patience(WAIT_MS));
  const slowly = async function* () {
    for (const text of ["one ", "two ", "three"]) {
      await pause(WAIT_MS * 1.5);
      yield Buffer.from(text);
    }
  };
  await putWhole(patient, "slow", slowly());
  assert.equal(String(await patient.read("slow")), "one two three");
  const closing: Shelf = {
    ...shelf,
    fsync: async (path) => {
      await pause(WAIT_MS * 2);
      await shelf.fsync(path);
    },
  };
  const bucket = patientShelf(closing, new Patience(WAIT_MS));
  await putWhole(bucket, "much", Buffer.alloc(125_000));
  await assert.rejects(putWhole(bucket, "little", Buffer.alloc(10)), away);
});

test("a real file system that does not answer holds nobody up", { skip: process.platform === "win32" }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-hang-"));
  try {
    // Opening a pipe waits until somebody opens its other end.
    execFileSync("mkfifo", [join(folder, "hangs")]);
    await writeFile(join(folder, "file"), "there");
    const patience = new Patience(WAIT_MS);
    const shelf = patientShelf(folderShelf(folder), patience);
    await assert.rejects(shelf.read("hangs"), away);
    await assert.rejects(shelf.read("file"), away);
    const other = await open(join(folder, "hangs"), "w");
    await other.close();
    while (patience.isHanging) await pause(1);
    assert.equal(String(await shelf.read("file")), "there");
  } finally {
    await rm(folder, { recursive: true });
  }
});
