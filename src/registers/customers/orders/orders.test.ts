import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testApp } from "../../../test/app.ts";
import { rowsOf } from "../../../test/database.ts";
import { IDENTITY_CODE, LINES, MAIJA, trade } from "../../../test/trade.ts";
import { newId } from "../../../values/Uuid.ts";

test("an order is written down and read back by those who may, with the customer's name", async () => {
  const t = await testApp();
  const { customer, order } = trade(t);
  const customerId = await customer();
  const id = await order(customerId, { priceIncludesVat: true });
  const read = await t.ask("sales", "GET", `/api/orders/${id}`);
  assert.deepEqual(read.body, {
    id,
    customerId,
    createdAt: "2026-11-22T10:00:00.000Z",
    lines: LINES,
    priceIncludesVat: true,
    totalCents: 100_000,
    warrantyPeriod: "P5Y",
    deliveredOn: null,
    warrantyEndsOn: null,
    invoicedOn: null,
    customerName: MAIJA.name,
  });
  const events = await rowsOf(t.owner, "audit_event");
  const acts = events.map(({ verb, register, categories }) => [verb, register, categories].flat().join(" "));
  assert.ok(acts.includes("collect customers orders"), acts.join("; "));
});

test("lists are a customer's or the newest of all, open or delivered", async () => {
  const t = await testApp();
  const { customer, order, delivered } = trade(t);
  const [maija, other] = [await customer(), await customer({ ...MAIJA, name: "Toinen Asiakas" })];
  const made: string[] = [];
  for (const one of [maija, other, maija]) {
    t.clock.forward(1_000);
    made.push(await order(one));
  }
  t.clock.forward(1_000);
  const done = await delivered(maija);
  const idsOf = async (query: string) => {
    const { body } = await t.ask("sales", "GET", `/api/orders${query}`);
    return body.items.map((item: { id: string }) => item.id);
  };
  const [a, b, c] = made;
  assert.deepEqual(await idsOf(""), [done, c, b, a]);
  assert.deepEqual(await idsOf("?limit=2"), [done, c]);
  assert.deepEqual(await idsOf(`?customerId=${maija}`), [done, c, a]);
  assert.deepEqual(await idsOf("?state=open"), [c, b, a]);
  assert.deepEqual(await idsOf(`?state=delivered&customerId=${maija}`), [done]);
  assert.deepEqual(await idsOf(`?customerId=${newId()}`), []);
  const names = (await t.ask("sales", "GET", "/api/orders")).body.items.map(
    (one: { customerName: string }) => one.customerName,
  );
  assert.deepEqual(names, [MAIJA.name, MAIJA.name, "Toinen Asiakas", MAIJA.name]);
});

test("who may not see orders sees none; who may not see names sees orders without them", async () => {
  const t = await testApp();
  const { customer, order } = trade(t);
  const customerId = await customer();
  const id = await order(customerId);
  // Marketing reads by consent: without one the customer is not there; with names only, there are no orders either.
  assert.deepEqual((await t.ask("marketing", "GET", "/api/orders")).body.items, []);
  assert.equal((await t.ask("marketing", "GET", `/api/orders/${id}`)).status, 404);
  const refused = await t.ask("marketing", "POST", "/api/orders", { customerId, lines: LINES });
  assert.deepEqual([refused.status, refused.body.code], [403, "refused.categoryNotAllowed"]);
  assert.equal((await t.ask("accountant", "GET", "/api/orders")).status, 403);

  const sales =
    "purposes: [customerCare, serviceProvision]\n        categories: [name, email, phone, billingAddress, deliveryAddress, businessId, orders, appointments]";
  assert.equal(t.described.split(sales).length, 2);
  t.putInForce(t.described.replace(sales, sales.replace("[name, email", "[email")));
  const [line] = (await t.ask("sales", "GET", "/api/orders")).body.items;
  assert.deepEqual([line.id, line.lines, line.customerName], [id, LINES, undefined]);
});

test("a delivery starts the warranty and is the last day of its kind", async () => {
  const t = await testApp();
  const { customer, delivered, order, deliver } = trade(t);
  const customerId = await customer();
  const eventsOf = async () =>
    Object.fromEntries((await rowsOf(t.owner, "customer_event")).map(({ event, day }) => [event, day]));
  assert.deepEqual(await eventsOf(), { collected: "2026-11-22", lastContact: "2026-11-22" });

  const first = await delivered(customerId, "2024-02-29");
  const read = (await t.ask("sales", "GET", `/api/orders/${first}`)).body;
  assert.deepEqual([read.deliveredOn, read.warrantyEndsOn, read.warrantyPeriod], ["2024-02-29", "2029-02-28", "P5Y"]);
  assert.deepEqual(await eventsOf(), {
    collected: "2026-11-22",
    lastContact: "2026-11-22",
    delivery: "2024-02-29",
    warrantyEnd: "2029-02-28",
  });
  // A later delivery with a short warranty of its own moves the delivery, not the warranty's end.
  const second = await order(customerId, { warrantyPeriod: "P24M" });
  assert.equal((await deliver(second, "2026-11-22")).warrantyEndsOn, "2028-11-22");
  const last = await eventsOf();
  assert.deepEqual([last.delivery, last.warrantyEnd], ["2026-11-22", "2029-02-28"]);
});

test("a delivery is accepted once; the same day again changes nothing, another is refused", async () => {
  const t = await testApp();
  const { customer, order, deliver } = trade(t);
  const id = await order(await customer());
  const days = ["2026-11-19", "2026-11-20", "2026-11-19", "2026-11-20"];
  const answers = await Promise.all(days.map((day) => t.ask("sales", "POST", `/api/orders/${id}/delivery`, { day })));
  const { deliveredOn } = (await t.ask("sales", "GET", `/api/orders/${id}`)).body;
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(
    statuses,
    days.map((day) => (day === deliveredOn ? 200 : 409)),
  );
  assert.equal((await deliver(id, deliveredOn)).warrantyEndsOn, `2031${deliveredOn.slice(4)}`);
  const other = await t.ask("sales", "POST", `/api/orders/${id}/delivery`, { day: "2026-11-01" });
  assert.deepEqual([other.body.code, other.body.day], ["deliveredOnAnotherDay", deliveredOn]);
});

test("a delivery cannot be in the future, in Finland's calendar, nor before the table of VAT rates", async () => {
  const t = await testApp();
  const { customer, order, deliver } = trade(t);
  const id = await order(await customer());
  const codeOf = async (day: string) => (await t.ask("sales", "POST", `/api/orders/${id}/delivery`, { day })).body.code;
  assert.equal(await codeOf("2026-11-23"), "invalid.futureDay");
  assert.equal(await codeOf("2012-12-31"), "vat.noRate");
  assert.equal(await codeOf("2026-02-30"), "invalid");
  t.clock.set("2026-11-22T22:30:00Z");
  await deliver(id, "2026-11-23");
});

test("what cannot be an order is refused and nothing of it is kept", async () => {
  const t = await testApp();
  const { customer } = trade(t);
  const customerId = await customer();
  const [line] = LINES;
  const codeOf = async (more: object, code = 422) => {
    const { status, body } = await t.ask("sales", "POST", "/api/orders", { customerId, lines: LINES, ...more });
    assert.equal(status, code);
    return body.code;
  };
  const text = `Asiakkaan ${IDENTITY_CODE} tilaus`;
  assert.equal(await codeOf({ lines: [{ ...line, description: text }] }), "invalid.identityCodeInText");
  assert.equal(await codeOf({ lines: [{ ...line, unitPriceCents: -1 }] }), "invalid.orderTotal");
  assert.equal(await codeOf({ lines: [] }), "invalid");
  assert.equal(await codeOf({ warrantyPeriod: "P" }), "invalid.period");
  assert.equal(
    await codeOf({ lines: Array(200).fill({ ...line, quantity: 1e6, unitPriceCents: 1e8 }) }),
    "invalid.money",
  );
  assert.equal(await codeOf({ customerId: newId() }, 404), "notFound");
  assert.deepEqual(await rowsOf(t.owner, "customer_order"), []);
  assert.deepEqual(await rowsOf(t.owner, "order_line"), []);
});

test("a contact person orders for the organisation, not in their own name", async () => {
  const t = await testApp();
  const { customer, order } = trade(t);
  const organisation = await customer({ kind: "organisation", name: "Esimerkki Oy", source: "phone" });
  const contact = await t.ask("sales", "POST", `/api/customers/${organisation}/contacts`, {
    name: "Kaisa Kontakti",
    source: "phone",
  });
  assert.equal(contact.status, 201);
  const refused = await t.ask("sales", "POST", "/api/orders", { customerId: contact.body.id, lines: LINES });
  assert.deepEqual([refused.status, refused.body.code], [422, "orderNotOfSubject"]);
  await order(organisation);
});

test("the texts of an order are sealed, each to its own line", async () => {
  const t = await testApp();
  const { customer, order } = trade(t);
  const [line] = LINES;
  const texts = ["Ensimmäinen-rivi-planted", "Toinen-rivi-planted"];
  const id = await order(await customer(), { lines: texts.map((description) => ({ ...line, description })) });
  for (const table of ["customer_order", "order_line", "customer_event", "audit_event"]) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(t.owner);
    assert.ok(rows.length > 0);
    const dump = rows.map(({ row }) =>
      row.replace(/\\x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, "hex").toString("latin1")),
    );
    for (const text of [...texts, MAIJA.name]) {
      const planted = Buffer.from(text, "utf8").toString("latin1");
      assert.ok(!dump.join().includes(text) && !dump.join().includes(planted), `${table} holds a text in the clear`);
    }
  }
  assert.equal((await t.ask("sales", "GET", `/api/orders/${id}`)).status, 200);
  await sql`update order_line a set sealed = b.sealed from order_line b where a.order_id = b.order_id and a.line <> b.line`.execute(
    t.owner,
  );
  const swapped = await t.ask("sales", "GET", `/api/orders/${id}`);
  assert.deepEqual([swapped.status, swapped.body.lines], [503, undefined]);
});

test("orders of a restricted customer are hidden from other purposes", async () => {
  const t = await testApp();
  const { customer, delivered } = trade(t);
  const customerId = await customer();
  const id = await delivered(customerId);
  await sql`insert into restriction (id, subject_id, register, purposes, ground, at, by)
    values (${newId()}, ${customerId}, 'customers', '{warranty}', 'objection', now(), 'test')`.execute(t.owner);
  assert.equal((await t.ask("sales", "GET", `/api/orders/${id}`)).status, 404);
  assert.deepEqual((await t.ask("sales", "GET", "/api/orders")).body.items, []);
  assert.equal((await t.ask("sales", "POST", "/api/orders", { customerId, lines: LINES })).status, 404);
  assert.equal((await t.ask("invoicing", "POST", `/api/orders/${id}/invoice`)).status, 404);
  const forWarranty = await t.ask("sales", "GET", `/api/orders/${id}`, undefined, { "tietovirta-purpose": "warranty" });
  assert.equal(forWarranty.status, 200);
});
