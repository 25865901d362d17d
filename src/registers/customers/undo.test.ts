// A change that is taken back: the earlier value comes back with the origin it had, and the log tells both changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";

const { ask, owner, clock } = await testApp();

const add = async (): Promise<string> => {
  const body = { kind: "person", name: "Keksitty Kuutamo", source: "webForm", email: "ennen@example.fi" };
  return (await ask("sales", "POST", "/api/customers", { ...body, source: "meeting" })).body.id;
};
const card = async (id: string) => (await ask("sales", "GET", `/api/customers/${id}`)).body;
const change = async (id: string, body: object, role = "sales", headers = {}) =>
  ask(role, "PATCH", `/api/customers/${id}`, body, headers);

test("the earlier value comes back with its source, its moment and its end", async () => {
  const id = await add();
  const before = await card(id);
  clock.forward(40 * 86_400_000);
  const changed = await change(id, { email: "uusi@example.fi", source: "phone" });
  assert.equal(changed.status, 200);
  const between = await card(id);
  assert.equal(between.origins.email.source, "phone");
  assert.notEqual(between.origins.email.at, before.origins.email.at);

  const { undo } = changed.body;
  const back = await change(id, { email: "ennen@example.fi", source: "meeting", undo });
  assert.equal(back.status, 200);
  const after = await card(id);
  assert.equal(after.email, "ennen@example.fi");
  assert.deepEqual({ ...after.origins.email, keepUntil: null }, { ...before.origins.email, keepUntil: null });
  const found = await ask("sales", "POST", "/api/customers/search", { search: "ennen" });
  assert.equal(found.body.items[0]?.id, id);
  const events = (await rowsOf(owner, "audit_event")).filter(({ verb }) => verb === "change");
  assert.equal(events.length, 2, "what was taken back was still done");
});

test("what was taken away comes back with its origin too", async () => {
  const id = await add();
  const before = await card(id);
  clock.forward(86_400_000);
  const { undo } = (await change(id, { email: null, source: "phone" })).body;
  assert.equal((await card(id)).email, undefined);
  assert.equal((await change(id, { email: "ennen@example.fi", source: "meeting", undo })).status, 200);
  assert.equal((await card(id)).origins.email.at, before.origins.email.at);
});

test("nothing else goes back by it: other values, other people, later, or made up", async () => {
  const id = await add();
  const { undo } = (await change(id, { email: "uusi@example.fi", source: "phone" })).body;
  const back = { email: "ennen@example.fi", source: "meeting", undo };
  const refused = async (body: object, role = "sales") => (await change(id, body, role)).body.code;
  assert.equal(await refused({ ...back, email: "toinen@example.fi" }), "undoTooLate");
  assert.equal(await refused({ ...back, phone: "040 123 4567" }), "undoTooLate");
  assert.equal(await refused(back, "administration"), "undoTooLate");
  const other = await add();
  assert.equal((await change(other, back)).body.code, "undoTooLate");
  const [head = "", mark] = undo.split(".");
  const said = JSON.parse(Buffer.from(head, "base64url").toString("utf8"));
  const forged = Buffer.from(JSON.stringify({ ...said, until: said.until + 1 })).toString("base64url");
  assert.equal(await refused({ ...back, undo: `${forged}.${mark}` }), "undoTooLate");
  assert.equal(await refused({ ...back, undo: "x" }), "undoTooLate");
  clock.forward(121_000);
  assert.equal(await refused(back), "undoTooLate");
});

test("nothing of the earlier value stands among the answers that are kept for repeated requests", async () => {
  const id = await add();
  const headers = { "idempotency-key": "kerran" };
  const body = { email: "uusi@example.fi", source: "phone" };
  const first = await change(id, body, "sales", headers);
  assert.ok(first.body.undo);
  const again = await change(id, body, "sales", headers);
  assert.deepEqual(again.body, { id });
  const kept = JSON.stringify((await rowsOf(owner, "idempotency")).map(({ ids }) => ids));
  assert.ok(kept.includes(id) && !kept.includes("undo"));
});

test("a personal identity code is never put back from a screen", async () => {
  const id = await add();
  const code = { personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit", source: "meeting" };
  await change(id, code, "administration");
  const { status, body } = await change(id, { personalIdentityCode: null, source: "meeting" }, "administration");
  assert.deepEqual([status, body], [200, { id }]);
});
