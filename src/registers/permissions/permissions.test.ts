// What a customer allowed and refused, on the card: by what each role may see, and changed by who answers requests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../test/app.ts";

const { ask, owner } = await testApp();

const made = await ask("sales", "POST", "/api/customers", {
  ...{ kind: "person", name: "Keksitty Kuutamo", source: "phone", email: "keksitty@example.fi" },
});
const id: string = made.body.id;
const url = `/api/customers/${id}`;
await owner
  .insertInto("consent")
  .values({
    ...{ id: crypto.randomUUID(), subject_id: id, consent: "newsletter", purpose: "directMarketing" },
    ...{ channels: ["email"], wording: 1, wording_hash: Buffer.alloc(32), language: "fi", source: "webForm" },
    ...{ given_at: new Date("2026-11-01T10:00:00Z"), given_by: "subject" },
  })
  .execute();
const seen = async (role: string) => ask(role, "GET", `${url}/permissions`);
const read = async (role: string) => {
  const { status, body } = await seen(role);
  assert.equal(status, 200);
  return body;
};

test("each role sees what concerns its own purposes, and who answers requests sees all", async () => {
  assert.deepEqual((await read("sales")).consents, []);
  const [consent] = (await read("responsiblePerson")).consents;
  assert.deepEqual(
    [consent.consent, consent.purpose, consent.channels, consent.withdrawnAt],
    ["newsletter", "directMarketing", ["email"], null],
  );
  assert.equal((await read("marketing")).consents.length, 1);
  assert.equal((await seen("accountant")).status, 403);
});

test("a withdrawn consent hides the person from marketing at once, and the right stands in the log", async () => {
  const withdrawal = `${url}/consents/newsletter/withdrawal`;
  assert.equal((await ask("sales", "POST", withdrawal)).status, 403);
  assert.equal((await ask("responsiblePerson", "POST", withdrawal)).status, 200);
  assert.equal((await ask("responsiblePerson", "POST", withdrawal)).status, 200);
  const log = await ask("responsiblePerson", "GET", `/api/audit-events?subject=${id}&verb=change&limit=1`);
  const [event] = log.body.items;
  assert.deepEqual([event.verb, event.right, event.subjects], ["change", "withdrawal", [id]]);
  assert.notEqual((await read("responsiblePerson")).consents[0].withdrawnAt, null);
  assert.equal((await seen("marketing")).status, 404);
  const unknown = await ask("responsiblePerson", "POST", `${url}/consents/toinen/withdrawal`);
  assert.equal(unknown.status, 404);
});

test("what rests on a legitimate interest and direct marketing may be objected to, once, and nothing else", async () => {
  const { objectable } = await read("responsiblePerson");
  assert.ok(objectable.includes("directMarketing") && !objectable.includes("customerCare"));
  const object = async (purpose: string, role = "responsiblePerson") =>
    (await ask(role, "POST", `${url}/objections`, { purpose })).body.code ?? "done";
  assert.equal(await object("customerCare"), "cannotObject");
  assert.equal(await object("directMarketing", "sales"), "refused.rightNotByRole");
  assert.equal(await object("directMarketing"), "done");
  assert.equal(await object("directMarketing"), "done");
  const after = await read("responsiblePerson");
  assert.equal(after.objections.length, 1);
  assert.ok(!after.objectable.includes("directMarketing"));
});

test("who has looked: days, roles and purposes in one line each, no names; only for who answers requests", async () => {
  await ask("sales", "GET", url);
  await ask("sales", "GET", url);
  const { status, body } = await ask("responsiblePerson", "GET", `${url}/looked-at`);
  assert.equal(status, 200);
  const line = body.items.find((one: { role: string; verb: string }) => one.role === "sales" && one.verb === "read");
  assert.ok(line.times >= 2 && line.categories.includes("email"), JSON.stringify(body.items));
  assert.ok(!JSON.stringify(body).includes("test sales"));
  assert.equal((await ask("sales", "GET", `${url}/looked-at`)).status, 403);
});

test("of somebody who is not there nothing is told", async () => {
  const nobody = "/api/customers/0190a0b0-0000-7000-8000-000000000000";
  assert.equal((await ask("sales", "GET", `${nobody}/permissions`)).status, 404);
  assert.equal(
    (await ask("responsiblePerson", "POST", `${nobody}/objections`, { purpose: "directMarketing" })).status,
    404,
  );
});

test("a consent is told in the day's wording and written down once, from a source that may bring it, where the channel reaches", async () => {
  const { body } = await ask("sales", "POST", "/api/customers", {
    ...{ kind: "person", name: "Keksitty Kajastus", source: "phone", phone: "040 000 0777" },
  });
  const theirs = `/api/customers/${body.id}`;
  const state = async () => (await ask("responsiblePerson", "GET", `${theirs}/permissions`)).body;
  const [offered] = (await ask("sales", "GET", `${theirs}/permissions`)).body.offered;
  assert.deepEqual([offered.consent, offered.wording, offered.channels], ["newsletter", 1, ["email"]]);
  assert.ok(offered.text.fi && offered.text.sv && offered.text.en && offered.sources.includes("phone"));
  assert.ok(!offered.sources.includes("referral"), "somebody else's word is no consent");
  assert.deepEqual((await ask("marketing", "GET", `${url}/permissions`)).body.offered ?? [], []);

  const told = { consent: "newsletter", wording: 1, language: "sv", source: "phone" };
  const give = async (change: object, role = "sales") =>
    (await ask(role, "POST", `${theirs}/consents`, { ...told, ...change })).body.code ?? "given";
  assert.equal(await give({}), "noWayToReach", "a newsletter by e-mail to a phone number");
  const mended = await ask("sales", "PATCH", theirs, { email: "kajastus@example.fi", source: "phone" });
  assert.equal(mended.status, 200);
  assert.equal(await give({ wording: 2 }), "invalid.consent");
  assert.equal(await give({ source: "referral" }), "invalid.consent");
  assert.equal(await give({ consent: "raffleEntry" }), "invalid.consent");
  assert.equal(await give({}, "accountant"), "refused.noRole");
  assert.equal((await state()).consents.length, 0);

  assert.deepEqual([await give({}), await give({})], ["given", "given"]);
  const { consents } = await state();
  assert.deepEqual(
    consents.map(({ consent, source, withdrawnAt }: Record<string, unknown>) => [consent, source, withdrawnAt]),
    [["newsletter", "phone", null]],
  );
  assert.deepEqual((await ask("sales", "GET", `${theirs}/permissions`)).body.offered, []);
  assert.equal((await ask("marketing", "GET", theirs)).status, 200, "what was consented to may be done");
  const log = await ask("responsiblePerson", "GET", `/api/audit-events?subject=${body.id}&verb=collect&limit=1`);
  assert.equal(log.body.items[0].verb, "collect");
  const row = await owner.selectFrom("consent").selectAll().where("subject_id", "=", body.id).executeTakeFirstOrThrow();
  assert.deepEqual([row.language, row.wording], ["sv", 1]);
});
