// Customers over HTTP, as sales, administration, invoicing and strangers meet them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";

const { search: index, ask, owner, db } = await testApp();

const address = { street: "Kuutamopolku 4", postalCode: "90100", town: "Oulu", country: "FI" };
const person = (name: string, more: object = {}) => ({ kind: "person", name, source: "phone", ...more });
const add = async (body: object, role = "sales") => ask(role, "POST", "/api/customers", body);
const search = async (text: string, role = "sales") => {
  const { body } = await ask(role, "POST", "/api/customers/search", { search: text });
  return body.items.map(({ name }: { name?: string }) => name ?? "-");
};
const lastEvent = async () => (await rowsOf(owner, "audit_event")).at(-1) ?? {};
const countOf = async (table: string) => (await rowsOf(owner, table)).length;

test("a customer told by phone is kept with the origin of every value and a day until which it is kept", async () => {
  const made = await add(
    person("Aino Kuutamo", { email: "AINO@Example.fi", phone: "040 123 4567", billingAddress: address }),
  );
  assert.equal(made.status, 201);
  const { status, body } = await ask("sales", "GET", `/api/customers/${made.body.id}`);

  assert.equal(status, 200);
  assert.deepEqual([body.name, body.email, body.phone], ["Aino Kuutamo", "aino@example.fi", "+358401234567"]);
  assert.deepEqual(body.billingAddress, address);
  const { email } = body.origins;
  assert.deepEqual(
    [email.source, email.purpose, email.basis, email.rule, email.keepUntil],
    ["phone", "customerCare", "contract", "customerCore", "2027-11-22"],
  );
});

test("what a role may not see is absent, whoever put it there", async () => {
  const code = { personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit", source: "meeting" };
  const { body } = await add(person("Eino Kuutamo", code), "administration");

  const asSales = await ask("sales", "GET", `/api/customers/${body.id}`);
  assert.equal(asSales.status, 200);
  assert.deepEqual([asSales.body.masked, asSales.body.origins.personalIdentityCode], [[], undefined]);
  const asAdministration = await ask("administration", "GET", `/api/customers/${body.id}`);
  assert.deepEqual(asAdministration.body.masked, ["personalIdentityCode"]);
  assert.equal(asAdministration.body.origins.personalIdentityCode.ground, "credit");
  assert.ok(!JSON.stringify(asAdministration.body).includes("131052"), "the card never shows the code");
});

test("a personal identity code is shown once, with a reason, and the look is written down", async () => {
  const code = { personalIdentityCode: "010594y9032", personalIdentityCodeGround: "collection", source: "meeting" };
  const { body } = await add(person("Oiva Kuutamo", code), "administration");
  const url = `/api/customers/${body.id}/identity-code`;
  const reason = "Saatavan perintä alkaa, velallinen yksilöidään";

  assert.equal((await ask("sales", "POST", url, { reason })).status, 403);
  assert.equal((await ask("administration", "POST", url, { reason: "ok" })).status, 422);
  const shown = await ask("administration", "POST", url, { reason });
  assert.deepEqual([shown.status, shown.body], [200, { personalIdentityCode: "010594Y9032" }]);
  const event = await lastEvent();
  assert.deepEqual([event.verb, String(event.categories)], ["read", "personalIdentityCode"]);
  assert.ok(Buffer.isBuffer(event.sealed_why) && !event.sealed_why.includes("perint"), "the reason is sealed");
});

test("an identity code without a ground, with a wrong check, of a company, by sales: refused, written down, nothing stored", async () => {
  const before = [await countOf("customer"), await countOf("customer_value")];
  const cases: [role: string, body: object, status: number, code: string][] = [
    [
      "administration",
      person("Nimi Yksi", { personalIdentityCode: "131052-308T", source: "meeting" }),
      422,
      "refused.identityCodeGround",
    ],
    [
      "administration",
      person("Nimi Kaksi", {
        personalIdentityCode: "131052-308T",
        personalIdentityCodeGround: "rental",
        source: "meeting",
      }),
      422,
      "refused.identityCodeGround",
    ],
    [
      "administration",
      person("Nimi Kolme", {
        personalIdentityCode: "131052-308U",
        personalIdentityCodeGround: "credit",
        source: "meeting",
      }),
      422,
      "invalid.personalIdentityCode.checkCharacter",
    ],
    [
      "administration",
      {
        ...person("Yritys Oy"),
        kind: "organisation",
        personalIdentityCode: "131052-308T",
        personalIdentityCodeGround: "credit",
        source: "meeting",
      },
      403,
      "refused.categoryNotAllowed",
    ],
    [
      "sales",
      person("Nimi Neljä", {
        personalIdentityCode: "131052-308T",
        personalIdentityCodeGround: "credit",
        source: "meeting",
      }),
      403,
      "refused.categoryNotAllowed",
    ],
    ["sales", person("Nimi Viisi", { source: "fair" }), 422, "refused.unknownSource"],
    ["sales", person("Nimi Kuusi", { own: { boat: "X" } }), 422, "refused.unknownCategory"],
    ["invoicing", person("Nimi Seitsemän"), 403, "refused.noRole"],
    ["accountant", person("Nimi Kahdeksan"), 403, "refused.noRole"],
  ];
  for (const [role, body, status, code] of cases) {
    const answer = await add(body, role);
    assert.deepEqual([answer.status, answer.body.code], [status, code]);
    assert.equal(answer.headers["content-type"], "application/problem+json; charset=utf-8");
    if (!code.startsWith("refused.")) continue;
    assert.ok(answer.body.place.length > 0, "the answer names the place in the description");
    const event = await lastEvent();
    assert.deepEqual([event.decision, event.place], ["refused", answer.body.place]);
    assert.ok(!JSON.stringify(event).includes("131052"), "the log holds no value");
  }
  assert.deepEqual([await countOf("customer"), await countOf("customer_value")], before);
});

test("two people whose codes differ only in the century sign are two people", async () => {
  const code = (personalIdentityCode: string) => ({
    personalIdentityCode,
    personalIdentityCodeGround: "credit",
    source: "meeting",
  });
  await add(person("Tuisku Yksi", code("150385-1230")), "administration");
  await add(person("Tuisku Kaksi", code("150385Y1230")), "administration");

  assert.deepEqual(await search("150385Y1230", "administration"), ["Tuisku Kaksi"]);
  assert.deepEqual(await search("150385-1230", "administration"), ["Tuisku Yksi"]);
});

test("search finds by the beginnings of words, with and without dots, by the end of a phone number, by town", async () => {
  await add(
    person("Väinö Mäkelä-Öhman", {
      email: "vaino.oh@example.fi",
      phone: "050 765 4321",
      deliveryAddress: { ...address, town: "Kemijärvi" },
    }),
  );
  for (const text of [
    "väi",
    "vai",
    "mäkel",
    "makel öh",
    "ohman vä",
    "050 765 4321",
    "7654321",
    "kemijärvi",
    "vaino.oh@example.fi",
  ])
    assert.deepEqual(await search(text), ["Väinö Mäkelä-Öhman"], `by ${text.length} letters`);
  for (const text of ["äinö", "väinöx", "väi tuntematon", "zzz"]) assert.deepEqual(await search(text), []);
});

test("a search cannot tell of a category that one may not see", async () => {
  const code = { personalIdentityCode: "290200A248A", personalIdentityCodeGround: "credit", source: "meeting" };
  await add(person("Salli Salattu", code), "administration");

  assert.deepEqual(await search("290200A248A", "administration"), ["Salli Salattu"]);
  assert.deepEqual(await search("290200A248A", "sales"), []);
  assert.deepEqual(await search("290200", "administration"), [], "a code is found only whole");
});

test("the list is newest first, page by page", async () => {
  for (const n of [1, 2, 3]) await add(person(`Sivu Numero${n}`));
  const first = await ask("sales", "GET", "/api/customers?limit=2");
  assert.deepEqual(
    first.body.items.map(({ name }: { name: string }) => name),
    ["Sivu Numero3", "Sivu Numero2"],
  );
  const second = await ask("sales", "GET", `/api/customers?limit=2&after=${first.body.next}`);
  assert.equal(second.body.items[0].name, "Sivu Numero1");
});

test("who is being typed is recognised by phone, e-mail or name", async () => {
  await add(person("Helmi Kaksois", { phone: "041 222 3333", email: "helmi@example.fi" }));
  const typed = async (body: object) => (await ask("sales", "POST", "/api/customers/duplicates", body)).body.items;

  assert.deepEqual((await typed({ phone: "+358412223333" }))[0].matched, ["phone"]);
  assert.deepEqual((await typed({ email: "Helmi@example.fi", name: "Helmi Kaksois" }))[0].matched.sort(), [
    "email",
    "name",
  ]);
  assert.deepEqual(await typed({ name: "Täysin Uusi" }), []);
});

test("a change replaces the value, its origin and what it is found by; null removes it", async () => {
  const { body } = await add(person("Muutos Ennen", { email: "ennen@example.fi" }));
  const url = `/api/customers/${body.id}`;
  const changed = await ask("sales", "PATCH", url, { name: "Muutos Jälkeen", email: null, source: "email" });
  assert.equal(changed.status, 200);

  const { body: card } = await ask("sales", "GET", url);
  assert.deepEqual([card.name, card.email, card.origins.name.source], ["Muutos Jälkeen", undefined, "email"]);
  assert.deepEqual([await search("ennen"), await search("jälkeen")], [[], ["Muutos Jälkeen"]]);
});

test("a change by one who may not see a value leaves that value, and how it is found, alone", async () => {
  const code = { personalIdentityCode: "010501E9032", personalIdentityCodeGround: "credit", source: "meeting" };
  const { body } = await add(person("Pysyvä Tieto", code), "administration");
  await ask("sales", "PATCH", `/api/customers/${body.id}`, { phone: "0407654321", source: "phone" });

  assert.deepEqual(await search("010501E9032", "administration"), ["Pysyvä Tieto"]);
});

test("a contact person is a subject of their own under the organisation", async () => {
  const { body: organisation } = await add({
    kind: "organisation",
    name: "Kaarnan Veneet Oy",
    businessId: "2077474-0",
    source: "meeting",
  });
  const made = await ask("sales", "POST", `/api/customers/${organisation.id}/contacts`, {
    name: "Touko Yhteys",
    source: "meeting",
  });
  assert.equal(made.status, 201);

  const { body: card } = await ask("sales", "GET", `/api/customers/${organisation.id}`);
  assert.deepEqual(card.contacts, [{ id: made.body.id }]);
  const { body: people } = await ask("sales", "GET", `/api/customers?organisation=${organisation.id}`);
  assert.deepEqual(
    people.items.map(({ name }: { name: string }) => name),
    ["Touko Yhteys"],
  );
  const nobody = await ask("sales", "POST", "/api/customers/00000000-0000-7000-8000-000000000000/contacts", {
    name: "X",
    source: "meeting",
  });
  assert.equal(nobody.status, 404);
});

test("a search index that a crash emptied is made again, and until then search says so", async () => {
  await db.deleteFrom("customer_search").execute();
  await db.deleteFrom("search_marker").execute();
  const early = await ask("sales", "POST", "/api/customers/search", { search: "aino" });
  assert.deepEqual([early.status, early.body.code], [503, "searchRebuilding"]);

  await index.ready();
  assert.deepEqual(await search("aino"), ["Aino Kuutamo"]);
});

test("a repeated request with its key makes one customer", async () => {
  const headers = { "idempotency-key": "kerran-vain" };
  const before = await countOf("customer");
  const [first, second] = [
    await ask("sales", "POST", "/api/customers", person("Kerran Vain"), headers),
    await ask("sales", "POST", "/api/customers", person("Kerran Vain"), headers),
  ];
  assert.deepEqual([first.status, second.status, second.body], [201, 201, first.body]);
  assert.equal(await countOf("customer"), before + 1);
  assert.equal((await ask("sales", "POST", "/api/customers", person("Toinen Nimi"), headers)).status, 422);
});

test("nobody in particular is told to sign in; another's id is not found", async () => {
  assert.equal((await ask(null, "GET", "/api/customers")).status, 401);
  assert.equal((await ask("sales", "GET", "/api/customers/00000000-0000-7000-8000-000000000000")).status, 404);
});

test("no table holds a name, an address or a code in the clear", async () => {
  for (const table of [
    "customer",
    "customer_value",
    "customer_search",
    "customer_event",
    "audit_event",
    "idempotency",
  ]) {
    const { rows } = await sql<{
      all: string;
    }>`select coalesce(string_agg(t::text, ' '), '') as all from ${sql.table(table)} t`.execute(owner);
    const text = rows[0]?.all ?? "";
    assert.ok(text.length > 100, `${table} has something to look through`);
    for (const value of ["Kuutamo", "131052", "example.fi", "401234567"]) {
      assert.ok(!text.includes(value) && !text.includes(Buffer.from(value).toString("hex")), `${table} holds no value`);
    }
  }
});
