// When something ends and how, while an order or an invoice waits.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RetentionOf } from "../description/schema.ts";
import { describe } from "../test/descriptions.ts";
import { parseDay } from "../values/Day.ts";
import { endsAs, lastDay, waitsForPayment } from "./ends.ts";

const { description } = await describe("walttia");
const { customerCore, calendarEntries, identityCode } = description.retention;
assert.ok(customerCore && calendarEntries && identityCode);

test("an order under way puts off the end to the other clock where that is later, and never brings it forward", () => {
  const until = (rule: RetentionOf, events: Record<string, string>, openOrder: boolean) =>
    lastDay(rule, Object.fromEntries(Object.entries(events).map(([event, day]) => [event, parseDay(day)])), openOrder);
  const events = { warrantyEnd: "2027-01-01", lastContact: "2026-11-01" };
  assert.equal(until(customerCore, events, false), "2027-01-01");
  assert.equal(until(customerCore, events, true), "2027-11-01");
  assert.equal(until(customerCore, { ...events, warrantyEnd: "2030-01-01" }, true), "2030-01-01");
  assert.equal(until(customerCore, { ...events, warrantyEnd: "2027-11-01" }, true), "2027-11-01");
  assert.equal(until(customerCore, { warrantyEnd: "2027-01-01" }, true), "2027-01-01");
  assert.equal(until(customerCore, { lastContact: "2026-11-01" }, true), "2027-11-01");
  assert.equal(until(customerCore, {}, true), null);
  assert.equal(until(calendarEntries, { collected: "2026-11-01" }, true), "2027-11-01");
});

test("an open invoice waits for the person, and for an identity code only where it secures the receivable", () => {
  const waits = (rule: RetentionOf, row: string | null, ground: string | null) =>
    waitsForPayment(rule, row, { category: "x", basis: null, ground });
  assert.equal(waits(customerCore, null, null), true);
  assert.equal(waits(customerCore, "a row", null), false);
  assert.deepEqual(
    [null, "rental", "credit", "collection"].map((ground) => waits(identityCode, null, ground)),
    [false, false, true, true],
  );
  assert.equal(waits(identityCode, "a row", "credit"), false);
});

test("only orders, under a rule that says so, stand without the person", () => {
  const nobodys: RetentionOf = { ...customerCore, atEnd: "anonymise" };
  assert.equal(endsAs(description, nobodys, "orders", null), "anonymised");
  assert.equal(endsAs(description, nobodys, "orders", "a row"), "erased");
  assert.equal(endsAs(description, nobodys, "name", null), "erased");
  assert.equal(endsAs(description, nobodys, "nowhere", null), "erased");
  assert.equal(endsAs(description, customerCore, "orders", null), "erased");
});
