// A person's own card over HTTP, on a real PostgreSQL: in by a link, what is seen and done there, and what is left when the person is gone.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { buildFormApp } from "../../server/formApp.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { openOwnCards } from "./ways.ts";

const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const KEEPER = "responsiblePerson";
const MAIJA = {
  kind: "person",
  name: "Maija Oma",
  email: "maija.oma@example.org",
  phone: "+358401234567",
  billingAddress: { street: "Vanhatie 1", postalCode: "90100", town: "Oulu" },
  source: "phone",
};

suite("one's own card", async () => {
  const { gate, ask, owner, clock, putInForce, described } = await testApp();
  const cards = openOwnCards(gate, { origin: () => "http://cards.example" });
  const pages = await buildFormApp({ gate, cards });
  const { id } = (await ask("sales", "POST", "/api/customers", MAIJA)).body;
  const other = (await ask("sales", "POST", "/api/customers", { ...MAIJA, name: "Toinen", email: "t@example.org" }))
    .body.id;

  const linkFor = async (customer: string, identity = "inPerson") =>
    ask(KEEPER, "POST", `/api/customers/${customer}/own-card/links`, { identity });
  let from = 0;
  const post = (url: string, fields: Record<string, string>, cookie = "", headers = {}) =>
    pages.inject({
      method: "POST",
      url,
      headers: { ...urlencoded, cookie, ...headers },
      payload: new URLSearchParams(fields).toString(),
      remoteAddress: `10.2.${++from >> 8}.${from % 250}`,
    });
  const cookieOf = (answer: { headers: Record<string, unknown> }) =>
    [answer.headers["set-cookie"]]
      .flat()
      .map((one) => String(one).split(";")[0] ?? "")
      .find((one) => one.startsWith("tietovirta-own=") && !one.endsWith("=")) ?? "";
  async function enter(customer: string): Promise<string> {
    const { body, status } = await linkFor(customer);
    assert.equal(status, 201, JSON.stringify(body));
    const answer = await post("/own/link", { code: body.code });
    assert.equal(answer.statusCode, 303, answer.body);
    return cookieOf(answer);
  }
  const see = async (cookie: string, url = "/own?lang=fi") => pages.inject({ url, headers: { cookie } });
  const markIn = (html: string) => /name="mark" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const events = async () => (await rowsOf(owner, "audit_event")).filter(({ actor_kind }) => actor_kind === "subject");

  test("a link opens the card once; only its hash stands in the database (ASVS 5.0 6.5.2, 7.2.3)", async () => {
    const { body } = await linkFor(id, "knownNumber");
    assert.match(body.code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/);
    assert.equal(body.url, `http://localhost:4700/own#${body.code}`);
    assert.equal(body.endsAt, "2026-12-06T10:00:00.000Z");
    const raw = JSON.stringify(await rowsOf(owner, "own_card_link"));
    assert.ok(raw.includes("knownNumber") && !raw.includes(body.code) && !raw.includes(body.code.replaceAll("-", "")));
    const once = { "idempotency-key": "pressed-twice" };
    const links = `/api/customers/${other}/own-card/links`;
    const told = await ask(KEEPER, "POST", links, { identity: "inPerson" }, once);
    assert.ok(told.body.code && !JSON.stringify(await rowsOf(owner, "idempotency")).includes(told.body.code));
    assert.equal((await ask(KEEPER, "POST", links, { identity: "inPerson" }, once)).body.code, "ownCardTold");
    // As a person types it from paper.
    const typed = body.code.replaceAll("-", " ").toLowerCase();
    const first = await post("/own/link", { code: typed });
    assert.equal(first.statusCode, 303, first.body);
    const [session] = [first.headers["set-cookie"]]
      .flat()
      .map(String)
      .filter((one) => one.startsWith("tietovirta-own="));
    assert.ok(session?.includes("HttpOnly") && session.includes("SameSite=Strict"));
    const second = await post("/own/link", { code: body.code });
    assert.equal(second.statusCode, 422);
    const { items } = (await ask(KEEPER, "GET", `/api/customers/${id}/own-card`)).body;
    assert.deepEqual(
      items.map(({ state, identity }: Record<string, string>) => [state, identity]),
      [["used", "knownNumber"]],
    );
  });

  test("only who answers requests gives links, to persons, saying how they made sure (ASVS 5.0 8.2.1)", async () => {
    assert.equal(
      (await ask("sales", "POST", `/api/customers/${id}/own-card/links`, { identity: "inPerson" })).status,
      403,
    );
    assert.equal((await ask(KEEPER, "POST", `/api/customers/${id}/own-card/links`, {})).status, 422);
    const firm = (await ask("sales", "POST", "/api/customers", { ...MAIJA, kind: "organisation", name: "Firma Oy" }))
      .body;
    assert.equal((await linkFor(firm.id)).body.code, "ownCardPerson");
  });

  test("a revoked and an ended link open nothing, and are answered as one that never was (ASVS 5.0 6.3.8)", async () => {
    const revoked = (await linkFor(id)).body;
    const path = `/api/customers/${id}/own-card/links/${revoked.id}/revocation`;
    assert.equal((await ask(KEEPER, "POST", path)).status, 200);
    assert.equal((await ask(KEEPER, "POST", path)).status, 404);
    const late = (await linkFor(id)).body;
    const now = clock.now();
    clock.set("2026-12-06T10:00:01Z");
    const bodies = [];
    for (const code of [revoked.code, late.code, "0000-0000-0000-0000-0000-0000"]) {
      const answer = await post("/own/link", { code });
      assert.equal(answer.statusCode, 422);
      assert.equal(cookieOf(answer), "");
      bodies.push(answer.body);
    }
    assert.equal(new Set(bodies).size, 1);
    clock.jump(now);
  });

  test("the card tells each value with its source, reason and time, and who has looked", async () => {
    await ask("sales", "GET", `/api/customers/${id}`);
    const cookie = await enter(id);
    const page = await see(cookie);
    assert.equal(page.statusCode, 200);
    for (const told of [
      "Maija Oma",
      "Vanhatie 1",
      "Puhelin",
      "Asiakassuhteen hoito",
      "Säilytetään",
      "Myynti",
      "katsoi",
      "Sinä itse",
    ])
      assert.ok(page.body.includes(told), told);
    assert.ok(!page.body.includes("Toinen") && !page.body.includes("<script"));
    assert.match(String(page.headers["content-security-policy"]), /default-src 'none'/);
    assert.equal(page.headers["cache-control"], "no-store");
    for (const [language, word] of [
      ["sv", "Bevaras"],
      ["en", "Kept"],
    ] as const) {
      const told = await see(cookie, `/own?lang=${language}`);
      assert.ok(told.body.includes(`<html lang="${language}">`) && told.body.includes(word));
    }
    const looks = await events();
    assert.ok(
      looks.some(
        ({ actor, right_kind, place }) => actor === id && right_kind === "access" && place === "sources.ownCard",
      ),
    );
  });

  test("what is done belongs to the card that is open: a form of another card does nothing (ASVS 5.0 3.5.1, 8.2.2)", async () => {
    const [mine, theirs] = [await enter(id), await enter(other)];
    const mark = markIn((await see(theirs)).body);
    assert.equal((await post("/own/object", { purpose: "offers", mark }, mine)).statusCode, 403);
    assert.equal((await post("/own/object", { purpose: "offers" }, mine)).statusCode, 403);
    const cross = { "sec-fetch-site": "cross-site", origin: "https://else.example" };
    const own = markIn((await see(mine)).body);
    assert.equal((await post("/own/object", { purpose: "offers", mark: own }, mine, cross)).statusCode, 403);
    assert.equal((await rowsOf(owner, "objection")).length, 0);
    assert.equal((await post("/own/object", { purpose: "offers", mark: own }, mine)).statusCode, 303);
    assert.deepEqual(
      (await rowsOf(owner, "objection")).map(({ subject_id, by }) => [subject_id, by]),
      [[id, id]],
    );
  });

  test("a consent is given and withdrawn in one press each", async () => {
    const cookie = await enter(id);
    const page = await see(cookie);
    assert.ok(page.body.includes("Anna suostumus: Uutiskirje") && !page.body.includes("raffleEntry"));
    const mark = markIn(page.body);
    for (const press of ["once", "again"])
      assert.equal(
        (await post("/own/consent", { consent: "newsletter", version: "1", mark }, cookie)).statusCode,
        303,
        press,
      );
    assert.equal((await post("/own/consent", { consent: "newsletter", version: "2", mark }, cookie)).statusCode, 404);
    assert.equal((await post("/own/consent", { consent: "raffleEntry", version: "1", mark }, cookie)).statusCode, 404);
    const [given, ...more] = await rowsOf(owner, "consent");
    assert.deepEqual([more.length, given?.subject_id, given?.source, given?.given_by], [0, id, "ownCard", id]);
    assert.equal((await post("/own/withdraw", { consent: "newsletter", mark }, cookie)).statusCode, 303);
    assert.ok((await rowsOf(owner, "consent"))[0]?.withdrawn_at);
    assert.ok((await see(cookie)).body.includes("Suostumus peruttu"));
  });

  test("a correction changes nothing until somebody takes it, and a refusal is told", async () => {
    const cookie = await enter(id);
    const form = await see(cookie, "/own/correct/billingAddress?lang=fi");
    assert.ok(form.body.includes("Vanhatie 1"));
    const mark = markIn(form.body);
    const address = {
      "billingAddress.street": "Uusitie 2 <b>",
      "billingAddress.postalCode": "90120",
      "billingAddress.town": "Oulu",
    };
    const wrong = await post(
      "/own/correct/billingAddress",
      { ...address, "billingAddress.postalCode": "9", mark },
      cookie,
    );
    assert.equal(wrong.statusCode, 422);
    assert.ok(wrong.body.includes('role="alert"') && wrong.body.includes("Uusitie 2 &lt;b&gt;"));
    assert.equal((await post("/own/correct/billingAddress", { ...address, mark }, cookie)).statusCode, 303);
    assert.ok((await see(cookie)).body.includes("Odottaa tarkistusta"));
    assert.ok(!JSON.stringify(await rowsOf(owner, "customer_correction")).includes("Uusitie"));
    assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).body.billingAddress.street, "Vanhatie 1");

    const [waiting] = (await ask("sales", "GET", `/api/customers/${id}/corrections`)).body.items;
    assert.deepEqual(
      [waiting.category, waiting.now, waiting.proposed],
      ["billingAddress", "Vanhatie 1, 90100 Oulu", "Uusitie 2 <b>, 90120 Oulu"],
    );
    assert.equal((await ask("sales", "GET", "/api/corrections")).body.items[0].customerName, "Maija Oma");
    const path = `/api/customers/${id}/corrections/${waiting.id}`;
    assert.equal(
      (
        await ask("sales", "POST", `/api/customers/${other}/corrections/${waiting.id}/acceptance`, {
          category: "billingAddress",
        })
      ).status,
      404,
    );
    assert.equal((await ask("marketing", "POST", `${path}/acceptance`, { category: "billingAddress" })).status, 403);
    assert.equal((await ask("sales", "POST", `${path}/acceptance`, { category: "billingAddress" })).status, 200);
    const card = (await ask("sales", "GET", `/api/customers/${id}`)).body;
    assert.deepEqual([card.billingAddress.street, card.origins.billingAddress.source], ["Uusitie 2 <b>", "ownCard"]);
    assert.equal((await ask("sales", "POST", `${path}/acceptance`, { category: "billingAddress" })).status, 404);

    await post("/own/correct/phone", { phone: "040 999 8888", mark }, cookie);
    const [phone] = (await ask("sales", "GET", `/api/customers/${id}/corrections`)).body.items;
    const answer = "Numero kuuluu toiselle.";
    const refusal = `/api/customers/${id}/corrections/${phone.id}/refusal`;
    assert.equal((await ask("sales", "POST", refusal, { category: "phone", answer })).status, 200);
    assert.ok((await see(cookie)).body.includes(answer));
    assert.equal((await ask("sales", "GET", "/api/corrections")).body.items.length, 0);
    for (const category of ["personalIdentityCode", "orders", "toString"])
      assert.equal((await see(cookie, `/own/correct/${category}`)).statusCode, 404, category);
  });

  test("an erasure is asked for once, in the book of requests, and nothing goes by the asking", async () => {
    const cookie = await enter(id);
    const mark = markIn((await see(cookie)).body);
    await post("/own/erasure", { mark }, cookie);
    assert.equal((await rowsOf(owner, "person_request")).length, 0, "who did not say that they are sure");
    for (const press of ["once", "again"])
      assert.equal((await post("/own/erasure", { mark, sure: "yes" }, cookie)).statusCode, 303, press);
    const { items } = (await ask(KEEPER, "GET", "/api/requests")).body;
    assert.deepEqual(
      items.map(({ right, channel, dueOn, name }: Record<string, string>) => [right, channel, dueOn, name]),
      [["erasure", "ownCard", "2026-12-22", "Maija Oma"]],
    );
    assert.ok((await see(cookie)).body.includes("22.12.2026"));
    assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).status, 200);
  });

  test("everything goes along as a file, the personal identity code alone not", async () => {
    const code = "131052-308T";
    const change = { personalIdentityCode: code, personalIdentityCodeGround: "credit", source: "meeting" };
    const written = await ask("administration", "PATCH", `/api/customers/${id}`, change);
    assert.equal(written.status, 200, JSON.stringify(written.body));
    const cookie = await enter(id);
    const file = await see(cookie, "/own/data.json?lang=fi");
    assert.match(String(file.headers["content-disposition"]), /^attachment; filename="data\.json"$/);
    const data = file.json();
    assert.equal(data.subject, id);
    assert.ok(file.body.includes("Maija Oma") && !file.body.includes(code));
    assert.ok(!(await see(cookie)).body.includes(code));
    assert.ok(
      data.registers[0].items.some(({ category }: { category: string }) => category === "personalIdentityCode"),
    );
  });

  test("an open card closes: by Done, unused for a quarter of an hour, and at the longest after two hours (ASVS 5.0 7.3.1, 7.3.2, 7.4.1)", async () => {
    const closed = async (cookie: string) => (await see(cookie)).body.includes('action="/own/link');
    const cookie = await enter(id);
    assert.equal(await closed(cookie), false);
    const done = await post("/own/done", {}, cookie);
    assert.ok(String(done.headers["clear-site-data"]).includes("cache"));
    assert.equal(await closed(cookie), true);
    const start = clock.now();
    const idle = await enter(id);
    clock.forward(15 * 60_000);
    assert.equal(await closed(idle), true);
    const long = await enter(id);
    for (let minutes = 0; minutes < 110; minutes += 10) {
      clock.forward(600_000);
      assert.equal(await closed(long), false, `${minutes}`);
    }
    clock.forward(600_000);
    assert.equal(await closed(long), true);
    clock.jump(start);
  });

  test("a card opened anew leaves nothing of the one that was open in the browser (ASVS 5.0 7.2.4)", async () => {
    const planted = await enter(other);
    const { code } = (await linkFor(id)).body;
    const answer = await post("/own/link", { code }, planted);
    assert.notEqual(cookieOf(answer), planted);
    assert.ok((await see(planted)).body.includes('action="/own/link'));
    assert.ok((await see("tietovirta-own=chosen-by-somebody-else-0123456789")).body.includes('action="/own/link'));
  });

  test("another's token or id opens nothing (ASVS 5.0 8.2.2)", async () => {
    const staff = await pages.inject({ url: "/own", headers: { cookie: `tietovirta=${"x".repeat(43)}` } });
    assert.ok(staff.body.includes('action="/own/link'));
    for (const url of [`/own/${other}`, `/api/customers/${other}`, `/api/customers/${other}/access`])
      assert.equal((await see(await enter(id), url)).statusCode, 404, url);
  });

  test("after the erasure nothing is left: links, codes, open cards and proposals are gone at once", async () => {
    const gone = (await ask("sales", "POST", "/api/customers", { ...MAIJA, email: "gone@example.org" })).body.id;
    const cookie = await enter(gone);
    const spare = (await linkFor(gone)).body;
    const mark = markIn((await see(cookie)).body);
    await post("/own/correct/phone", { phone: "040 999 8888", mark }, cookie);
    assert.equal(
      (await rowsOf(owner, "customer_correction")).filter(({ subject_id }) => subject_id === gone).length,
      1,
    );
    const erased = await ask(KEEPER, "POST", `/api/customers/${gone}/erasure`, { ground: "noLongerNeeded" });
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    for (const table of ["own_card_link", "own_card_code", "own_card_session", "customer_correction"] as const)
      assert.equal((await rowsOf(owner, table)).filter(({ subject_id }) => subject_id === gone).length, 0, table);
    assert.ok((await see(cookie)).body.includes('action="/own/link'));
    assert.equal((await post("/own/link", { code: spare.code })).statusCode, 422);
    assert.equal((await post("/own/withdraw", { consent: "newsletter", mark }, cookie)).statusCode, 303);
  });

  test("a description that opens no cards serves nothing of this", async () => {
    const cookie = await enter(id);
    const linked = async () => (await pages.inject({ url: "/?lang=fi" })).body.includes('href="/own');
    assert.equal(await linked(), true);
    putInForce(described.replace(/ {2}ownCard:\n[\s\S]*?(?=\n\n# Order)/, "").replaceAll(", ownCard]", "]"));
    for (const url of ["/own", "/own/code", "/own/data.json"])
      assert.equal((await see(cookie, url)).statusCode, 404, url);
    assert.equal((await linkFor(id)).status, 404);
    assert.equal(await linked(), false);
    putInForce(described);
    assert.equal((await see(cookie)).statusCode, 200);
  });
});
