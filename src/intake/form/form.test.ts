import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { buildFormApp } from "../../server/formApp.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { newId } from "../../values/Uuid.ts";

const OTHER: Readonly<Record<string, string>> = { name: "fullName", email: "mailbox" };
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

suite("the public form", async () => {
  const { ask, gate, owner, putInForce, described } = await testApp();
  const form = await buildFormApp({ gate });
  const body = (more: object = {}) => ({
    submission: newId(),
    language: "fi",
    source: "webForm",
    values: { name: "Lomake Täyttäjä", email: "lomake@example.fi" },
    ...more,
  });
  const send = (payload: object, remoteAddress: string) =>
    form.inject({ method: "POST", url: "/api/form", payload, remoteAddress });

  test("asks in three languages what the description lets it, and ticks nothing", async () => {
    for (const [language, button] of [
      ["fi", "Lähetä"],
      ["sv", "Skicka"],
      ["en", "Send"],
    ] as const) {
      const page = await form.inject({ url: `/?lang=${language}` });
      assert.equal(page.statusCode, 200);
      assert.ok(page.body.includes(`<html lang="${language}">`) && page.body.includes(`>${button}</button>`));
      assert.ok(page.body.includes('name="consent.newsletter"') && !page.body.includes("checked"));
      assert.ok(!page.body.includes("personalIdentityCode") && !page.body.includes("raffleEntry"));
      assert.ok(!page.body.includes("<script"));
      assert.equal(page.headers["set-cookie"], undefined);
    }
  });

  test("the whole privacy notice stands behind the form's link, in each language", async () => {
    for (const [language, authority] of [
      ["fi", "tietosuojavaltuutet"],
      ["sv", "dataombudsman"],
      ["en", "Ombudsman"],
    ] as const) {
      const page = await form.inject({ url: `/?lang=${language}` });
      assert.ok(page.body.includes(`href="/notice?lang=${language}"`));
      const notice = await form.inject({ url: `/notice?lang=${language}` });
      assert.equal(notice.statusCode, 200);
      assert.ok(notice.body.includes(`<html lang="${language}">`) && notice.body.includes("Walttia Oy"));
      assert.ok(notice.body.toLowerCase().includes(authority.toLowerCase()));
      assert.ok(!notice.body.includes("<script"));
    }
  });

  test("the same submission twice is one customer, with the consent that was ticked", async () => {
    const once = body({ consents: { newsletter: 1 } });
    assert.equal((await send(once, "10.1.0.1")).statusCode, 201);
    const again = await send(once, "10.1.0.1");
    assert.equal(again.statusCode, 201);
    assert.deepEqual(again.json(), { received: true });
    const customers = await rowsOf(owner, "customer");
    assert.equal(customers.length, 1);
    const [consent, ...more] = await rowsOf(owner, "consent");
    assert.equal(more.length, 0);
    assert.equal(consent?.subject_id, customers[0]?.subject_id);
    assert.deepEqual([consent?.consent, consent?.wording, consent?.language], ["newsletter", 1, "fi"]);
    const values = await rowsOf(owner, "customer_value");
    assert.deepEqual([...new Set(values.map(({ source }) => source))], ["webForm"]);
  });

  test("works without script, and keeps what was typed beside a mistake", async () => {
    const typed = new URLSearchParams({ submission: newId(), source: "webForm", name: "Vain <b>Nimi</b>" });
    const post = (payload: string) =>
      form.inject({ method: "POST", url: "/?lang=sv", headers: urlencoded, payload, remoteAddress: "10.1.0.2" });
    const missing = await post(typed.toString());
    assert.equal(missing.statusCode, 422);
    assert.ok(missing.body.includes('role="alert"') && missing.body.includes("&lt;b&gt;Nimi"));
    typed.set("phone", "040 123 4567");
    const done = await post(typed.toString());
    assert.equal(done.statusCode, 303);
    assert.equal(done.headers.location, "/thanks?lang=sv");
    typed.set("submission", newId());
    typed.set("website", "https://spam.example");
    const before = (await rowsOf(owner, "customer")).length;
    assert.equal((await post(typed.toString())).statusCode, 303);
    assert.equal((await rowsOf(owner, "customer")).length, before, "what fills the hidden field is not kept");
  });

  test("a category the form may not give is refused, written down, and stores nothing", async () => {
    const before = (await rowsOf(owner, "customer")).length;
    const values = { name: "Lomake", email: "a@example.fi", personalIdentityCode: "131052-308T" };
    const answer = await send(body({ values }), "10.1.0.3");
    assert.ok(answer.statusCode === 403 || answer.statusCode === 422, String(answer.statusCode));
    assert.match(answer.json().code, /^refused\./);
    assert.ok(!answer.body.includes("131052"));
    const refused = (await rowsOf(owner, "audit_event")).filter(({ decision }) => decision === "refused");
    assert.equal(refused.at(-1)?.actor_kind, "subject");
    assert.equal((await rowsOf(owner, "customer")).length, before);
  });

  test("a wording that is not in force is not a consent", async () => {
    const answer = await send(body({ consents: { newsletter: 7 } }), "10.1.0.4");
    assert.equal(answer.json().code, "invalid.consent");
  });

  test("a consent to e-mail needs an address, and nothing is kept without", async () => {
    const before = (await rowsOf(owner, "customer")).length;
    const values = { name: "Vain Puhelin", phone: "040 000 0301" };
    const answer = await send(body({ values, consents: { newsletter: 1 } }), "10.1.0.6");
    assert.deepEqual([answer.statusCode, answer.json().code], [422, "noWayToReach"]);
    assert.equal((await rowsOf(owner, "customer")).length, before);
  });

  test("who writes waits until somebody marks them answered, or an order is made; the answer is a contact", async () => {
    const waiting = async (role = "sales"): Promise<string[]> =>
      (await ask(role, "GET", "/api/customers?state=awaitingAnswer")).body.items.map(({ id }: { id: string }) => id);
    const before = await waiting();
    assert.ok(before.length > 0, "those of the tests above wait");
    for (const name of ["Odottava Yksi", "Odottava Kaksi"])
      assert.equal((await send(body({ values: { name, phone: "040 000 0302" } }), "10.1.0.7")).statusCode, 201);
    const [marked = "", ordered = ""] = (await waiting()).filter((id) => !before.includes(id));
    const byPhone = await ask("sales", "POST", "/api/customers", { kind: "person", name: "Soittaja", source: "phone" });
    assert.ok(!(await waiting()).includes(byPhone.body.id), "who calls has somebody on the line");

    const card = async (id: string) => (await ask("sales", "GET", `/api/customers/${id}`)).body.awaitingAnswerSince;
    assert.equal(await card(marked), "2026-11-22");
    assert.equal((await ask("accountant", "POST", `/api/customers/${marked}/answer`)).status, 403);
    for (let n = 0; n < 2; n++)
      assert.equal((await ask("sales", "POST", `/api/customers/${marked}/answer`)).status, 200);
    const line = { description: "Ikkuna", quantity: 1, unitPriceCents: 100, vatClass: "standard" };
    const order = await ask("sales", "POST", "/api/orders", { customerId: ordered, lines: [line] });
    assert.equal(order.status, 201);
    assert.deepEqual([await card(marked), await card(ordered)], [null, null]);
    assert.deepEqual(await waiting(), before);
    assert.equal((await ask("sales", "POST", `/api/customers/${newId()}/answer`)).status, 404);
  });

  test("is slowed for one address, and gone where the description has no form", async () => {
    const answers: number[] = [];
    for (let n = 0; n < 12; n++) answers.push((await send({}, "10.1.0.9")).statusCode);
    assert.equal(answers.at(-1), 429);
    putInForce(described.replace("kind: webForm", "kind: letter"));
    assert.equal((await form.inject({ url: "/", remoteAddress: "10.1.0.5" })).statusCode, 404);
    assert.equal((await send(body(), "10.1.0.5")).statusCode, 404);
    putInForce(described);
  });
});

test("the form asks and keeps what the description calls by other names, and two addresses of one type apart", async () => {
  const text = (await readFile(new URL("../../../descriptions/walttia.yaml", import.meta.url), "utf8"))
    .replaceAll(/categories: \[.*?\]/g, (list) => list.replaceAll(/\b(name|email)\b/g, (id) => OTHER[id] ?? id))
    .replace("\n  name:\n    type: name", "\n  fullName:\n    type: name")
    .replace("\n  email:\n    type: email", "\n  mailbox:\n    type: email")
    .replace("type: deliveryAddress", "type: billingAddress");
  const other = await testApp({ text });
  const form = await buildFormApp({ gate: other.gate });
  const page = (await form.inject({ url: "/" })).body;
  for (const field of ["fullName", "mailbox", "billingAddress.street", "deliveryAddress.street"])
    assert.ok(page.includes(`name="${field}"`), field);
  const address = (id: string, street: string) => ({
    ...{ [`${id}.street`]: street, [`${id}.postalCode`]: "90100", [`${id}.town`]: "Oulu" },
  });
  const values = {
    ...{ fullName: "Lomake Toinen", mailbox: "toinen@example.fi" },
    ...{ ...address("billingAddress", "Laskukatu 1"), ...address("deliveryAddress", "Ovikatu 2") },
  };
  const send = (payload: object) => form.inject({ method: "POST", url: "/api/form", payload });
  const sent = { submission: newId(), language: "fi", source: "webForm", values };
  assert.equal((await send(sent)).statusCode, 201);
  const nameless = await send({ ...sent, submission: newId(), values: { mailbox: "a@example.fi" } });
  assert.equal(nameless.json().code, "invalid.name");

  const [customer] = await rowsOf(other.owner, "customer");
  const { body: card } = await other.ask("administration", "GET", `/api/customers/${customer?.subject_id}`);
  assert.deepEqual([card.name, card.email], ["Lomake Toinen", "toinen@example.fi"]);
  assert.equal(card.billingAddress.street, "Laskukatu 1");
  assert.equal(JSON.parse(card.own.deliveryAddress).street, "Ovikatu 2");
  const change = (deliveryAddress: string) =>
    other.ask("administration", "PATCH", `/api/customers/${customer?.subject_id}`, {
      own: { deliveryAddress },
      source: "phone",
    });
  assert.equal((await change(card.own.deliveryAddress)).status, 200);
  assert.equal((await change("Ovikatu 2, Oulu")).body.code, "invalid.postalAddress");
});
