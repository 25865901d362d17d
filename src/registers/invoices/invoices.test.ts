import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { LINES, MAIJA, trade } from "../../test/trade.ts";
import { newId } from "../../values/Uuid.ts";

test("lists are a customer's or the newest of all, open or paid, with the buyer's name", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const [maija, other] = [await customer(), await customer({ ...MAIJA, name: "Toinen Asiakas" })];
  const made: { id: string; number: string }[] = [];
  for (const one of [maija, other, maija]) made.push(await invoice(await delivered(one)));
  const paid = await t.ask("invoicing", "POST", `/api/invoices/${made[0]?.id}/payment`, { day: "2026-11-22" });
  assert.deepEqual([paid.status, paid.body], [200, { id: made[0]?.id, paidOn: "2026-11-22" }]);
  const listed = async (query: string) => {
    const { body } = await t.ask("invoicing", "GET", `/api/invoices${query}`);
    return body.items.map(({ number, buyerName }: { number: string; buyerName: string }) =>
      [number.slice(-1), buyerName].join(" "),
    );
  };
  const [first, second, third] = [`1 ${MAIJA.name}`, "2 Toinen Asiakas", `3 ${MAIJA.name}`];
  assert.deepEqual(await listed(""), [third, second, first]);
  assert.deepEqual(await listed("?limit=1"), [third]);
  assert.deepEqual(await listed(`?customerId=${maija}`), [third, first]);
  assert.deepEqual(await listed("?state=open"), [third, second]);
  assert.deepEqual(await listed(`?state=paid&customerId=${maija}`), [first]);
  assert.deepEqual(await listed(`?customerId=${newId()}`), []);
  assert.deepEqual(await listed(`?number=${made[1]?.number}`), [second]);
  assert.deepEqual(await listed("?number=03"), [third]);
  assert.deepEqual(await listed("?number=2026&limit=2"), [third, second]);
  assert.deepEqual(await listed("?number=77"), []);
  const joker = await t.ask("invoicing", "GET", "/api/invoices?number=%25");
  assert.equal(joker.status, 422);
});

test("an invoice is paid once, on a day that has come", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const { id } = await invoice(await delivered(await customer()));
  const pay = (day: string, role = "invoicing") => t.ask(role, "POST", `/api/invoices/${id}/payment`, { day });
  assert.equal((await pay("2026-11-23")).body.code, "invalid.futureDay");
  assert.equal((await pay("2026-11-22", "sales")).status, 403);
  assert.equal((await pay("2026-11-22", "accountant")).status, 403);
  const both = await Promise.all([pay("2026-11-21"), pay("2026-11-22")]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  const [row] = await rowsOf(t.owner, "invoice");
  assert.equal((await pay(String(row?.paid_on))).status, 200);
  assert.equal(
    (await t.ask("invoicing", "POST", `/api/invoices/${newId()}/payment`, { day: "2026-11-22" })).status,
    404,
  );
  const print = await t.ask("invoicing", "GET", `/api/invoices/${id}/print`);
  assert.match(print.body, /Maksettu 2\d\.11\.2026\./);
});

test("sales see no invoices; the accountant reads them for bookkeeping", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const { id } = await invoice(await delivered(await customer()));
  for (const path of ["", `/${id}`, `/${id}/print`]) {
    const refused = await t.ask("sales", "GET", `/api/invoices${path}`);
    assert.deepEqual([refused.status, refused.body.code], [403, "refused.noRole"]);
  }
  const read = await t.ask("accountant", "GET", `/api/invoices/${id}`);
  assert.equal(read.body.buyer.name, MAIJA.name);
  const event = (await rowsOf(t.owner, "audit_event")).at(-1);
  assert.deepEqual([event?.verb, event?.register, event?.purpose], ["read", "invoices", "bookkeeping"]);
});

test("what of an invoice a role may not see is absent", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const { id } = await invoice(await delivered(await customer()));
  const accountant =
    "verbs: [read]\n        purposes: [bookkeeping]\n        categories: [name, billingAddress, businessId, orders, invoices]";
  assert.equal(t.described.split(accountant).length, 2);
  const seen = async (categories: string) => {
    t.putInForce(t.described.replace(accountant, accountant.replace(/\[name.*\]/, categories)));
    const { status, body } = await t.ask("accountant", "GET", `/api/invoices/${id}`);
    return { status, buyer: body.buyer, rows: body.rows, total: body.totalCents };
  };
  const total = 125_500;
  assert.deepEqual(await seen("[invoices]"), { status: 200, buyer: undefined, rows: undefined, total });
  assert.deepEqual(await seen("[name, invoices]"), {
    status: 200,
    buyer: { name: MAIJA.name },
    rows: undefined,
    total,
  });
  const { rows } = await seen("[orders, invoices]");
  assert.deepEqual(rows, [{ ...LINES[0], permille: 255, netCents: 100_000 }]);
  assert.equal((await seen("[name]")).status, 404);
  assert.deepEqual((await t.ask("accountant", "GET", "/api/invoices")).body.items, []);
  t.putInForce(t.described.replace(accountant, accountant.replace(/\[name.*\]/, "[invoices]")));
  const print = await t.ask("accountant", "GET", `/api/invoices/${id}/print`);
  assert.ok(!print.body.includes("Esimerkki-Ruusunen") && !print.body.includes("Puuikkunan"));
});

test("the printed invoice is a page of its own in three languages, and says that it may not be sent yet", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const { id, number } = await invoice(await delivered(await customer()));
  const says = { fi: "eikä sitä saa lähettää", sv: "får inte sändas", en: "not to be sent" };
  for (const [language, banner] of Object.entries(says)) {
    const print = await t.ask("invoicing", "GET", `/api/invoices/${id}/print?language=${language}`);
    assert.equal(print.headers["content-type"], "text/html; charset=utf-8");
    for (const text of [banner, number, MAIJA.name, "Walttia Oy", "2643821-1", LINES[0].description])
      assert.ok(print.body.includes(text), `${language} lacks ${text}`);
    assert.doesNotMatch(print.body, /<script/);
  }
});

test("a seller whose facts are known prints a complete invoice with its barcode", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const known = t.described
    .replace("address: unknown", 'address: { street: Mallikuja 3, postalCode: "00100", town: Helsinki, country: FI }')
    .replace("iban: unknown", "iban: FI21 1234 5600 0007 85")
    .replace("vatRegistered: unknown", "vatRegistered: true");
  const orderId = await delivered(await customer());
  t.putInForce(known);
  const { id } = await invoice(orderId);
  // The seller of that day stays on the invoice when the description changes.
  t.putInForce(t.described);
  const { body } = await t.ask("invoicing", "GET", `/api/invoices/${id}`);
  assert.deepEqual([body.missing, body.seller.vatId, body.seller.town], [[], "FI26438211", "Helsinki"]);
  const print = await t.ask("invoicing", "GET", `/api/invoices/${id}/print`);
  assert.match(print.body, /421123456000007850012550000000000000020260000011261206/);
  assert.doesNotMatch(print.body, /class="incomplete"/);
});

test("unpaid ones past their day, and those issued between two days", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const id = await customer();
  const numbers: string[] = [];
  for (const day of ["2026-11-22", "2026-11-23", "2026-12-20"]) {
    t.clock.set(`${day}T10:00:00Z`);
    numbers.push((await invoice(await delivered(id, "2026-11-22"))).number);
  }
  const listed = async (query: string): Promise<string[]> => {
    const { body } = await t.ask("invoicing", "GET", `/api/invoices?${query}`);
    return body.items.map(({ number }: { number: string }) => number);
  };
  const [first = "", second = "", third = ""] = numbers;
  assert.deepEqual(await listed("from=2026-11-23"), [third, second]);
  assert.deepEqual(await listed("from=2026-11-22&to=2026-11-23"), [second, first]);
  assert.deepEqual(await listed("state=late"), [second, first]);
  const [{ id: paid }] = (await t.ask("invoicing", "GET", `/api/invoices?number=${first}`)).body.items;
  await t.ask("invoicing", "POST", `/api/invoices/${paid}/payment`, { day: "2026-12-20" });
  assert.deepEqual(await listed("state=late"), [second]);
});

test("buyer and rows stand sealed in the database", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  await invoice(await delivered(await customer()));
  const planted = [MAIJA.name, MAIJA.email, MAIJA.billingAddress.street, LINES[0].description];
  for (const table of ["invoice", "invoice_vat", "invoice_series", "customer_value", "idempotency", "audit_event"]) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(t.owner);
    assert.ok(rows.length > 0 || table === "idempotency");
    const dump = rows
      .map(({ row }) => row + row.replace(/\\+x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, "hex").toString("utf8")))
      .join("\n");
    for (const text of planted) assert.ok(!dump.includes(text), `${table} holds a planted value`);
  }
  // The scan would find a clear one.
  const { rows } = await sql<{ row: string }>`select row(${Buffer.from(MAIJA.name)}::bytea)::text as row`.execute(
    t.owner,
  );
  const found = rows.map(({ row }) =>
    row.replace(/\\+x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, "hex").toString("utf8")),
  );
  assert.ok(found.join().includes(MAIJA.name));
});
