// Signing in with a company's own service: a real OpenID Connect provider on this machine.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { systemCaller } from "../../gate/caller.ts";
import { inviteAccount } from "../../registers/staff/accounts.ts";
import { testApp } from "../../test/app.ts";
import { type Browser, browser } from "../../test/browser.ts";
import { rowsOf } from "../../test/database.ts";
import { CLIENT, signInService } from "../../test/signInService.ts";
import { openProvider } from "./provider.ts";

const PASSWORD = "a quiet harbour at noon";
const SYSTEM = `  signInService:
    kind: helper
    serves: [signIn]
    label: { fi: Yrityksen kirjautumispalvelu, sv: Bolagets inloggningstjänst, en: Sign-in service of the company }
    runBy: controller
    location: { country: FI }
    highestRisk: low
`;
const plain = await readFile(new URL("../../../descriptions/walttia.yaml", import.meta.url), "utf8");
const text = plain.replace(/^systems:\n/m, (found) => `${found}${SYSTEM}`);
const service = await signInService("http://localhost/signed-in");
const provider = openProvider({ issuer: service.issuer, ...CLIENT });
const { app, gate, owner, clock, putInForce } = await testApp({ text, oidc: { provider, system: "signInService" } });

let made = 0;
async function invited() {
  const { secret } = await inviteAccount(gate, systemCaller("test"), ["sales"]);
  const n = ++made;
  return { secret, name: `Colleague ${n}`, login: `outside${n}@example.fi`, language: "fi" };
}
const web = () => browser(app, { address: `10.4.0.${++made}` });
async function account() {
  const from = web();
  const answer = await from.ask("POST", "/api/invitation", { ...(await invited()), password: PASSWORD });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return from;
}
/** Goes there and comes back; answers what the server says then. */
async function through(from: Browser, start: string, who: string, body?: object, finish = from) {
  service.as(who);
  const begun = await from.ask("POST", start, body);
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const answer = await service.visit(begun.body.url);
  return finish.ask("POST", "/api/session/outside", { answer });
}
const signIn = (from: Browser, who: string) => through(from, "/api/session/outside/sign-in", who);

test("ASVS 10.5.2: an identity that nobody linked comes in nowhere, whatever its e-mail address is", async () => {
  const from = await account();
  const { login } = (await from.ask("GET", "/api/session/ways")).body;
  const stranger = await signIn(web(), login.split("@")[0]);
  assert.deepEqual([stranger.status, stranger.body.code], [401, "outsideUnknown"]);
  const [last] = (await rowsOf(owner, "audit_event")).filter(({ reason }) => reason === "signIn").slice(-1);
  assert.equal(last?.decision, "refused");
});

test("an account is linked by its own person after a fresh sign-in, and then signs in; the name is sealed", async () => {
  const from = await account();
  clock.forward(6 * 60_000);
  const stale = await from.ask("POST", "/api/session/outside/link");
  assert.deepEqual([stale.status, stale.body.code], [403, "freshSignIn"]);
  await from.ask("POST", "/api/session/proof", { password: PASSWORD });
  const linked = await through(from, "/api/session/outside/link", "aino");
  assert.deepEqual([linked.status, linked.body.did], [200, "linked"], JSON.stringify(linked.body));
  const other = web();
  const signedIn = await signIn(other, "aino");
  assert.deepEqual([signedIn.status, signedIn.body.did, signedIn.body.me.id], [200, "signedIn", linked.body.me.id]);
  const { body } = await other.ask("GET", "/api/session/ways");
  assert.deepEqual(
    body.outside.map(({ name, issuer }: Record<string, string>) => [name, issuer]),
    [["aino@example.fi", service.issuer]],
  );
  assert.ok(!JSON.stringify(await rowsOf(owner, "outside_identity")).includes("aino"));
  const second = await account();
  const taken = await through(second, "/api/session/outside/link", "aino");
  assert.deepEqual([taken.status, taken.body.code], [409, "outsideKnown"]);
});

test("an account begins with the service by its link, which is then used up", async () => {
  const newcomer = await invited();
  const from = web();
  const begun = await through(from, "/api/invitation/outside", "oiva", newcomer);
  assert.deepEqual([begun.status, begun.body.did], [200, "signedIn"], JSON.stringify(begun.body));
  assert.equal((await signIn(web(), "oiva")).body.me.id, begun.body.me.id);
  const again = await web().ask("POST", "/api/invitation/outside", newcomer);
  assert.deepEqual([again.status, again.body.code], [410, "invitationSpent"]);
});

test("ASVS 10.2.1, 10.5.1, 7.6.2: what comes back belongs to the browser that went, once and within minutes", async () => {
  const from = web();
  const elsewhere = web();
  service.as("oiva");
  const begin = async (one: Browser) => (await one.ask("POST", "/api/session/outside/sign-in")).body.url;
  const code = async (one: Browser, answer: string) =>
    (await one.ask("POST", "/api/session/outside", { answer })).body.code;
  const answer = await service.visit(await begin(from));
  assert.equal(await code(elsewhere, answer), "outsideFailed", "a stranger's answer planted on somebody");
  await begin(elsewhere);
  assert.equal(await code(elsewhere, answer), "outsideFailed", "another state, nonce and verifier");
  assert.equal(await code(from, answer), undefined);
  assert.equal(await code(from, answer), "outsideFailed", "a second time");
  const late = await service.visit(await begin(from));
  clock.forward(6 * 60_000);
  assert.equal(await code(from, late), "outsideFailed");
});

test("ASVS 7.5.3, 7.6.1: a proof signs in there anew, and only as oneself", async () => {
  const from = web();
  await signIn(from, "oiva");
  clock.forward(6 * 60_000);
  assert.equal((await from.ask("GET", "/api/session/proof")).body.freshUntil, null);
  const asked = new URL((await from.ask("POST", "/api/session/outside/proof")).body.url).searchParams;
  assert.deepEqual([asked.get("prompt"), asked.get("code_challenge_method")], ["login", "S256"]);
  const other = await through(from, "/api/session/outside/proof", "aino");
  assert.deepEqual([other.status, other.body.code], [401, "outsideFailed"]);
  const proved = await through(from, "/api/session/outside/proof", "oiva");
  assert.deepEqual([proved.status, proved.body.did], [200, "proved"], JSON.stringify(proved.body));
  assert.notEqual((await from.ask("GET", "/api/session/proof")).body.freshUntil, null);
});

test("a description that does not declare the service closes it at once", async () => {
  const from = web();
  assert.deepEqual((await from.ask("GET", "/api/sign-in")).body.outside, { label: "Yrityksen kirjautumispalvelu" });
  putInForce(plain);
  assert.equal((await from.ask("GET", "/api/sign-in")).body.outside, null);
  assert.equal((await from.ask("POST", "/api/session/outside/sign-in")).body.code, "outsideNotSet");
  putInForce(text);
});

test("a service that is away says so, and is asked again the next time", async () => {
  const away = openProvider({ issuer: "http://127.0.0.1:9", ...CLIENT });
  const begin = () => away.begin({ redirect: "http://localhost/signed-in", now: false });
  await assert.rejects(begin(), { code: "outsideUnreachable" });
  await assert.rejects(begin(), { code: "outsideUnreachable" });
});
