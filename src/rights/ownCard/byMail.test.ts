// A code to the address that the register holds, over a real relay (smtp-server): the same answer and the same work for every address.
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { openMail } from "../../channels/mail/smtp.ts";
import { buildFormApp } from "../../server/formApp.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { relay } from "../../test/relay.ts";
import { networkOf } from "./network.ts";
import { openOwnCards } from "./ways.ts";

const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const EMAIL = "maija.posti@example.org";

suite("a code by e-mail", async () => {
  const statements: string[] = [];
  const { gate, ask, owner, clock, putInForce, described } = await testApp({
    statements: (text) => statements.push(text),
  });
  const { letters, port } = await relay();
  const mail = openMail({ url: `smtp://127.0.0.1:${port}`, from: "register@firm.example" });
  after(() => mail.close());
  const cards = openOwnCards(gate, {
    relay: { system: "noticeRelay", send: mail.send },
    origin: () => "http://cards.example",
  });
  const pages = await buildFormApp({ gate, cards });
  const add = async (email: string, more = {}) =>
    (
      await ask("sales", "POST", "/api/customers", {
        kind: "person",
        name: "Maija Posti",
        email,
        source: "phone",
        ...more,
      })
    ).body.id;
  const id = await add(EMAIL);

  const post = (url: string, fields: Record<string, string>, cookie = "", remoteAddress = "10.3.0.1") =>
    pages.inject({
      method: "POST",
      url,
      headers: { ...urlencoded, cookie },
      payload: new URLSearchParams(fields).toString(),
      remoteAddress,
    });
  type Answer = Awaited<ReturnType<typeof post>>;
  const cookie = (answer: Answer, name: string) => {
    const found = [answer.headers["set-cookie"]].flat().map((one) => String(one).split(";")[0] ?? "");
    return found.find((one) => one.startsWith(`${name}=`) && !one.endsWith("=")) ?? "";
  };
  const request = async (email: string, address?: string) => {
    const answer = await post("/own/mail?lang=fi", { email }, "", address);
    await cards.settled();
    return answer;
  };
  const codeIn = (letter = "") => /(\d{4}) (\d{4})/.exec(letter)?.slice(1).join("") ?? "";
  const shapeOf = ({ statusCode, body, headers }: Answer) => {
    const { date: _, "set-cookie": cookies, ...rest } = headers;
    for (const name of Object.keys(rest)) if (name.startsWith("x-ratelimit")) delete rest[name];
    return { statusCode, body, rest, cookies: [cookies].flat().map((one) => String(one).replace(/=[\w-]+/, "=…")) };
  };

  test("opens the card in the browser that asked, and in no other (ASVS 5.0 6.6.2)", async () => {
    const asked = await request(EMAIL);
    assert.equal(asked.statusCode, 303);
    assert.equal(asked.headers.location, "/own/code?lang=fi");
    assert.equal(letters.length, 1);
    assert.match(letters[0] ?? "", new RegExp(`^To: ${EMAIL}`, "m"));
    assert.ok(!letters[0]?.includes("Maija Posti"));
    const code = codeIn(letters[0]);
    assert.equal(code.length, 8);
    const other = await request("nobody@example.org");
    assert.equal((await post("/own/code", { code }, cookie(other, "tietovirta-own-code"))).statusCode, 422);
    assert.equal((await post("/own/code", { code })).statusCode, 422);
    const waiting = cookie(asked, "tietovirta-own-code");
    const opened = await post("/own/code", { code: `${code.slice(0, 4)} ${code.slice(4)}` }, waiting);
    assert.equal(opened.statusCode, 303, opened.body);
    const card = await pages.inject({ url: "/own?lang=fi", headers: { cookie: cookie(opened, "tietovirta-own") } });
    assert.ok(card.body.includes("Maija Posti"));
    assert.equal((await post("/own/code", { code }, waiting)).statusCode, 422, "a code works once");
  });

  test("a known and an unknown address are asked, answered and worked on alike (ASVS 5.0 6.3.8)", async () => {
    const work = async (email: string, address: string) => {
      statements.length = 0;
      const before = letters.length;
      const answer = await post("/own/mail?lang=fi", { email }, "", address);
      // What stood between the question and its answer; the letter comes after.
      const done = [...statements];
      await cards.settled();
      return { shape: shapeOf(answer), done: done.slice(0, 3), sent: letters.length - before };
    };
    const known = await work(EMAIL, "10.3.1.1");
    const unknown = await work("somebody.else@example.org", "10.3.1.2");
    assert.deepEqual([known.sent, unknown.sent], [1, 0]);
    assert.ok(known.done.length === 3);
    assert.deepEqual(known.shape, unknown.shape);
    assert.deepEqual(known.done, unknown.done);
    const answers = await Promise.all(
      [EMAIL, "somebody.else@example.org"].map(async (email, n) => {
        const waiting = cookie(await request(email, `10.3.2.${n}`), "tietovirta-own-code");
        return shapeOf(await post("/own/code?lang=fi", { code: "00000000" }, waiting, `10.3.2.${n}`));
      }),
    );
    assert.deepEqual(answers[0], answers[1]);
  });

  test("five tries, ten minutes, and only a hash of the code is kept (ASVS 5.0 6.5.2, 6.5.5, 6.6.3)", async () => {
    const asked = await request(EMAIL, "10.3.3.1");
    const code = codeIn(letters.at(-1));
    assert.ok(!JSON.stringify(await rowsOf(owner, "own_card_code")).includes(code));
    const waiting = cookie(asked, "tietovirta-own-code");
    for (let n = 0; n < 5; n++)
      assert.equal((await post("/own/code", { code: "12345678" }, waiting, "10.3.3.1")).statusCode, 422);
    assert.equal(
      (await post("/own/code", { code }, waiting, "10.3.3.1")).statusCode,
      422,
      "the right one comes too late",
    );
    const late = await request(EMAIL, "10.3.3.2");
    clock.forward(10 * 60_000);
    assert.equal(
      (await post("/own/code", { code: codeIn(letters.at(-1)) }, cookie(late, "tietovirta-own-code"), "10.3.3.2"))
        .statusCode,
      422,
    );
  });

  test("many at once are not more tries (ASVS 5.0 6.3.1)", async () => {
    const waiting = cookie(await request(EMAIL, "10.3.4.1"), "tietovirta-own-code");
    const guesses = Array.from({ length: 15 }, (_, n) =>
      post("/own/code", { code: String(10_000_000 + n) }, waiting, `10.3.4.${n}`),
    );
    assert.ok((await Promise.all(guesses)).every(({ statusCode }) => statusCode === 422));
    const rows = await rowsOf(owner, "own_card_code");
    assert.equal(Math.max(...rows.map(({ tries }) => Number(tries))), 5);
  });

  test("another network's questions and guesses lock nobody out (ASVS 5.0 6.3.1, 6.1.1)", async () => {
    clock.forward(16 * 60_000);
    for (let n = 0; n < 3; n++) assert.equal((await request(EMAIL, "10.4.0.1")).statusCode, 303);
    const refused = await request(EMAIL, "10.4.0.1");
    assert.equal(refused.statusCode, 429);
    assert.equal(
      shapeOf(await request("unknown@example.org", "10.4.0.1")).statusCode,
      303,
      "the limit is of the address there",
    );
    const asked = await request(EMAIL, "10.4.0.2");
    assert.equal(asked.statusCode, 303);
    const opened = await post(
      "/own/code",
      { code: codeIn(letters.at(-1)) },
      cookie(asked, "tietovirta-own-code"),
      "10.4.0.2",
    );
    assert.equal(opened.statusCode, 303);
    clock.forward(16 * 60_000);
    assert.equal((await request(EMAIL, "10.4.0.1")).statusCode, 303, "and ends by itself");
  });

  test("an address that several have opens nobody's card, and its holder is told how else", async () => {
    await add("family@example.org");
    await add("family@example.org", { name: "Toinen" });
    const before = letters.length;
    assert.equal((await request("family@example.org", "10.5.0.1")).statusCode, 303);
    assert.equal(letters.length, before + 1);
    assert.equal(codeIn(letters.at(-1)), "");
    const beginning = await request("maija.posti@example.orgs", "10.5.0.2");
    assert.equal(beginning.statusCode, 303);
    assert.equal(letters.length, before + 1, "an address that only begins alike is another's");
  });

  test("a code on its way is dead when its person is erased", async () => {
    const gone = await add("goes@example.org");
    const asked = await request("goes@example.org", "10.6.0.1");
    const code = codeIn(letters.at(-1));
    assert.equal(
      (await ask("responsiblePerson", "POST", `/api/customers/${gone}/erasure`, { ground: "noLongerNeeded" })).status,
      200,
    );
    assert.equal((await post("/own/code", { code }, cookie(asked, "tietovirta-own-code"), "10.6.0.1")).statusCode, 422);
  });

  test("where the description does not know the relay the page says how else, and nothing is sent", async () => {
    assert.ok((await pages.inject({ url: "/own?lang=fi" })).body.includes('action="/own/mail'));
    putInForce(described.replace(/serves: \[relay\]/g, "serves: [anchor]"));
    const page = await pages.inject({ url: "/own?lang=fi" });
    assert.ok(!page.body.includes('action="/own/mail') && page.body.includes("Pyydä linkki"));
    const before = letters.length;
    assert.equal((await request(EMAIL, "10.7.0.1")).statusCode, 404);
    assert.equal(letters.length, before);
    putInForce(described);
  });

  test("every way in and every wrong one stands in the log (ASVS 5.0 16.3.1)", async () => {
    const events = (await rowsOf(owner, "audit_event")).filter(({ register }) => register === "ownCard");
    assert.ok(events.some(({ actor, verb, decision }) => actor === id && verb === "read" && decision === "allowed"));
    assert.ok(events.some(({ reason }) => reason === "signIn") && events.some(({ reason }) => reason === "tooMany"));
  });
});

test("the network of an address", () => {
  const cases = [
    ["10.0.0.1", "10.0.0.1"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8:1:2::6", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
  ] as const;
  for (const [address, network] of cases) assert.equal(networkOf(address), network, address);
});
