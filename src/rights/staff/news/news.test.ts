// People are told of changes to their ways to sign in, each under the number of OWASP ASVS 5.0.0 that asks for it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { TOTP, URI } from "otpauth";
import type { Letter } from "../../../channels/mail/smtp.ts";
import { openStaffNews } from "../../../channels/notices/staffNews.ts";
import { systemCaller } from "../../../gate/caller.ts";
import { inviteAccount } from "../../../registers/staff/accounts.ts";
import { NEWS } from "../../../registers/staff/signIn/news.ts";
import { testApp } from "../../../test/app.ts";
import { authenticator } from "../../../test/authenticator.ts";
import { type Browser, browser } from "../../../test/browser.ts";
import { NewsKind, type NewsLine } from "./contract.ts";

const PASSWORD = "a quiet harbour at noon";
const MINUTE = 60_000;

const { app, gate, clock, putInForce, described } = await testApp();
let made = 0;

async function account(roles = ["sales"]) {
  const { secret } = await inviteAccount(gate, systemCaller("test"), roles);
  const n = ++made;
  const web = browser(app, { address: `10.7.0.${n}` });
  const login = `news${n}@example.fi`;
  const newcomer = { secret, name: `Colleague ${n}`, login, language: "sv", password: PASSWORD };
  const answer = await web.ask("POST", "/api/invitation", newcomer);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { web, login, id: answer.body.id as string };
}
const ok = (answer: Awaited<ReturnType<Browser["ask"]>>) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
  return answer.body;
};
const signIn = async (web: Browser, login: string, more: object = {}) =>
  ok(await web.ask("POST", "/api/session", { login, password: PASSWORD, ...more }));
const newsOf = async (web: Browser): Promise<NewsLine[]> => ok(await web.ask("GET", "/api/session/news")).items;
const unseen = async (web: Browser) => (await newsOf(web)).filter((one) => one.unseen).map(({ kind }) => kind);
const see = async (web: Browser) => ok(await web.ask("POST", "/api/session/news/seen"));

suite("news of one's own account", () => {
  test("the kinds that are written down are the kinds that are told", () => {
    assert.deepEqual([...NewsKind.options], [...NEWS]);
  });

  test("ASVS 6.3.7: each change is written down by its name, told at the next sign-in until it is seen, and stays in the list", async () => {
    const keeper = await account(["responsiblePerson"]);
    const { web, login, id } = await account();
    assert.deepEqual(await newsOf(web), []);
    const device = authenticator({ origin: "http://localhost" });
    const options = ok(await web.ask("POST", "/api/session/passkeys/options"));
    const passkey = ok(
      await web.ask("POST", "/api/session/passkeys", { credential: device.create(options), label: "Phone" }),
    );
    const begun = ok(await web.ask("POST", "/api/session/second-factor/options"));
    const totp = URI.parse(begun.uri);
    assert.ok(totp instanceof TOTP);
    const code = totp.generate({ timestamp: clock.now().getTime() });
    const { recoveryCodes } = ok(await web.ask("POST", "/api/session/second-factor", { code }));
    ok(await web.ask("POST", "/api/session/recovery-codes"));
    ok(await web.ask("DELETE", `/api/session/passkeys/${passkey.id}`));
    ok(await web.ask("POST", "/api/session/password", { password: "uusi ihan oma lauseeni" }));
    ok(await keeper.web.ask("PATCH", `/api/accounts/${id}`, { roles: ["sales", "invoicing"] }));
    ok(await keeper.web.ask("DELETE", `/api/accounts/${id}/second-factor`));
    ok(await keeper.web.ask("POST", `/api/accounts/${id}/link`));
    const all = [
      "linkGiven",
      "factorOff",
      "rolesChanged",
      "passwordSet",
      "passkeyRemoved",
      "codesRenewed",
      "factorOn",
      "passkeyAdded",
    ];
    assert.equal(recoveryCodes.length, 10);
    const next = browser(app, { address: "10.7.1.1" });
    await signIn(next, login, { password: "uusi ihan oma lauseeni" });
    assert.deepEqual(await unseen(next), all);
    assert.deepEqual(
      (await newsOf(next)).slice(0, 5).map(({ by }) => by),
      ["self", "colleague", "colleague", "colleague", "self"],
    );
    // Not until it is seen.
    await signIn(next, login, { password: "uusi ihan oma lauseeni" });
    assert.deepEqual(await unseen(next), ["newDevice", ...all]);
    await see(next);
    assert.deepEqual(await unseen(next), []);
    assert.equal((await newsOf(next)).length, all.length + 1);
    assert.deepEqual(await newsOf(keeper.web), [], "nobody else's");
  });

  test("ASVS 6.3.5: a device is new once, and the one that the account was made on is not", async () => {
    const { web, login } = await account();
    await signIn(web, login);
    await signIn(web, login);
    assert.deepEqual(await newsOf(web), []);
    const phone = browser(app, { address: "10.7.1.2" });
    await signIn(phone, login);
    await signIn(phone, login);
    assert.deepEqual(
      (await newsOf(phone)).map(({ kind }) => kind),
      ["newDevice"],
    );
    const other = await account();
    await signIn(phone, other.login);
    await signIn(phone, login);
    assert.equal((await newsOf(phone)).length, 1, "two people may share a browser");
  });

  test("ASVS 6.3.7: who came in by a stolen code cannot wave away the trace of it", async () => {
    const { web, login } = await account();
    const begun = ok(await web.ask("POST", "/api/session/second-factor/options"));
    const totp = URI.parse(begun.uri);
    assert.ok(totp instanceof TOTP);
    const code = () => totp.generate({ timestamp: clock.now().getTime() });
    const { recoveryCodes } = ok(await web.ask("POST", "/api/session/second-factor", { code: code() }));
    clock.forward(MINUTE);
    await signIn(web, login, { code: code() });
    await see(web);

    const thief = browser(app, { address: "10.7.1.3" });
    await signIn(thief, login, { code: recoveryCodes[0] });
    ok(await thief.ask("POST", "/api/session/recovery-codes"));
    await see(thief);
    assert.deepEqual(await unseen(thief), []);

    clock.forward(MINUTE);
    await signIn(web, login, { code: code() });
    assert.deepEqual(await unseen(web), ["codesRenewed", "newDevice", "recoveryCodeUsed"]);
  });

  test("a program has no ways to sign in, and nobody is told without a session", async () => {
    assert.equal((await browser(app, { address: "10.7.1.4" }).ask("GET", "/api/session/news")).status, 401);
  });

  test("a letter goes to the person's own address, says nothing of what it was, and stops where the description has no relay", async () => {
    const letters: Letter[] = [];
    const mail = { system: "noticeRelay", send: async (letter: Letter) => void letters.push(letter) };
    const news = openStaffNews({ gate, mail, where: () => "https://register.example" });
    await news.look();
    assert.equal(letters.length, 0, "what was there before is not news");
    const keeper = await account(["responsiblePerson"]);
    const { web, login, id } = await account();
    await news.look();
    assert.equal(letters.length, 0);
    ok(await web.ask("POST", "/api/session/password", { password: "uusi ihan oma lauseeni" }));
    ok(await keeper.web.ask("PATCH", `/api/accounts/${id}`, { roles: ["invoicing"] }));
    await news.look();
    await news.look();
    assert.deepEqual(
      letters.map(({ to, subject }) => [to, subject]),
      [[login, "Tietovirta: Dina sätt att logga in har ändrats"]],
    );
    const [letter] = letters.splice(0);
    assert.ok(letter?.text.includes("https://register.example/account"));
    for (const word of ["Colleague", login, "invoicing", "lösenordet har"])
      assert.ok(!letter?.text.includes(word), word);
    const without = described.replace("serves: [relay]", "serves: [backup]");
    assert.notEqual(without, described);
    putInForce(without);
    ok(await keeper.web.ask("PATCH", `/api/accounts/${id}`, { roles: ["sales"] }));
    await news.look();
    putInForce(described);
    await news.look();
    assert.equal(letters.length, 0);
  });
});
