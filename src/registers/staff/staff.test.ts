import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { digest } from "../../keys/token.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { newId } from "../../values/Uuid.ts";
import { inviteAccount, inviteFirst } from "./accounts.ts";

const PASSWORD = "a quiet harbour at noon";
const here = { "sec-fetch-site": "same-origin" };
const MINUTE = 60_000;

suite("accounts, sessions, tokens", async () => {
  const { app, ask, gate, owner, clock, actors } = await testApp();
  let made = 0;

  async function invitation(roles: string[]): Promise<string> {
    const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
    return (await inviteAccount(gate, caller, roles)).secret;
  }
  async function account(roles: string[]) {
    const login = `Person${++made}@example.fi`;
    const body = { secret: await invitation(roles), name: "Testi Henkilö", login, password: PASSWORD, language: "fi" };
    const answer = await app.inject({ method: "POST", url: "/api/invitation", headers: here, payload: body });
    assert.equal(answer.statusCode, 201, answer.body);
    return { login, id: answer.json().id, me: answer.json(), cookie: cookieOf(answer) };
  }
  const cookieOf = (answer: { headers: Record<string, unknown> }): string => {
    const [cookie] = [answer.headers["set-cookie"]].flat();
    return String(cookie).split(";")[0] ?? "";
  };
  const signIn = (login: string, password: string, headers = {}, remoteAddress = "10.0.0.1") =>
    app.inject({
      method: "POST",
      url: "/api/session",
      headers: { ...here, ...headers },
      payload: { login, password },
      remoteAddress,
    });
  const me = (cookie: string) => app.inject({ url: "/api/session", headers: { cookie } });

  test("ASVS 7.2.4, 7.4.1, 14.3.1: an account begins with a link, signs in, and ends by signing out", async () => {
    const { login, me: first, cookie: earlier } = await account(["sales"]);
    assert.equal(first.name, "Testi Henkilö");
    assert.ok(first.may.includes("collect customers"));
    assert.ok(!first.may.includes("keeps accounts read"));
    assert.ok(first.may.includes("collect customers orders"));
    assert.ok(first.mayFor.warranty.includes("read customers orders"));
    assert.ok(!first.mayFor.warranty.includes("collect customers"), "what another purpose allows is not this one's");
    assert.equal(first.mayFor.bookkeeping, undefined, "a purpose that is not held has no words");
    const answer = await signIn(login.toUpperCase(), PASSWORD, { cookie: earlier });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.match(String(answer.headers["set-cookie"]), /HttpOnly; SameSite=Strict/);
    const cookie = cookieOf(answer);
    assert.notEqual(cookie, earlier, "a session is never taken over");
    assert.equal((await me(earlier)).statusCode, 401, "the session that was there has ended");
    assert.equal((await me(cookie)).statusCode, 200);
    const out = await app.inject({ method: "DELETE", url: "/api/session", headers: { ...here, cookie } });
    assert.equal(out.statusCode, 200);
    assert.equal(out.headers["clear-site-data"], '"cache", "storage"');
    assert.equal((await me(cookie)).statusCode, 401);
    const [stored] = await rowsOf(owner, "account");
    assert.ok(!JSON.stringify(stored).toLowerCase().includes(login.toLowerCase()));
  });

  test("ASVS 7.2.4: a session that a stranger planted is not taken", async () => {
    const { login } = await account(["sales"]);
    const planted = "tietovirta=plantedplantedplantedplantedplantedplanted0";
    const cookie = cookieOf(await signIn(login, PASSWORD, { cookie: planted }));
    assert.notEqual(cookie, planted);
    assert.equal((await me(planted)).statusCode, 401);
  });

  test("ASVS 6.4.1: a link works once", async () => {
    const secret = await invitation(["sales"]);
    const body = { secret, name: "Testi", login: "once@example.fi", password: PASSWORD, language: "en" };
    const redeem = () => app.inject({ method: "POST", url: "/api/invitation", headers: here, payload: body });
    assert.equal((await redeem()).statusCode, 201);
    assert.equal((await redeem()).statusCode, 410);
    const late = await invitation(["sales"]);
    clock.forward(49 * 60 * MINUTE);
    const answer = await app.inject({
      method: "POST",
      url: "/api/invitation",
      headers: here,
      payload: { ...body, secret: late },
    });
    assert.equal(answer.json().code, "invitationSpent");
  });

  test("ASVS 3.5.1, 3.5.2, 3.5.3: another site's page changes nothing", async () => {
    const { cookie } = await account(["sales"]);
    const change = (headers: object) =>
      app.inject({
        method: "PATCH",
        url: "/api/session",
        headers: { cookie, ...headers },
        payload: { language: "sv" },
      });
    for (const headers of [
      {},
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
    ]) {
      const answer = await change(headers);
      assert.equal(answer.statusCode, 403, JSON.stringify(headers));
      assert.equal(answer.json().code, "crossSite");
    }
    assert.equal((await change({ origin: "http://localhost:80", host: "localhost:80" })).statusCode, 200);
    assert.equal((await change(here)).json().language, "sv");
    const form = await app.inject({
      method: "PATCH",
      url: "/api/session",
      headers: { cookie, ...here, "content-type": "application/x-www-form-urlencoded" },
      payload: "language=fi",
    });
    assert.equal(form.statusCode, 415);
  });

  test("ASVS 7.4.2, 8.3.2: roles that change count at the next request, and closing an account ends its sessions", async () => {
    const keeper = await account(["responsiblePerson"]);
    const person = await account(["sales"]);
    const change = (body: object) =>
      app.inject({
        method: "PATCH",
        url: `/api/accounts/${person.id}`,
        headers: { ...here, cookie: keeper.cookie },
        payload: body,
      });
    assert.deepEqual((await me(person.cookie)).json().roles, ["sales"]);
    assert.equal((await change({ roles: ["invoicing"] })).statusCode, 200);
    assert.deepEqual((await me(person.cookie)).json().roles, ["invoicing"]);
    assert.equal((await change({ roles: ["nobody"] })).json().code, "invalid.role");
    const sessions = async () => (await rowsOf(owner, "session")).filter((row) => row.subject_id === person.id).length;
    assert.equal(await sessions(), 1);
    assert.equal((await change({ disabled: true })).statusCode, 200);
    assert.equal(await sessions(), 0, "not only refused: the rows are gone");
    assert.equal((await me(person.cookie)).statusCode, 401);
    assert.equal((await change({ disabled: false })).statusCode, 200);
    assert.equal((await me(person.cookie)).statusCode, 401, "an account that is opened again asks for a sign-in");
    assert.equal((await change({ disabled: true })).statusCode, 200);
    assert.equal((await signIn(person.login, PASSWORD)).statusCode, 401);
    const own = await app.inject({
      method: "PATCH",
      url: `/api/accounts/${keeper.id}`,
      headers: { ...here, cookie: keeper.cookie },
      payload: { disabled: true },
    });
    assert.equal(own.json().code, "lastKeeper");
  });

  test("open invitations are listed and withdrawn, and fall with the account of who gave them", async () => {
    const keeper = await account(["responsiblePerson"]);
    const other = await account(["responsiblePerson"]);
    const as = (cookie: string, method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object) =>
      app.inject({ method, url, headers: { ...here, cookie }, ...(payload && { payload }) });
    const invite = async (cookie: string) => {
      const made = await as(cookie, "POST", "/api/accounts", { roles: ["sales"] });
      assert.equal(made.statusCode, 201, made.body);
      return String(made.json().link).split("invitation=")[1] ?? "";
    };
    const open = async () => (await as(other.cookie, "GET", "/api/accounts/invitations")).json().items;
    const redeem = (secret: string) =>
      app.inject({
        method: "POST",
        url: "/api/invitation",
        headers: here,
        payload: { secret, name: "Testi", login: "late@example.fi", password: PASSWORD, language: "fi" },
      });
    const first = await invite(keeper.cookie);
    const [line] = await open();
    assert.deepEqual([line.roles, line.createdBy], [["sales"], "Testi Henkilö"]);
    assert.ok(!JSON.stringify(line).includes(first));
    const withdraw = () => as(other.cookie, "DELETE", `/api/accounts/invitations/${line.id}`);
    assert.equal((await withdraw()).statusCode, 200);
    assert.equal((await withdraw()).statusCode, 404);
    assert.equal((await redeem(first)).json().code, "invitationSpent");
    assert.equal((await ask("sales", "GET", "/api/accounts/invitations")).status, 403);

    for (const change of [{ roles: ["sales"] }, { roles: ["responsiblePerson"] }, { disabled: true }]) {
      const cookie = cookieOf(await signIn(keeper.login, PASSWORD));
      const keeps = change.roles?.[0] !== "responsiblePerson";
      const secret = keeps ? await invite(cookie) : "";
      const count = (await open()).length;
      assert.equal((await as(other.cookie, "PATCH", `/api/accounts/${keeper.id}`, change)).statusCode, 200);
      assert.equal((await open()).length, keeps ? count - 1 : count);
      if (keeps) assert.equal((await redeem(secret)).json().code, "invitationSpent");
    }
  });

  test("ASVS 7.3.1, 7.3.2: a session ends after half an hour unused and after twelve hours in any case", async () => {
    const { cookie, login } = await account(["sales"]);
    clock.forward(29 * MINUTE);
    assert.equal((await me(cookie)).statusCode, 200);
    clock.forward(31 * MINUTE);
    assert.equal((await me(cookie)).statusCode, 401);
    const busy = cookieOf(await signIn(login, PASSWORD));
    for (let passed = 0; passed < 12 * 60; passed += 20) {
      assert.equal((await me(busy)).statusCode, 200, `after ${passed} minutes`);
      clock.forward(20 * MINUTE);
    }
    assert.equal((await me(busy)).statusCode, 401);
  });

  test("ASVS 6.1.1, 6.3.1, 6.3.8: sign-ins that fail are the same for all, written down, and slowed without locking a person out elsewhere", async () => {
    const { login, id } = await account(["sales"]);
    const wrong = await signIn(login, "not the password", {}, "10.0.0.7");
    const nobody = await signIn("nobody@example.fi", "not the password", {}, "10.0.0.7");
    assert.equal(wrong.statusCode, 401);
    assert.equal(wrong.body, nobody.body);
    for (let n = 0; n < 9; n++) await signIn(login, "not the password", {}, "10.0.0.7");
    const blocked = await signIn(login, PASSWORD, {}, "10.0.0.7");
    assert.equal(blocked.statusCode, 429);
    assert.ok(Number(blocked.headers["retry-after"]) > 0);
    assert.equal((await signIn(login, PASSWORD, {}, "10.0.0.8")).statusCode, 200);
    const events = (await rowsOf(owner, "audit_event")).filter(({ reason }) => reason === "signIn");
    assert.ok(events.some(({ subjects }) => JSON.stringify(subjects).includes(id)));
  });

  test("a revoked token stops at once", async () => {
    const first = await ask("marketing", "GET", "/api/session");
    assert.equal(first.status, 200);
    const [token] = (await rowsOf(owner, "token")).filter(({ role }) => role === "marketing");
    const given = {
      id: newId(),
      digest: digest("given"),
      roles: ["sales"],
      created_by: String(token?.id),
      used_at: null,
    };
    await owner
      .insertInto("invitation")
      .values({ ...given, created_at: clock.now(), ends_at: clock.now() })
      .execute();
    const { tokenCommands } = await import("../../cli/tokenCommands.ts");
    await tokenCommands["token revoke"]({ gate, forgetToken: actors.forgetToken }, { id: String(token?.id) });
    assert.equal((await ask("marketing", "GET", "/api/session")).status, 401);
    assert.ok(!(await rowsOf(owner, "invitation")).some(({ id }) => id === given.id), "what it gave is withdrawn");
  });

  test("roles that the description does not know count for nothing", async () => {
    const { body } = await ask("captain", "GET", "/api/session");
    assert.deepEqual([body.roles, body.may], [[], []]);
    assert.equal((await ask("captain", "GET", "/api/customers")).status, 403);
  });

  test("the first link is offered only while there is no account", async () => {
    assert.equal(await inviteFirst(gate), null);
    const fresh = await testApp();
    const before = await inviteFirst(fresh.gate);
    const after = await inviteFirst(fresh.gate);
    assert.ok(before && after && before !== after);
    const rows = await rowsOf(fresh.owner, "invitation");
    assert.deepEqual(
      rows.map((row) => row.digest),
      [digest(after)],
    );
    assert.deepEqual(rows[0]?.roles, ["responsiblePerson"]);
  });
});
