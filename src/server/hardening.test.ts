// Headers, cookies and what guessing finds, each under the number of OWASP ASVS 5.0.0 that asks for it. Ways to sign in and sessions have theirs beside
// the staff register.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { systemCaller } from "../gate/caller.ts";
import { inviteAccount } from "../registers/staff/accounts.ts";
import { testApp } from "../test/app.ts";
import { authenticator } from "../test/authenticator.ts";
import { browser } from "../test/browser.ts";
import { rowsOf } from "../test/database.ts";

const PASSWORD = "a quiet harbour at noon";
const web = mkdtempSync(join(tmpdir(), "tietovirta-web-"));
after(() => rmSync(web, { recursive: true }));
writeFileSync(
  join(web, "index.html"),
  '<!doctype html><html><head><script type="module" src="/a.js"></script><link rel="stylesheet" href="/a.css"></head></html>',
);

suite("headers and cookies", async () => {
  const { app, gate, ask } = await testApp({ https: true, web });
  const page = () => app.inject({ url: "/customers", headers: { accept: "text/html" } });

  test("ASVS 3.4.3, 3.4.6, 3.2.2: a page runs only its own scripts, by a nonce that is new each time, and makes no code of text", async () => {
    const [one, two] = [await page(), await page()];
    assert.equal(one.statusCode, 200);
    const policy = String(one.headers["content-security-policy"]);
    const [, nonce = ""] = /script-src 'nonce-([\w-]{43})' 'strict-dynamic';/.exec(policy) ?? [];
    assert.notEqual(nonce, "");
    assert.ok(!String(two.headers["content-security-policy"]).includes(nonce));
    assert.equal(one.body.split(`nonce="${nonce}"`).length - 1, 3, "script, style and what the page itself reads");
    for (const part of [
      "default-src 'none'",
      `style-src 'self' 'nonce-${nonce}'`,
      "object-src",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types default",
    ].filter((part) => part !== "object-src"))
      assert.ok(policy.includes(part), `${part} in ${policy}`);
    assert.ok(!/unsafe|https?:|\*/.test(policy), policy);
    assert.equal(one.headers["cache-control"], "no-store");
    assert.equal((await app.inject({ url: "/index.html", headers: { accept: "*/*" } })).statusCode, 404);
  });

  test("ASVS 3.2.1, 3.4.3: a printed document runs nothing and is styled by its own style alone", async () => {
    const printed = await ask("responsiblePerson", "GET", "/api/documents/notice/print?language=fi");
    assert.equal(printed.status, 200);
    const policy = String(printed.headers["content-security-policy"]);
    assert.match(policy, /^default-src 'none';.*style-src 'sha256-[A-Za-z0-9+/]{43}='/);
    assert.ok(!policy.includes("script-src") && !policy.includes("unsafe"));
  });

  test("ASVS 3.4.1, 3.4.4, 3.4.5, 3.4.8, 3.5.8: every answer says how it may be used", async () => {
    for (const answer of [
      await page(),
      await app.inject({ url: "/api/session" }),
      await app.inject({ url: "/health" }),
    ])
      for (const [name, value] of [
        ["strict-transport-security", /^max-age=31536000; includeSubDomains$/],
        ["x-content-type-options", /^nosniff$/],
        ["referrer-policy", /^no-referrer$/],
        ["cross-origin-opener-policy", /^same-origin$/],
        ["cross-origin-resource-policy", /^same-origin$/],
        ["permissions-policy", /camera=\(\).*geolocation=\(\)/],
      ] as const)
        assert.match(String(answer.headers[name]), value, name);
    const answer = await app.inject({ url: "/api/session", headers: { origin: "https://evil.example" } });
    assert.equal(answer.headers["access-control-allow-origin"], undefined);
    assert.equal(answer.headers["cache-control"], "no-store");
  });

  test("ASVS 3.3.1, 3.3.2, 3.3.3, 3.3.4: cookies are of this host alone, over HTTPS, unseen by scripts, and sent by our own pages", async () => {
    const { secret } = await inviteAccount(gate, systemCaller("test"), ["sales"]);
    const made = await app.inject({
      method: "POST",
      url: "/api/invitation",
      headers: { "sec-fetch-site": "same-origin" },
      payload: { secret, name: "Colleague", login: "cookie@example.fi", password: PASSWORD, language: "fi" },
    });
    const begun = await app.inject({
      method: "POST",
      url: "/api/session/passkey/options",
      headers: { "sec-fetch-site": "same-origin", host: "localhost" },
    });
    const given = [...[made.headers["set-cookie"]].flat(), ...[begun.headers["set-cookie"]].flat()].filter(
      (cookie) => !/=;/.test(String(cookie)),
    );
    assert.equal(given.length, 3);
    for (const cookie of given)
      assert.match(
        String(cookie),
        /^__Host-tietovirta((-mark)?=[\w-]{43}|-device=[\w-]{22}; Max-Age=31536000); Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
  });

  test("ASVS 3.5.3, 4.1.4: only the methods that a route has, and no change by a GET", async () => {
    for (const [method, url] of [
      ["PUT", "/api/session"],
      ["GET", "/api/session/passkey/options"],
      ["POST", "/api/session/ways"],
    ] as const)
      assert.equal(
        (await app.inject({ method, url, headers: { "sec-fetch-site": "same-origin" } })).statusCode,
        404,
        url,
      );
  });
});

suite("what guessing finds", async () => {
  const sent: string[] = [];
  const { app, gate, owner, clock } = await testApp({ statements: (text) => void sent.push(text) });
  let made = 0;
  async function account() {
    const { secret } = await inviteAccount(gate, systemCaller("test"), ["sales"]);
    const login = `guessed${++made}@example.fi`;
    const from = browser(app, { address: `10.5.0.${made}` });
    const newcomer = { secret, name: `Colleague ${made}`, login, language: "fi" };
    const { status, body } = await from.ask("POST", "/api/invitation", { ...newcomer, password: PASSWORD });
    assert.equal(status, 201, JSON.stringify(body));
    return { from, login, id: body.id as string };
  }
  const signIn = (address: string, login: string, password: string) =>
    browser(app, { address }).ask("POST", "/api/session", { login, password });

  test("ASVS 6.3.8: whether there is such an account changes neither the answer nor the work behind it", async () => {
    const { login, id } = await account();
    const { login: closed, id: closedId } = await account();
    await owner.updateTable("account").set({ disabled_at: clock.now() }).where("subject_id", "=", closedId).execute();
    const { login: withoutPassword, id: passkeyId } = await account();
    await owner.updateTable("account").set({ password_hash: null }).where("subject_id", "=", passkeyId).execute();
    const look = async (who: string, password: string) => {
      sent.length = 0;
      const { status, body, headers } = await signIn("10.5.1.1", who, password);
      const { date: _, ...kept } = headers;
      return { status, body, headers: Object.keys(kept).sort(), sent: [...sent] };
    };
    const nobody = await look("nobody@example.fi", "not the password");
    assert.equal(nobody.status, 401);
    assert.ok(nobody.sent.length > 2, "nothing was heard");
    for (const who of [login, closed, withoutPassword]) assert.deepEqual(await look(who, "not the password"), nobody);
    const right = await look(closed, PASSWORD);
    assert.deepEqual([right.status, right.body], [nobody.status, nobody.body]);
    assert.ok(id);
  });

  test("ASVS 6.3.8: asking for a passkey tells of nobody, and one that is not known is refused like one that does not fit", async () => {
    const from = browser(app, { address: "10.5.1.2" });
    const device = authenticator({ origin: "http://localhost" });
    device.create({ challenge: "x", rp: { id: "localhost" }, user: { id: "AAAAAAAAAAAAAAAAAAAAAA" } });
    const { body } = await from.ask("POST", "/api/session/passkey/options");
    assert.deepEqual(Object.keys(body).sort(), ["challenge", "rpId", "timeout", "userVerification"]);
    const refused = await from.ask("POST", "/api/session/passkey", { credential: device.get(body) });
    assert.deepEqual([refused.status, refused.body.code], [401, "passkeyFailed"]);
  });

  test("ASVS 6.1.1, 6.3.1: guesses from everywhere lock nobody out of a passkey, and a password only for minutes", async () => {
    const { from, login, id } = await account();
    const device = authenticator({ origin: "http://localhost" });
    const options = (await from.ask("POST", "/api/session/passkeys/options")).body;
    const added = await from.ask("POST", "/api/session/passkeys", { credential: device.create(options), label: "Key" });
    assert.equal(added.status, 201, JSON.stringify(added.body));
    let evaluated = 0;
    for (let n = 0; n < 60; n++)
      if ((await signIn(`10.6.${n}.1`, login, `guess number ${n}`)).status === 401) evaluated++;
    assert.equal(evaluated, 30);
    assert.equal((await signIn("10.5.1.3", login, PASSWORD)).status, 429);
    const own = browser(app, { address: "10.5.1.3" });
    const begun = (await own.ask("POST", "/api/session/passkey/options")).body;
    const came = await own.ask("POST", "/api/session/passkey", { credential: device.get(begun) });
    assert.deepEqual([came.status, came.body.id], [200, id]);
    assert.equal((await from.ask("GET", "/api/session")).status, 200, "nor does it end a session");
    clock.forward(5 * 60_000);
    assert.equal((await signIn("10.5.1.3", login, PASSWORD)).status, 200);
    const noted = (await rowsOf(owner, "audit_event")).filter(({ reason }) => reason === "tooMany");
    assert.ok(noted.length >= 30);
  });

  test("ASVS 8.3.1, 8.3.2: what a role may is asked at each request, also in the middle of a session", async () => {
    const { from, id } = await account();
    assert.equal((await from.ask("GET", "/api/customers")).status, 200);
    const { from: keeper, id: keeperId } = await account();
    await owner
      .insertInto("account_role")
      .values({ subject_id: keeperId, role: "responsiblePerson", at: clock.now(), by: "test" })
      .execute();
    // Written past the register, so that its own memory of the session has to be told.
    const { body } = await keeper.ask("POST", "/api/session/proof", { password: PASSWORD });
    assert.ok(body.freshUntil);
    assert.equal((await keeper.ask("PATCH", `/api/accounts/${id}`, { roles: [] })).status, 200);
    assert.equal((await from.ask("GET", "/api/customers")).status, 403);
  });

  test("ASVS 6.3.2: a new register has no account of anybody", async () => {
    const { owner: fresh } = await testApp();
    assert.deepEqual(await rowsOf(fresh, "account"), []);
    assert.deepEqual(await rowsOf(fresh, "token"), []);
  });
});
