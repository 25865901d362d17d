// Power cuts in their short form (npm run test:faults has the long one): of the keyring on a simulated disk, and under the whole register on a disk image.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isClean } from "../bench/aftermath.ts";
import { whyNoImages } from "../bench/diskImage.ts";
import { powerCuts } from "../bench/powerCuts.ts";
import { powerCutsOnImage } from "../bench/powerCutsOnImage.ts";

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
