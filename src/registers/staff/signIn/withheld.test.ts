// A role that the description gives only on two factors.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { TOTP, URI } from "otpauth";
import { systemCaller } from "../../../gate/caller.ts";
import { testApp } from "../../../test/app.ts";
import { authenticator } from "../../../test/authenticator.ts";
import { type Browser, browser } from "../../../test/browser.ts";
import { exampleText } from "../../../test/descriptions.ts";
import { inviteAccount } from "../accounts.ts";

const PASSWORD = "a quiet harbour at noon";
const LABEL = "    department: { fi: Laskutusosasto, sv: Faktureringsavdelningen, en: Invoicing department }\n";
const plain = await exampleText("walttia");
const text = plain.replace(LABEL, `${LABEL}    signIn: twoFactors\n`);
assert.notEqual(text, plain);

const { app, gate, clock, ask: asRole, putInForce } = await testApp({ text });
const INVOICING = { role: "invoicing", waitsFor: "secondFactor" };
let made = 0;
const ok = (answer: Awaited<ReturnType<Browser["ask"]>>) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
  return answer.body;
};
async function invited(roles: string[]) {
  const { secret } = await inviteAccount(gate, systemCaller("test"), roles);
  const n = ++made;
  const web = browser(app, { address: `10.8.0.${n}` });
  return { web, newcomer: { secret, name: `Colleague ${n}`, login: `two${n}@example.fi`, language: "fi" } };
}
async function byPassword(roles: string[]) {
  const { web, newcomer } = await invited(roles);
  const me = ok(await web.ask("POST", "/api/invitation", { ...newcomer, password: PASSWORD }));
  return { web, me, login: newcomer.login };
}
const mayInvoice = async (web: Browser) => (await web.ask("GET", "/api/invoices")).status;
const seen = async (web: Browser) => {
  const { roles, withheld } = ok(await web.ask("GET", "/api/session"));
  return [roles, withheld];
};

suite("ASVS 6.3.3: a role on two factors", () => {
  test("waits while a password alone opens the account, and is in use at once when a code is asked for too", async () => {
    const { web, me, login } = await byPassword(["sales", "invoicing"]);
    assert.deepEqual([me.roles, me.withheld], [["sales"], [INVOICING]]);
    assert.deepEqual(await seen(web), [["sales"], [INVOICING]]);
    assert.equal(await mayInvoice(web), 403);
    assert.ok(!me.may.includes("read invoices"));
    const again = ok(await web.ask("POST", "/api/session", { login, password: PASSWORD }));
    assert.deepEqual([again.roles, again.withheld], [["sales"], [INVOICING]]);

    const begun = ok(await web.ask("POST", "/api/session/second-factor/options"));
    const totp = URI.parse(begun.uri);
    assert.ok(totp instanceof TOTP);
    const code = totp.generate({ timestamp: clock.now().getTime() });
    ok(await web.ask("POST", "/api/session/second-factor", { code }));
    assert.deepEqual(await seen(web), [["invoicing", "sales"], []]);
    assert.equal(await mayInvoice(web), 200);
    ok(await web.ask("DELETE", "/api/session/second-factor"));
    assert.equal(await mayInvoice(web), 403, "in the middle of a session too");
  });

  test("is in use with a passkey, until a password alone opens the account too", async () => {
    const { web, newcomer } = await invited(["invoicing"]);
    const device = authenticator({ origin: "http://localhost" });
    const options = ok(await web.ask("POST", "/api/invitation/passkey/options", newcomer));
    const passkey = { credential: device.create(options), label: "Phone" };
    const me = ok(await web.ask("POST", "/api/invitation", { ...newcomer, passkey }));
    assert.deepEqual([me.roles, me.withheld], [["invoicing"], []]);
    assert.equal(await mayInvoice(web), 200);
    ok(await web.ask("POST", "/api/session/password", { password: PASSWORD }));
    assert.equal(await mayInvoice(web), 403);
    ok(await web.ask("DELETE", "/api/session/password"));
    assert.equal(await mayInvoice(web), 200);
  });

  test("somebody with nothing else gets in to set the factor up; programs and other roles are as before", async () => {
    const { web, me } = await byPassword(["invoicing"]);
    assert.deepEqual(me.roles, []);
    assert.equal((await web.ask("GET", "/api/session/ways")).status, 200);
    assert.equal((await asRole("invoicing", "GET", "/api/invoices")).status, 200);
    putInForce(plain);
    assert.equal(await mayInvoice(web), 200, "another version of the description takes effect at once");
    putInForce(text);
    assert.equal(await mayInvoice(web), 403);
  });
});

suite("ASVS 8.3.2: a role that becomes one of another organisation's people", () => {
  const SALES = "    department: { fi: Myyntiosasto, sv: Försäljningsavdelningen, en: Sales department }\n";
  const outside = plain.replace(SALES, `${SALES}    processor: accountingOffice\n`);
  assert.notEqual(outside, plain);

  test("waits in accounts without a last day, in the middle of a session too, and is in use once one is given", async () => {
    putInForce(plain);
    const { web, me } = await byPassword(["sales", "invoicing"]);
    const maySell = async () => (await web.ask("GET", "/api/orders")).status;
    assert.deepEqual([me.withheld, await maySell()], [[], 200]);
    putInForce(outside);
    assert.deepEqual(await seen(web), [["invoicing"], [{ role: "sales", waitsFor: "lastDay" }]]);
    assert.ok(!ok(await web.ask("GET", "/api/session")).may.includes("collect customers"));
    const account = async () => {
      const { items } = ok(await asRole("responsiblePerson", "GET", "/api/accounts"));
      return items.find(({ id }: { id: string }) => id === me.id);
    };
    assert.deepEqual((await account()).waitForLastDay, ["sales"]);
    ok(await asRole("responsiblePerson", "PATCH", `/api/accounts/${me.id}`, { endsOn: "2026-12-31" }));
    assert.deepEqual(await seen(web), [["invoicing", "sales"], []]);
    assert.deepEqual((await account()).waitForLastDay, []);
    assert.equal(
      (await asRole("sales", "GET", "/api/orders")).status,
      200,
      "a program's token has no last day to wait for",
    );
    putInForce(text);
  });
});
