// Erasure against the past in its short form (npm run test:faults -- --only erased-past is the long one).
import assert from "node:assert/strict";
import { test } from "node:test";
import { erasedPast, isForgotten } from "../bench/erasedPast.ts";

test("a restore to before an erasure shows nothing of it: not asked, not in files, not with any key that is left", async (context) => {
  const told = await erasedPast({ each: 5, points: 2 }, () => undefined);
  if (told === null) {
    context.skip("this version has no commands for copies");
    return;
  }
  assert.equal(told.people, 10);
  assert.ok(told.sealed_found > 0, "no sealed value of the erased came back at all: nothing was tried");
  assert.ok(isForgotten(told), JSON.stringify(told));
});
