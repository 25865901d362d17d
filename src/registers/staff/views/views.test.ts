// Saved views: one's own, without anything of a customer in them, and gone with the account.
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemCaller } from "../../../gate/caller.ts";
import { testApp } from "../../../test/app.ts";
import { browser } from "../../../test/browser.ts";
import { rowsOf } from "../../../test/database.ts";
import { inviteAccount } from "../accounts.ts";

const { app, gate, owner, ask } = await testApp();

async function colleague(n: number) {
  const { secret } = await inviteAccount(gate, systemCaller("test"), ["invoicing"]);
  const web = browser(app, { address: `10.4.0.${n}` });
  const newcomer = { secret, name: `Colleague ${n}`, login: `views${n}@example.fi`, language: "fi" };
  const made = await web.ask("POST", "/api/invitation", { ...newcomer, password: "a quiet harbour at noon" });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return { web };
}
const { web } = await colleague(1);
const { web: other } = await colleague(2);
const views = async (of = web) => (await of.ask("GET", "/api/me/views")).body.items;
const open = { list: "invoices", name: "Viikon avoimet", filter: { view: "open", from: "2026-11-01" } };

test("a view is kept under a name of one's own, which is sealed, and nobody else has it", async () => {
  assert.equal((await web.ask("POST", "/api/me/views", open)).status, 201);
  const [view] = await views();
  assert.deepEqual({ ...view, id: undefined }, { ...open, id: undefined });
  assert.deepEqual(await views(other), []);
  assert.equal((await other.ask("DELETE", `/api/me/views/${view.id}`)).status, 404);
  assert.ok(!JSON.stringify(await rowsOf(owner, "saved_view")).includes("Viikon"));
});

test("the same name takes the place of the one before, and a view can be forgotten", async () => {
  await web.ask("POST", "/api/me/views", { ...open, filter: { view: "paid" } });
  await web.ask("POST", "/api/me/views", { list: "orders", name: "Aamun työt", filter: { view: "toInvoice" } });
  const kept = await views();
  assert.deepEqual(
    kept.map(({ name, filter }: typeof open) => [name, filter.view]),
    [
      ["Aamun työt", "toInvoice"],
      ["Viikon avoimet", "paid"],
    ],
  );
  assert.equal((await web.ask("DELETE", `/api/me/views/${kept[0].id}`)).status, 200);
  assert.equal((await views()).length, 1);
});

test("what was searched for, and whom it was about, cannot be kept", async () => {
  const refused = async (filter: object) => (await web.ask("POST", "/api/me/views", { ...open, filter })).status;
  assert.equal(await refused({ search: "kuutamo" }), 422);
  assert.equal(await refused({ subject: "0190a0b0-0000-7000-8000-000000000000" }), 422);
  assert.equal(await refused({ actor: "somebody" }), 422);
  assert.equal(await refused({ view: "Aino Kuutamo" }), 422);
});

test("views are for people who are signed in, and no more than a few", async () => {
  assert.equal((await ask(null, "GET", "/api/me/views")).status, 401);
  assert.equal((await ask("invoicing", "GET", "/api/me/views")).status, 401);
  for (let n = 0; n < 29; n++) await web.ask("POST", "/api/me/views", { ...open, name: `Näkymä ${n}` });
  const last = await web.ask("POST", "/api/me/views", { ...open, name: "Yksi liikaa" });
  assert.deepEqual([last.status, last.body.code], [409, "tooManyViews"]);
});

test("one's own data tells of them", async () => {
  const { status, body } = await web.ask("GET", "/api/session/data");
  assert.equal(status, 200, JSON.stringify(body));
  assert.ok(body.views.some(({ name }: { name: string }) => name === "Viikon avoimet"));
});
