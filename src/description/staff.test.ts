import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../test/descriptions.ts";
import { accountPeriodOf, logPeriodOf } from "./staff.ts";

test("the periods of the log and of closed accounts are read from the description", async () => {
  const { description } = await describe("walttia");
  assert.equal(logPeriodOf(description), "P2Y");
  assert.equal(accountPeriodOf(description), "P2Y");
});

test("where nobody has said for how long, nothing ends by itself", async () => {
  const { description } = await describe("walttia");
  const { staff, ...silent } = description;
  assert.ok(staff);
  assert.equal(logPeriodOf(silent), null);
  const unsaid = { ...description, staff: { ...staff, log: { ...staff.log, period: "unknown" as const } } };
  assert.equal(logPeriodOf(unsaid), null);
  assert.equal(accountPeriodOf(unsaid), "P2Y");
});
