// Ways to sign in over HTTP, each under the number of OWASP ASVS 5.0.0 that asks for it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { TOTP, URI } from "otpauth";
import { systemCaller } from "../../../gate/caller.ts";
import { testApp } from "../../../test/app.ts";
import { authenticator } from "../../../test/authenticator.ts";
import { type Browser, browser } from "../../../test/browser.ts";
import { rowsOf } from "../../../test/database.ts";
import { MAIJA } from "../../../test/trade.ts";
import { inviteAccount } from "../accounts.ts";

const PASSWORD = "a quiet harbour at noon";
const MINUTE = 60_000;
const ORIGIN = "http://localhost";

const { app, gate, owner, clock, ask: asRole, served } = await testApp();
let made = 0;

async function invited(roles: string[], endsOn?: string) {
  const { secret } = await inviteAccount(gate, systemCaller("test"), roles, endsOn);
  const n = ++made;
  const newcomer = { secret, name: `Colleague ${n}`, login: `ways${n}@example.fi`, language: "fi" };
  return { newcomer, web: browser(app, { address: `10.3.0.${n}`, agent: "Mozilla/5.0 (X11; Linux) Firefox/140.0" }) };
}
async function account(roles = ["sales"], endsOn?: string) {
  const { newcomer, web } = await invited(roles, endsOn);
  const answer = await web.ask("POST", "/api/invitation", { ...newcomer, password: PASSWORD });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { web, login: newcomer.login, id: answer.body.id as string };
}
const signIn = (web: Browser, login: string, more: object = {}) =>
  web.ask("POST", "/api/session", { login, password: PASSWORD, ...more });
const proveWithPassword = async (web: Browser, more: object = {}) => {
  const answer = await web.ask("POST", "/api/session/proof", { password: PASSWORD, ...more });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
};
const ok = (answer: Awaited<ReturnType<Browser["ask"]>>) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
  return answer.body;
};
const refused = (answer: { status: number; body: { code?: string } }, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));

async function passkeyOf(web: Browser, device = authenticator({ origin: ORIGIN }), label = "Phone") {
  const options = ok(await web.ask("POST", "/api/session/passkeys/options"));
  const { id } = ok(await web.ask("POST", "/api/session/passkeys", { credential: device.create(options), label }));
  return { device, id: String(id) };
}
const appOf = (uri: string) => {
  const totp = URI.parse(uri);
  assert.ok(totp instanceof TOTP);
  return () => totp.generate({ timestamp: clock.now().getTime() });
};
async function secondFactor(web: Browser) {
  const begun = ok(await web.ask("POST", "/api/session/second-factor/options"));
  const code = appOf(begun.uri);
  const { recoveryCodes } = ok(await web.ask("POST", "/api/session/second-factor", { code: code() }));
  return { code, recoveryCodes: recoveryCodes };
}

suite("passwords", () => {
  test("ASVS 6.2.1, 6.2.5, 6.2.8, 6.2.9: twelve characters of any kind, up to two hundred, exactly as they were typed", async () => {
    const { web, login } = await account();
    const set = (password: string) => web.ask("POST", "/api/session/password", { password });
    refused(await set("kolme sanaa"), 422, "invalid");
    const long = Array.from({ length: 40 }, (_, n) => `${n} ä€漢`)
      .join(" ")
      .slice(0, 200);
    ok(await set(long));
    refused(await signIn(web, login, { password: long.toUpperCase() }), 401, "signInFailed");
    refused(await signIn(web, login, { password: long.slice(0, 72) }), 401, "signInFailed");
    ok(await signIn(web, login, { password: long }));
  });

  test("ASVS 6.2.2, 6.2.3, 7.4.3: a password is changed after proving oneself anew, and other sessions end", async () => {
    const { web, login } = await account();
    const other = browser(app, { address: "10.3.9.1" });
    ok(await signIn(other, login));
    clock.forward(6 * MINUTE);
    const change = () => web.ask("POST", "/api/session/password", { password: "uusi ihan oma lauseeni" });
    refused(await change(), 403, "freshSignIn");
    await proveWithPassword(web);
    ok(await change());
    assert.equal((await other.ask("GET", "/api/session")).status, 401);
    assert.equal((await web.ask("GET", "/api/session")).status, 200);
    refused(await signIn(other, login), 401, "signInFailed");
  });

  test("ASVS 6.2.4, 6.2.11: what anybody would try first is refused, also in an invitation", async () => {
    const { web, login } = await account();
    for (const password of ["Salasana123456!", "walttia-walttia", "qwertyuiop1234", login, "heinakuu 2026!!!"])
      refused(await web.ask("POST", "/api/session/password", { password }), 422, "passwordCommon");
    const { newcomer, web: guest } = await invited(["sales"]);
    refused(
      await guest.ask("POST", "/api/invitation", { ...newcomer, password: `${newcomer.name} 2026` }),
      422,
      "passwordCommon",
    );
    ok(await guest.ask("POST", "/api/invitation", { ...newcomer, password: PASSWORD }));
  });
});

suite("a way back", () => {
  test("ASVS 6.4.1, 6.4.3, 6.4.6: who looks after accounts gives a link, the person chooses the password, and the second factor stays", async () => {
    const keeper = await account(["responsiblePerson"]);
    const { web, login, id } = await account();
    const { recoveryCodes } = await secondFactor(web);
    const give = async () => {
      const given = await keeper.web.ask("POST", `/api/accounts/${id}/link`);
      assert.equal(given.status, 201, JSON.stringify(given.body));
      return String(given.body.link).split("invitation=")[1] ?? "";
    };
    const secret = await give();
    const [line] = ok(await keeper.web.ask("GET", "/api/accounts/invitations")).items;
    assert.equal(line.back, (await web.ask("GET", "/api/session")).body.name);
    const lost = browser(app, { address: "10.3.4.1" });
    assert.deepEqual(ok(await lost.ask("POST", "/api/invitation/look", { secret })), { login });
    const newcomer = { secret, name: "Somebody", login: "somebody@example.fi", language: "fi", password: PASSWORD };
    refused(await lost.ask("POST", "/api/invitation", newcomer), 410, "invitationSpent");
    const choose = (password: string) => lost.ask("POST", "/api/invitation/password", { secret, password });
    refused(await choose(`${login}2026`), 422, "passwordCommon");
    const chosen = "aivan uusi lause tähän";
    ok(await choose(chosen));
    refused(await choose(chosen), 410, "invitationSpent");
    assert.equal((await web.ask("GET", "/api/session")).status, 401, "its sessions end");
    assert.equal((await lost.ask("GET", "/api/session")).status, 401, "the link itself signs nobody in");
    refused(await signIn(lost, login), 401, "signInFailed");
    refused(await signIn(lost, login, { password: chosen }), 401, "secondFactorNeeded");
    ok(await signIn(lost, login, { password: chosen, code: recoveryCodes[0] }));
    const second = await give();
    ok(await keeper.web.ask("PATCH", `/api/accounts/${id}`, { disabled: true }));
    refused(await lost.ask("POST", "/api/invitation/look", { secret: second }), 410, "invitationSpent");
  });
});

suite("a second factor", () => {
  test("ASVS 6.3.3, 6.5.1, 6.5.5, 6.5.8: the password is not enough, a code works once, and only around its own half minute", async () => {
    const { web, login } = await account();
    const { code } = await secondFactor(web);
    refused(await signIn(web, login), 401, "secondFactorNeeded");
    refused(await signIn(web, login, { code: code() }), 401, "codeWrong");
    clock.forward(30_000);
    const now = code();
    const [one, two] = await Promise.all([signIn(web, login, { code: now }), signIn(web, login, { code: now })]);
    assert.deepEqual([one.status, two.status].sort(), [200, 401], "of two at once one comes in");
    refused(await signIn(web, login, { code: now }), 401, "codeWrong");
    clock.forward(MINUTE);
    const late = code();
    clock.forward(MINUTE);
    refused(await signIn(web, login, { code: late }), 401, "codeWrong");
    const before = code();
    clock.forward(30_000);
    ok(await signIn(web, login, { code: before }));
    const [session] = ok(await web.ask("GET", "/api/session/all")).items;
    assert.equal(session?.way, "passwordAndCode");
  });

  test("ASVS 6.5.1, 6.5.2, 6.5.4: ten recovery codes, each once, none of them stored as it is", async () => {
    const { web, login, id } = await account();
    const { recoveryCodes } = await secondFactor(web);
    assert.equal(new Set(recoveryCodes).size, 10);
    for (const code of recoveryCodes) assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const [first = "", second = ""] = recoveryCodes;
    ok(await signIn(web, login, { code: first.toLowerCase().replaceAll("-", " ") }));
    refused(await signIn(web, login, { code: first }), 401, "codeWrong");
    const rows = (await rowsOf(owner, "recovery_code")).filter(({ subject_id }) => subject_id === id);
    assert.equal(rows.filter(({ used_at }) => used_at === null).length, 9);
    assert.ok(!JSON.stringify(rows).includes(first));
    const renewed = ok(await web.ask("POST", "/api/session/recovery-codes")).recoveryCodes;
    refused(await signIn(web, login, { code: second }), 401, "codeWrong");
    ok(await signIn(web, login, { code: renewed[0] }));
  });

  test("ASVS 6.5.6, 6.4.4: a factor is taken away by its own person or by who looks after accounts, and the sessions end", async () => {
    const { web, login, id } = await account();
    await secondFactor(web);
    const keeper = await account(["responsiblePerson"]);
    const seen = ok(await keeper.web.ask("GET", `/api/accounts/${id}/sign-in`));
    assert.deepEqual([seen.secondFactor, seen.password, seen.passkeys], [true, true, 0]);
    refused(await web.ask("DELETE", `/api/accounts/${id}/second-factor`), 403, "refused.keepingNotByRole");
    ok(await keeper.web.ask("DELETE", `/api/accounts/${id}/second-factor`));
    assert.equal((await web.ask("GET", "/api/session")).status, 401);
    assert.equal((await rowsOf(owner, "recovery_code")).filter(({ subject_id }) => subject_id === id).length, 0);
    ok(await signIn(web, login));
  });

  test("ASVS 6.3.1: codes are guessed ten times at most, and only by somebody who knows the password", async () => {
    const { web, login } = await account();
    const { recoveryCodes } = await secondFactor(web);
    for (let n = 0; n < 10; n++) {
      const from = browser(app, { address: `10.3.8.${n}` });
      refused(await signIn(from, login, { code: "000000" }), 401, "codeWrong");
    }
    const from = browser(app, { address: "10.3.8.99" });
    refused(await signIn(from, login, { code: "000000" }), 429, "tooManyAttempts");
    refused(await signIn(from, login, { password: "some other password", code: "000000" }), 401, "signInFailed");
    clock.forward(16 * MINUTE);
    ok(await signIn(from, login, { code: recoveryCodes[0] }));
  });
});

suite("passkeys", () => {
  test("ASVS 6.3.3 (level 3): a passkey is added after a fresh sign-in, signs in without a name, and is renamed", async () => {
    const { web } = await account();
    clock.forward(6 * MINUTE);
    refused(await web.ask("POST", "/api/session/passkeys/options"), 403, "freshSignIn");
    await proveWithPassword(web);
    const { device, id } = await passkeyOf(web);
    const fresh = browser(app, { address: "10.3.7.1" });
    const options = ok(await fresh.ask("POST", "/api/session/passkey/options"));
    assert.equal(options.allowCredentials, undefined, "nothing is told of who has one");
    assert.equal(options.userVerification, "required");
    const me = ok(await fresh.ask("POST", "/api/session/passkey", { credential: device.get(options) }));
    assert.ok(me.id);
    ok(await fresh.ask("PATCH", `/api/session/passkeys/${id}`, { label: "Work phone" }));
    const { passkeys } = ok(await fresh.ask("GET", "/api/session/ways"));
    assert.deepEqual([passkeys.length, passkeys[0]?.label, typeof passkeys[0]?.usedAt], [1, "Work phone", "string"]);
    const stored = JSON.stringify(await rowsOf(owner, "passkey"));
    assert.ok(!stored.includes("phone") && !stored.includes(String(device.kept[0]?.id.toString("base64url"))));
  });

  test("ASVS 6.3.3, 7.2.4: a challenge works once, in the browser that asked, for a few minutes, at this address, with the person verified", async () => {
    const { web } = await account();
    const { device } = await passkeyOf(web);
    const begin = async (from: Browser) => ok(await from.ask("POST", "/api/session/passkey/options"));
    const use = (from: Browser, credential: object) => from.ask("POST", "/api/session/passkey", { credential });
    const mine = browser(app, { address: "10.3.7.2" });
    const answer = device.get(await begin(mine));
    refused(await use(browser(app, { address: "10.3.7.3" }), answer), 401, "passkeyFailed");
    ok(await use(mine, answer));
    refused(await use(mine, answer), 401, "passkeyFailed");
    const late = device.get(await begin(mine));
    clock.forward(6 * MINUTE);
    refused(await use(mine, late), 401, "passkeyFailed");
    const begun = await begin(mine);
    const elsewhere = authenticator({ origin: "http://localhost.evil.example" });
    elsewhere.kept.push(...device.kept);
    refused(await use(mine, elsewhere.get(begun)), 401, "passkeyFailed");
    const touched = authenticator({ origin: ORIGIN, verified: false });
    touched.kept.push(...device.kept);
    refused(await use(mine, touched.get(await begin(mine))), 401, "passkeyFailed");
  });

  test("ASVS 6.3.3: a copy that counts behind the true one is refused", async () => {
    const { web } = await account();
    const { device } = await passkeyOf(web, authenticator({ origin: ORIGIN, counter: 40 }));
    const use = async () => {
      const options = ok(await web.ask("POST", "/api/session/passkey/options"));
      return web.ask("POST", "/api/session/passkey", { credential: device.get(options) });
    };
    ok(await use());
    device.countFrom(7);
    refused(await use(), 401, "passkeyFailed");
    device.countFrom(900);
    ok(await use());
  });

  test("ASVS 6.5.6: a way is taken away with the other sessions, but never the last one", async () => {
    const { web, login } = await account();
    refused(await web.ask("DELETE", "/api/session/password"), 409, "lastWay");
    const { id, device } = await passkeyOf(web);
    ok(await web.ask("DELETE", "/api/session/password"));
    refused(await signIn(browser(app, { address: "10.3.7.9" }), login), 401, "signInFailed");
    refused(await web.ask("DELETE", `/api/session/passkeys/${id}`), 409, "lastWay");
    const second = await passkeyOf(web, authenticator({ origin: ORIGIN }), "Key");
    const [one, two] = await Promise.all(
      [id, second.id].map((passkey) => web.ask("DELETE", `/api/session/passkeys/${passkey}`)),
    );
    assert.deepEqual([one?.status, two?.status].sort(), [200, 409], "of two at once one stays");
    assert.ok(device.kept.length > 0);
  });

  test("an account begins with a passkey, bound to its link", async () => {
    const { newcomer, web } = await invited(["sales"]);
    const { newcomer: another } = await invited(["responsiblePerson"]);
    const device = authenticator({ origin: ORIGIN });
    const begin = async () => ok(await web.ask("POST", "/api/invitation/passkey/options", newcomer));
    const with_ = (credential: object) => ({ passkey: { credential, label: "Phone" } });
    refused(
      await web.ask("POST", "/api/invitation", { ...another, ...with_(device.create(await begin())) }),
      422,
      "passkeyFailed",
    );
    refused(await web.ask("POST", "/api/invitation", newcomer), 422, "oneWay");
    const me = ok(await web.ask("POST", "/api/invitation", { ...newcomer, ...with_(device.create(await begin())) }));
    const fresh = browser(app, { address: "10.3.7.5" });
    const options = ok(await fresh.ask("POST", "/api/session/passkey/options"));
    const again = ok(await fresh.ask("POST", "/api/session/passkey", { credential: device.get(options) }));
    assert.equal(again.id, me.id);
  });

  test("an address that cannot have passkeys says why", async () => {
    const web = browser(app);
    for (const [host, not] of [
      ["localhost:80", null],
      ["192.168.1.7:4700", "passkeysNeedName"],
      ["[::1]:4700", "passkeysNeedName"],
      ["register.local", "passkeysNeedHttps"],
    ] as const) {
      assert.equal(ok(await web.ask("GET", "/api/sign-in", undefined, { host })).passkeysNot, not, host);
      const begun = await web.ask("POST", "/api/session/passkey/options", undefined, { host });
      if (not === null) ok(begun);
      else refused(begun, 409, not);
    }
  });
});

suite("sessions", () => {
  test("ASVS 7.2.3, 7.2.4: each sign-in and each proof makes another secret of 256 random bits, and the one before opens nothing", async () => {
    const { web, login } = await account();
    const secrets = [web.cookies.get("tietovirta")];
    ok(await signIn(web, login));
    secrets.push(web.cookies.get("tietovirta"));
    await proveWithPassword(web);
    secrets.push(web.cookies.get("tietovirta"));
    assert.equal(new Set(secrets).size, 3);
    for (const secret of secrets) assert.match(String(secret), /^[\w-]{43}$/);
    for (const secret of secrets.slice(0, 2)) {
      const old = browser(app);
      old.cookies.set("tietovirta", String(secret));
      assert.equal((await old.ask("GET", "/api/session")).status, 401);
    }
    assert.equal((await web.ask("GET", "/api/session")).status, 200);
  });

  test("ASVS 7.5.2: one's own sessions are listed with device and way, and ended one by one or all but this", async () => {
    const { web, login } = await account();
    const others = [1, 2].map((n) => browser(app, { address: `10.3.6.${n}`, agent: "Mozilla (iPhone) Safari/605" }));
    for (const other of others) ok(await signIn(other, login));
    const list = async () => ok(await web.ask("GET", "/api/session/all")).items;
    const all = await list();
    assert.deepEqual(
      all.map(({ device, way, here }: Record<string, unknown>) => [device, way, here].join(" ")).sort(),
      ["Firefox, Linux invitation true", "Safari, iPhone password false", "Safari, iPhone password false"],
    );
    const { web: stranger } = await account();
    const one = String(all.find(({ here }: { here: boolean }) => !here)?.id);
    assert.equal((await stranger.ask("DELETE", `/api/session/all/${one}`)).status, 404);
    assert.deepEqual(ok(await web.ask("DELETE", `/api/session/all/${one}`)), { ended: 1 });
    assert.deepEqual(ok(await web.ask("DELETE", "/api/session/all")), { ended: 1 });
    for (const other of others) assert.equal((await other.ask("GET", "/api/session")).status, 401);
    assert.equal((await list()).length, 1);
  });

  test("ASVS 7.1.2: five at once, and the oldest ends", async () => {
    const { web, login } = await account();
    const others: Browser[] = [];
    for (let n = 0; n < 5; n++) {
      clock.forward(1000);
      const other = browser(app, { address: `10.3.5.${n}` });
      ok(await signIn(other, login));
      others.push(other);
    }
    assert.equal((await web.ask("GET", "/api/session")).status, 401);
    for (const other of others) assert.equal((await other.ask("GET", "/api/session")).status, 200);
  });

  test("ASVS 7.4.5: who looks after accounts ends a colleague's sessions, after a fresh sign-in", async () => {
    const keeper = await account(["responsiblePerson"]);
    const { web, id } = await account();
    clock.forward(6 * MINUTE);
    refused(await keeper.web.ask("DELETE", `/api/accounts/${id}/sessions`), 403, "freshSignIn");
    await proveWithPassword(keeper.web);
    assert.deepEqual(ok(await keeper.web.ask("DELETE", `/api/accounts/${id}/sessions`)), { ended: 1 });
    assert.equal((await web.ask("GET", "/api/session")).status, 401);
  });

  test("ASVS 7.5.1, 7.5.3: what reveals, takes out, erases or changes accounts and ways asks for a fresh sign-in, and the refusal is in the log", async () => {
    const fresh = served.filter((contract) => contract.fresh);
    const paths = fresh.map(({ method, path }) => `${method} ${path}`);
    for (const path of [
      "POST /customers/:id/identity-code",
      "POST /customers/:id/erasure",
      "GET /customers/:id/access",
      "GET /evidence/entries",
      "POST /retention/run",
      "POST /keys/recovery/sheet",
      "POST /accounts",
      "PATCH /accounts/:id",
      "POST /session/password",
      "DELETE /session/passkeys/:id",
    ])
      assert.ok(paths.includes(path), `${path} among ${paths.join(", ")}`);
    const { body } = await asRole("administration", "POST", "/api/customers", { ...MAIJA, source: "phone" });
    const { web, id } = await account(["responsiblePerson", "administration"]);
    clock.forward(5 * MINUTE);
    const erase = () => web.ask("POST", `/api/customers/${body.id}/erasure`, { ground: "noLongerNeeded" });
    refused(await erase(), 403, "freshSignIn");
    ok(await web.ask("GET", `/api/customers/${body.id}`));
    const noted = (await rowsOf(owner, "audit_event")).filter(
      ({ actor, reason }) => actor === id && reason === "freshSignIn",
    );
    assert.deepEqual(
      noted.map(({ decision, right_kind }) => [decision, right_kind]),
      [["refused", "erasure"]],
    );
    const before = ok(await web.ask("GET", "/api/session/proof"));
    assert.deepEqual([before.freshUntil, before.password, before.passkey], [null, true, false]);
    await proveWithPassword(web);
    ok(await erase());
  });

  test("a proof by passkey is as good, and only one's own", async () => {
    const { web } = await account();
    const { device } = await passkeyOf(web);
    const { web: other } = await account();
    const { device: others } = await passkeyOf(other);
    clock.forward(6 * MINUTE);
    const begin = async () => ok(await web.ask("POST", "/api/session/proof/passkey/options"));
    const prove = (credential: object) => web.ask("POST", "/api/session/proof/passkey", { credential });
    refused(await prove(others.get(await begin())), 401, "passkeyFailed");
    ok(await prove(device.get(await begin())));
    ok(await web.ask("POST", "/api/session/passkeys/options"));
  });

  test("ASVS 8.3.2: an outsider's account has a last day, and neither it nor its sessions outlive that", async () => {
    const keeper = await account(["responsiblePerson"]);
    const invite = (more: object) => keeper.web.ask("POST", "/api/accounts", { roles: ["accountant"], ...more });
    refused(await invite({}), 422, "endNeeded");
    refused(await invite({ endsOn: "2020-01-01" }), 422, "endPassed");
    refused(await invite({ endsOn: "2031-01-01" }), 422, "endTooFar");
    clock.set("2027-03-01T20:00:00Z");
    const { web, login, id } = await account(["accountant"], "2027-03-01");
    ok(await web.ask("GET", "/api/session"));
    const ends = (await rowsOf(owner, "session")).filter(({ subject_id }) => subject_id === id);
    assert.deepEqual(
      ends.map(({ ends_at }) => ends_at),
      [new Date("2027-03-01T22:00:00Z")],
      "midnight in Finland",
    );
    clock.set("2027-03-01T22:00:00Z");
    assert.equal((await web.ask("GET", "/api/session")).status, 401);
    refused(await signIn(web, login), 401, "signInFailed");
    const { closeEnded } = await import("../accounts.ts");
    assert.deepEqual(await closeEnded(gate), [id]);
    const closed = (await rowsOf(owner, "account")).find(({ subject_id }) => subject_id === id);
    assert.notEqual(closed?.disabled_at, null, "its period begins to run");
    ok(await signIn(keeper.web, keeper.login));
    const change = (body: object) => keeper.web.ask("PATCH", `/api/accounts/${id}`, body);
    refused(await change({ disabled: false }), 422, "endPassed");
    ok(await change({ disabled: false, endsOn: "2027-06-30" }));
    ok(await signIn(web, login));
  });
});
