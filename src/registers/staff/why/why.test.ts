// Why not, over HTTP: the answer is the same whoever is asked about, and the line of the description is for those who may read it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testApp } from "../../../test/app.ts";
import { customerAt } from "../../../test/people.ts";
import { trade } from "../../../test/trade.ts";

suite("why not", async () => {
  const made = await testApp();
  const { ask, app, as } = made;
  const why = (role: string | null, ...acts: string[]) =>
    ask(role, "GET", `/api/why?act=${encodeURIComponent(acts.join(","))}`);

  test("four answers: the rule, whose decision, the place, whom to ask", async () => {
    const { status, body } = await why("sales", "change invoices", "flow customers invoices", "read customers");
    assert.equal(status, 200);
    assert.deepEqual(body.items[0].why, {
      reason: "noRole",
      decider: "role",
      place: "roles.sales",
      at: null,
      roles: ["administration", "invoicing"],
      purposes: [],
    });
    assert.deepEqual(
      [body.items[1].why.reason, body.items[1].why.place, body.items[1].flow],
      ["flowNotByRole", "flows.erpToInvoicing.by", "erpToInvoicing"],
    );
    assert.equal(body.items[2].why, null);
    assert.deepEqual(
      body.items[2].categories.map(({ category, why: { roles } }: never) => [category, roles]),
      [["personalIdentityCode", ["administration"]]],
    );
    assert.deepEqual(
      body.items[2].unless.map(({ kind, decider }: never) => [kind, decider]),
      [["notRestricted", "person"]],
    );
    assert.equal(typeof body.responsible, "string");
  });

  test("the line is for who keeps the description; a purpose chosen counts", async () => {
    const keeper = await why("responsiblePerson", "collect customers");
    assert.match(keeper.body.items[0].why.at, /^walttia\.yaml:\d+$/);
    const headers = await as("sales", "warranty");
    const { items } = (await app.inject({ url: "/api/why?act=change%20customers", headers })).json();
    assert.deepEqual(items[0].why.reason, "purposeNotHeld");
    assert.deepEqual(items[0].why.purposes, ["customerCare", "serviceProvision"]);
  });

  test("only words of acts, and only for who has signed in", async () => {
    for (const act of [
      "",
      "read",
      "read nowhere",
      "flow customers",
      "right flight",
      "right access now",
      "keeps audit",
      "read customers name x",
    ])
      assert.equal((await why("sales", act)).status, 422, act);
    assert.equal((await why(null, "read customers")).status, 401);
  });

  test("a person who is restricted and one who is not there are answered alike", async () => {
    const { customer, delivered, invoice } = trade(made);
    const restricted = await customer({ ...customerAt(21), kind: "person" });
    const { id } = await invoice(await delivered(restricted, "2026-10-20"));
    await ask("invoicing", "POST", `/api/invoices/${id}/payment`, { day: "2026-11-20" });
    const erased = await ask("administration", "POST", `/api/customers/${restricted}/erasure`, {
      ground: "noLongerNeeded",
    });
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    assert.equal((await ask("responsiblePerson", "GET", `/api/customers/${restricted}`)).status, 200, "still there");
    const [hidden, nobody] = await Promise.all([
      ask("sales", "GET", `/api/customers/${restricted}`),
      ask("sales", "GET", "/api/customers/0190a0b0-0000-7000-8000-000000000000"),
    ]);
    assert.deepEqual([hidden.status, hidden.body], [404, nobody.body]);
    assert.ok(!("why" in hidden.body));
  });
});
