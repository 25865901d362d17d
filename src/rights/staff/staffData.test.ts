// Staff are people too: what the register and its log hold of them is theirs to see, and ends by the periods of the description.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { staffCommands } from "../../cli/staffCommands.ts";
import { inviteAccount } from "../../registers/staff/accounts.ts";
import { eraseClosedAccounts } from "../../retention/accounts.ts";
import { eraseAgain, type LedgerLine } from "../../retention/eraseAgain.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { describe } from "../../test/descriptions.ts";
import { newId } from "../../values/Uuid.ts";

const here = { "sec-fetch-site": "same-origin" };
const system = () => ({ actor: { kind: "system", id: "system:test" } as const, requestId: newId() });

suite("staff data", async () => {
  const t = await testApp();
  const { app, ask, gate, owner, clock, keys } = t;
  let made = 0;

  async function account(roles: string[]) {
    const { secret } = await inviteAccount(gate, system(), roles);
    const login = `colleague${++made}@example.fi`;
    const body = { secret, name: "Työläs Esimerkki", login, password: "a quiet harbour at noon", language: "fi" };
    const answer = await app.inject({ method: "POST", url: "/api/invitation", headers: here, payload: body });
    assert.equal(answer.statusCode, 201, answer.body);
    const [cookie = ""] = String([answer.headers["set-cookie"]].flat()[0]).split(";");
    const id: string = answer.json().id;
    const as = (method: "GET" | "POST", url: string, payload?: object) =>
      app.inject({ method, url, headers: { ...here, cookie }, ...(payload ? { payload } : {}) });
    return { id, login, as };
  }
  const close = (id: string) => ask("responsiblePerson", "PATCH", `/api/accounts/${id}`, { disabled: true });

  test("a colleague sees their account, their sessions and what the log holds of them, and nobody's names", async () => {
    const { id, login, as } = await account(["sales"]);
    const customer = await as("POST", "/api/customers", { kind: "person", name: "Salainen Asiakas", source: "phone" });
    assert.equal(customer.statusCode, 201, customer.body);
    await as("GET", `/api/customers/${customer.json().id}`);
    await as("GET", "/api/accounts");

    const answer = await as("GET", "/api/session/data?language=en");
    assert.equal(answer.statusCode, 200, answer.body);
    const data = answer.json();
    assert.deepEqual([data.subject, data.account.name, data.account.login], [id, "Työläs Esimerkki", login]);
    assert.deepEqual(
      data.account.roles.map(({ label }: { label: string }) => label),
      ["Sales"],
    );
    assert.equal(data.sessions.length, 1);
    assert.deepEqual(data.kept, { accounts: "P2Y", log: "P2Y" });
    const deeds = data.did.map(({ verb, register, decision, people }: Record<string, unknown>) =>
      [verb, register, decision, people].join(" "),
    );
    for (const deed of ["collect customers allowed 1", "read customers allowed 1", "read accounts refused 0"])
      assert.ok(deeds.includes(deed), `${deed} among ${deeds.join("; ")}`);
    assert.ok(!answer.body.includes(customer.json().id) && !answer.body.includes("Salainen"), "no customer");
    const looks = (await rowsOf(owner, "audit_event")).filter(({ actor, place }) => actor === id && place === "staff");
    assert.deepEqual(
      looks.map(({ verb, register, subjects }) => [verb, register, subjects]),
      [["read", "staff", [id]]],
      "looking is written down too",
    );
  });

  test("the same in words, in three languages", async () => {
    const { as, login } = await account(["marketing"]);
    await as("GET", "/api/accounts");
    for (const [language, words] of [
      ["fi", ["Tunnuksesi", "Mitä olet tehnyt", "Katselu, tunnukset, torjuttu", "Markkinointi"]],
      ["sv", ["Ditt konto", "Vad du har gjort", "Läsning, konton, nekad", "Marknadsföring"]],
      ["en", ["Your account", "What you have done", "Reading, accounts, refused", "Marketing"]],
    ] as const) {
      const { body, statusCode } = await as("GET", `/api/session/data/print?language=${language}`);
      assert.equal(statusCode, 200, body);
      for (const word of [...words, login]) assert.ok(body.includes(word), `${language}: ${word}`);
    }
  });

  test("who keeps the accounts answers for one who has left; others do not; a customer is nobody's colleague", async () => {
    const { id, as } = await account(["sales"]);
    await as("GET", "/api/accounts");
    assert.equal((await ask("sales", "GET", `/api/accounts/${id}/data`)).status, 403);
    await close(id);
    const { status, body } = await ask("responsiblePerson", "GET", `/api/accounts/${id}/data`);
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(body.account.closedAt !== null && body.did.length > 0);
    assert.ok(
      body.about.some(
        ({ verb, roles }: { verb: string; roles: string[] }) => verb === "change" && roles[0] === "responsiblePerson",
      ),
      "by whom the account was closed, as a role",
    );
    const customer = await ask("administration", "POST", "/api/customers", {
      kind: "person",
      name: "Asiakas",
      source: "phone",
    });
    assert.equal((await ask("responsiblePerson", "GET", `/api/accounts/${customer.body.id}/data`)).status, 404);
    assert.equal((await ask("sales", "GET", "/api/session/data")).status, 404, "a program has no data of its own");
    assert.equal((await ask(null, "GET", "/api/session/data")).status, 401);

    const page = await staffCommands["staff data"]({ gate }, { id, language: "fi", format: "html" });
    assert.match(page, /Suljettu/);
  });

  test("a closed account is erased when its period has passed, with its keys and a line of the ledger; one in use stays", async () => {
    const [gone, stays, reopened] = [await account(["sales"]), await account(["sales"]), await account(["sales"])];
    clock.set("2026-11-23T10:00:00Z");
    for (const { id } of [gone, reopened]) await close(id);
    const [before] = (await rowsOf(owner, "account")).filter(({ subject_id }) => subject_id === gone.id);
    assert.ok(before);
    const opens = () =>
      keys.open([
        {
          place: { register: "staff", category: "staffName", row: gone.id, subject: gone.id },
          sealed: before.sealed_name as Buffer,
        },
      ]);
    assert.notEqual((await opens())[0], null);

    clock.set("2028-11-23T10:00:00Z");
    await eraseClosedAccounts(gate);
    const ids = async () => (await rowsOf(owner, "account")).map(({ subject_id }) => subject_id);
    assert.ok((await ids()).includes(gone.id), "kept on the last day of the period");
    await ask("responsiblePerson", "PATCH", `/api/accounts/${reopened.id}`, { disabled: false });

    clock.set("2028-11-24T10:00:00Z");
    assert.ok((await eraseClosedAccounts(gate)) >= 1);
    const left = await ids();
    assert.ok(!left.includes(gone.id) && left.includes(stays.id) && left.includes(reopened.id));
    assert.deepEqual(await opens(), [null], "and in every copy");
    const lines = (await rowsOf(owner, "erasure_ledger")).filter(({ subject_id }) => subject_id === gone.id);
    assert.deepEqual(
      lines.map(({ register, everything, ground, keys_destroyed_at }) => [
        register,
        everything,
        ground,
        keys_destroyed_at !== null,
      ]),
      [["staff", true, "retention", true]],
    );
    for (const table of ["account_role", "session"])
      assert.ok(!(await rowsOf(owner, table)).some(({ subject_id }) => subject_id === gone.id), table);
    const told = (await rowsOf(owner, "audit_event")).find(
      ({ verb, subjects }) => verb === "erase" && (subjects as string[]).includes(gone.id),
    );
    assert.deepEqual([told?.register, told?.right_kind, told?.actor], ["staff", "retention", "system:retention"]);
    assert.equal(
      (await ask("responsiblePerson", "GET", `/api/accounts/${gone.id}/data`)).status,
      200,
      "the log remembers longer",
    );

    // A restore to an earlier time brings the row back: the ledger takes it again, once.
    await owner
      .insertInto("account")
      .values(before as never)
      .execute();
    assert.equal(await eraseAgain(gate, lines as LedgerLine[]), 1);
    assert.ok(!(await ids()).includes(gone.id));
    assert.equal(await eraseAgain(gate, lines as LedgerLine[]), 0);
  });

  test("without a period nothing of the staff ends by itself", async () => {
    const { id } = await account(["sales"]);
    await close(id);
    clock.forward(20 * 365 * 86_400_000);
    const { description, ...force } = await describe("walttia");
    const { staff: _, ...silent } = description;
    t.takeForce({ ...force, description: silent });
    assert.equal(await eraseClosedAccounts(gate), 0);
    assert.ok((await rowsOf(owner, "account")).some(({ subject_id }) => subject_id === id));
  });
});
