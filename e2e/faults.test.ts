// The faults of `npm run test:faults` in their short form: they run, they count, and what must be nought is nought. No time is judged here.
// That of changed sealed values stands with the keyring (src/keys/mutations.test.ts).
import assert from "node:assert/strict";
import { test } from "node:test";
import { isClean } from "../bench/aftermath.ts";
import { crashes } from "../bench/crashes.ts";
import { whyNoImages } from "../bench/diskImage.ts";
import { isWholeOrNothing, killedErasures } from "../bench/killedErasures.ts";
import { powerCuts } from "../bench/powerCuts.ts";
import { powerCutsOnImage } from "../bench/powerCutsOnImage.ts";

test("kill -9 of the server, of PostgreSQL and of one of its processes loses nothing that was acknowledged", async () => {
  const told = await crashes(3, () => undefined);
  const { server, postmaster, backend, acknowledged } = told;
  assert.deepEqual({ server, postmaster, backend }, { server: 1, postmaster: 1, backend: 1 });
  assert.ok(acknowledged > 20, "too few writes for this test to mean anything");
  assert.ok(isClean(told), JSON.stringify(told));
  assert.equal(told.keys_left, 0, "a key of an acknowledged erasure was left");
  assert.equal(told.numbers, 0, "an invoice number was doubled or skipped");
  assert.ok(told.leaves <= 0, "the evidence log has not sequenced every event exactly once");
});

test("kill -9 in the middle of erasures leaves each whole or not begun", async () => {
  const told = await killedErasures(2);
  assert.ok(isWholeOrNothing(told), JSON.stringify(told));
});

test("power cuts lose no acknowledged key; without fsync they do", async () => {
  assert.equal((await powerCuts(50, { lies: false })).lost, 0);
  assert.ok((await powerCuts(10, { lies: true })).lost > 0);
});

test("a power cut under the whole register loses nothing; without fsync it does", async (context) => {
  const why = await whyNoImages();
  if (why !== null) {
    context.skip(`no disk images here: ${why}`);
    return;
  }
  const told = await powerCutsOnImage(1, { fsync: true });
  assert.ok(told.acknowledged > 5, "too few writes for this test to mean anything");
  assert.ok(isClean(told) && told.keys_left === 0 && told.numbers === 0, JSON.stringify(told));
  assert.ok((await powerCutsOnImage(1, { fsync: false })).lost > 0, "the control lost nothing");
});
