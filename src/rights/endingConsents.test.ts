// A consent with a period: told of before its last day, in force on it, and ended in the night after, in the log as the person's own event.
import assert from "node:assert/strict";
import { test } from "node:test";
import { endConsents } from "../registers/permissions/ending.ts";
import { testApp } from "../test/app.ts";
import { exampleText } from "../test/descriptions.ts";

const text = (await exampleText("walttia")).replace("    proofKept: P3Y", "    validFor: P1Y\n    proofKept: P3Y");
const { ask, clock, gate } = await testApp({ text });
const start = clock.now();
const daysLater = (days: number) => clock.set(new Date(start.getTime() + days * 24 * 3_600_000));

async function consenting(name: string): Promise<string> {
  const values = { kind: "person", name, email: `${name.split(" ")[1]?.toLowerCase()}@example.fi`, source: "phone" };
  const { body } = await ask("sales", "POST", "/api/customers", values);
  const told = { consent: "newsletter", wording: 1, language: "fi", source: "phone" };
  assert.equal((await ask("sales", "POST", `/api/customers/${body.id}/consents`, told)).status, 200);
  return body.id;
}
const ending = async (role: string) =>
  (await ask(role, "GET", "/api/consents/ending")).body.items.map(({ id, name, lastDay }: Record<string, string>) => [
    id,
    name,
    lastDay,
  ]);
const read = async (id: string) => (await ask("responsiblePerson", "GET", `/api/customers/${id}/permissions`)).body;

test("a consent is told of two months before its last day, and ends in the night after it", async () => {
  const first = await consenting("Keksitty Kesto");
  daysLater(30);
  const second = await consenting("Keksitty Jatko");
  assert.deepEqual(await ending("marketing"), []);
  assert.equal((await read(first)).consents[0].lastDay, "2027-11-22");

  daysLater(310);
  assert.deepEqual(await ending("marketing"), [[first, "Keksitty Kesto", "2027-11-22"]]);
  assert.deepEqual(await ending("sales"), [], "whose purpose it is not, is not told");
  assert.equal((await ask("accountant", "GET", "/api/consents/ending")).status, 403);

  daysLater(311);
  const again = { consent: "newsletter", wording: 1, language: "fi", source: "phone" };
  const renewed = await consenting("Keksitty Uusinta");
  daysLater(311 + 310);
  for (const _ of [1, 2])
    assert.equal((await ask("sales", "POST", `/api/customers/${renewed}/consents`, again)).status, 200);
  assert.equal((await read(renewed)).consents.length, 2, "given anew near its end, once");
  assert.ok(!(await ending("marketing")).some(([id]: string[]) => id === renewed));

  daysLater(365);
  assert.equal(await endConsents(gate), 0, "the last day is still in force");
  assert.equal((await ask("marketing", "GET", `/api/customers/${first}`)).status, 200);
  daysLater(366);
  assert.deepEqual([await endConsents(gate), await endConsents(gate)], [1, 0]);
  assert.equal((await ask("marketing", "GET", `/api/customers/${first}`)).status, 404);
  assert.equal((await ask("marketing", "GET", `/api/customers/${second}`)).status, 200);
  const { consents, offered } = await read(first);
  assert.ok(consents[0].withdrawnAt !== null && consents[0].lastDay === null);
  assert.equal(offered.length, 0, "who answers requests writes no consent down");
  const log = await ask("responsiblePerson", "GET", `/api/audit-events?subject=${first}&verb=change&limit=1`);
  assert.deepEqual([log.body.items[0].register, log.body.items[0].place], ["permissions", "consents"]);
  assert.deepEqual(await ending("marketing"), [[second, "Keksitty Jatko", "2027-12-22"]]);
});
