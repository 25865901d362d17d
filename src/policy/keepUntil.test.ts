// Until which day one thing is kept: the cases of the rule, and that a later event never shortens a period.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RetentionOf } from "../description/schema.ts";
import { describe } from "../test/descriptions.ts";
import { addDays, type Day, parseDay } from "../values/Day.ts";
import { keepUntil } from "./keepUntil.ts";

const { retention } = (await describe("walttia")).description;
const { customerCore, identityCode, invoicingMaterial } = retention;
assert.ok(customerCore && identityCode && invoicingMaterial);
const until = (rule: RetentionOf, events: Record<string, string>) =>
  keepUntil(rule, Object.fromEntries(Object.entries(events).map(([event, day]) => [event, parseDay(day)])));

test("a period runs from its event; until that has happened the other clock runs, and without both nothing ends", () => {
  assert.equal(until(customerCore, { warrantyEnd: "2027-11-22", lastContact: "2020-01-01" }), "2027-11-22");
  assert.equal(until(customerCore, { lastContact: "2026-02-28" }), "2027-02-28");
  assert.equal(until(customerCore, { collected: "2026-02-28" }), null);
  const { otherwise: _, ...only } = customerCore;
  assert.equal(until(only, { lastContact: "2026-02-28" }), null);
  assert.equal(until(only, {}), null);
});

test("a financial year counts from the end of its calendar year (Accounting Act 1336/1997, 2:10), on either clock", () => {
  assert.equal(until(invoicingMaterial, { financialYearEnd: "2024-03-31" }), "2030-12-31");
  assert.equal(until(invoicingMaterial, { financialYearEnd: "2024-12-31" }), "2030-12-31");
  const other = { ...customerCore, otherwise: { from: "financialYearEnd" as const, period: "P1Y" as const } };
  assert.equal(until(other as RetentionOf, { financialYearEnd: "2024-03-31" }), "2025-12-31");
  assert.equal(until(invoicingMaterial, { collected: "2024-03-31" }), null);
});

test("a period that is not known yet ends nothing", () => {
  assert.equal(until({ ...customerCore, period: "unknown" } as RetentionOf, { warrantyEnd: "2020-01-01" }), null);
});

test("a receivable that was settled before the collecting starts the period at the collecting", () => {
  assert.equal(until(identityCode, { receivableSettled: "2026-01-10", collected: "2025-11-01" }), "2026-04-10");
  assert.equal(until(identityCode, { receivableSettled: "2026-01-10", collected: "2026-03-01" }), "2026-06-01");
  assert.equal(until(identityCode, { receivableSettled: "2026-01-10" }), "2026-04-10");
  assert.equal(until(identityCode, { collected: "2026-03-01" }), "2027-03-01");
  assert.equal(
    until(customerCore, { warrantyEnd: "2026-01-10", collected: "2026-03-01" }),
    "2026-01-10",
    "no other event waits for the collecting",
  );
});

test("a later event never shortens what is kept", () => {
  const day = fc.integer({ min: 0, max: 9000 }).map((n) => addDays(parseDay("2015-01-01"), n));
  const rule = fc.constantFrom(customerCore, identityCode, invoicingMaterial);
  fc.assert(
    fc.property(rule, day, fc.nat(800), (one, start, later) => {
      const kept = (from: Day) => keepUntil(one, { [one.from]: from });
      const [first, second] = [kept(start), kept(addDays(start, later))];
      assert.ok(first !== null && second !== null && first >= start && second >= first);
    }),
  );
});
