// Colleagues know each other by name; programs and the people outside do not.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { inviteAccount } from "../registers/staff/accounts.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { MAIJA } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";

suite("who recorded a value", async () => {
  const { app, ask, gate, owner } = await testApp();
  const here = { "sec-fetch-site": "same-origin" };
  const NAME = "Kirjaaja Keksitty";

  async function signedIn(name: string, roles: string[]) {
    const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
    const { secret } = await inviteAccount(gate, caller, roles);
    const login = `${newId()}@example.fi`;
    const payload = { secret, name, login, password: "a quiet harbour at noon", language: "fi" };
    const answer = await app.inject({ method: "POST", url: "/api/invitation", headers: here, payload });
    assert.equal(answer.statusCode, 201, answer.body);
    const [cookie] = [answer.headers["set-cookie"]].flat();
    return { ...here, cookie: String(cookie).split(";")[0] ?? "" };
  }
  const recorder = await signedIn(NAME, ["sales"]);
  const keeper = await signedIn("Toinen Keksitty", ["administration", "responsiblePerson"]);
  const made = await app.inject({ method: "POST", url: "/api/customers", headers: recorder, payload: MAIJA });
  assert.equal(made.statusCode, 201, made.body);
  const { id } = made.json();
  const byProgram = (await ask("sales", "POST", "/api/customers", { ...MAIJA, email: "b@example.fi" })).body.id;

  test("a colleague sees the name on the card, and the name of a program", async () => {
    const card = (await app.inject({ url: `/api/customers/${id}`, headers: keeper })).json();
    assert.equal(card.origins.name.byName, NAME);
    const other = (await app.inject({ url: `/api/customers/${byProgram}`, headers: keeper })).json();
    assert.equal(other.origins.name.byName, "test sales");
  });

  test("a program sees an id alone, and the access package names nobody", async () => {
    const card = await ask("sales", "GET", `/api/customers/${id}`);
    assert.equal(card.status, 200);
    assert.equal(card.body.origins.name.byName, undefined);
    const access = await app.inject({ url: `/api/customers/${id}/access`, headers: keeper });
    assert.equal(access.statusCode, 200, access.body);
    assert.ok(!access.body.includes(NAME));
  });

  test("the log names colleagues to its keeper, and the program's own acts have no name", async () => {
    const { items } = (await app.inject({ url: "/api/audit-events?limit=200", headers: keeper })).json();
    const collected = items.find((event: { verb: string; actorKind: string }) => event.actorKind === "staff");
    assert.ok(items.some(({ actorName }: { actorName?: string }) => actorName === NAME));
    assert.ok(collected.actorName);
    for (const { actorKind, actorName } of items) if (actorKind === "system") assert.equal(actorName, undefined);
  });

  test("names are opened once and kept in memory; the database never holds them in the clear", async () => {
    const reads = async () => (await rowsOf(owner, "audit_event")).length;
    const before = await reads();
    await app.inject({ url: `/api/customers/${id}`, headers: keeper });
    assert.equal((await reads()) - before, 1, "the card's own event and no other");
    const raw = JSON.stringify(await rowsOf(owner, "account"));
    assert.ok(!raw.includes(NAME) && !raw.includes(Buffer.from(NAME).toString("hex")));
  });
});
