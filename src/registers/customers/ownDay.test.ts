// A value's period begins on its own day, not on the day its customer came: the card, the preview and the run say the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepUntil } from "../../policy/keepUntil.ts";
import { testApp } from "../../test/app.ts";
import { parseDay } from "../../values/Day.ts";

const { ask, clock, gate } = await testApp();

const code = { personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit", source: "meeting" };
const dueOf = async (id: string) => {
  const { status, body } = await ask("responsiblePerson", "GET", "/api/retention/preview");
  assert.equal(status, 200);
  return body.items.filter(({ subjectId }: { subjectId: string }) => subjectId === id);
};

test("an identity code of an old customer is kept from the day it was collected", async () => {
  clock.set("2025-01-10T10:00:00Z");
  const person = { kind: "person", name: "Vanha Asiakas", source: "phone" };
  const { body: made } = await ask("administration", "POST", "/api/customers", person);
  clock.set("2026-01-05T10:00:00Z");
  const url = `/api/customers/${made.id}`;
  assert.equal((await ask("administration", "PATCH", url, { phone: "0401234567", source: "phone" })).status, 200);
  clock.set("2026-11-22T10:00:00Z");
  assert.equal((await ask("administration", "PATCH", url, code)).status, 200);

  assert.deepEqual(await dueOf(made.id), []);
  const run = await ask("responsiblePerson", "POST", "/api/retention/run");
  assert.equal(run.status, 200);
  assert.deepEqual((await ask("administration", "GET", url)).body.masked, ["personalIdentityCode"]);

  clock.set("2027-11-23T10:00:00Z");
  const due = await dueOf(made.id);
  assert.ok(
    due.some(({ rule, dueOn }: { rule: string; dueOn: string }) => rule === "identityCode" && dueOn === "2027-11-23"),
  );
});

test("a receivable settled before the value was collected does not begin its period", () => {
  const rule = gate.inForce().description.retention.identityCode;
  assert.ok(rule);
  assert.deepEqual([rule.from, rule.period], ["receivableSettled", "P3M"]);
  const days = { receivableSettled: parseDay("2025-03-01"), collected: parseDay("2026-11-22") };
  assert.equal(keepUntil(rule, days), "2027-02-22");
  assert.equal(keepUntil(rule, { ...days, collected: parseDay("2025-01-10") }), "2025-06-01");
});
