// The faults of `npm run test:faults` in their short form: they run, they count, and what must be nought is nought. No time is judged here.
// Power cuts stand in a file of their own (powerCuts.test.ts), changed sealed values with the keyring (src/keys/mutations.test.ts).
import assert from "node:assert/strict";
import { test } from "node:test";
import { isClean } from "../bench/aftermath.ts";
import { crashes } from "../bench/crashes.ts";
import { isWholeOrNothing, killedErasures } from "../bench/killedErasures.ts";

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
  const told = await killedErasures(1);
  assert.ok(isWholeOrNothing(told), JSON.stringify(told));
});
