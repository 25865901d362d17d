import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom } from "../test/people.ts";
import { sealedMutations } from "./mutations.test-seam.ts";

test("twenty thousand changed values and objects: none opens, and the unchanged do", async (context) => {
  const times = 20_000;
  const told = await sealedMutations(times, randomFrom(1));
  context.diagnostic(JSON.stringify(told));
  assert.equal(told.tried, times);
  assert.equal(told.accepted, 0);
  assert.ok(told.tampered > times * 0.9, "most are told as tampered with");
  assert.ok(told.untouched > 0 && told.kinds >= 12);
});
