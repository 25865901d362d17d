import assert from "node:assert/strict";
import { test } from "node:test";
import { putBackInvoices } from "../db/putBack.ts";
import { type TestApp, testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { IDENTITY_CODE, LINES, MAIJA, trade } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";
import { carryOrder } from "./erpToInvoicing.ts";

const WITH_CODE = { ...MAIJA, personalIdentityCode: IDENTITY_CODE, personalIdentityCodeGround: "credit" };
const FLOW = "categories: [name, billingAddress, businessId, orders]\n    purpose: invoicing\n    channel: internal";

const count = async (t: TestApp, table: string) => (await rowsOf(t.owner, table)).length;
const events = async (t: TestApp, flow: string | null = "erpToInvoicing") =>
  (await rowsOf(t.owner, "audit_event")).filter((event) => event.flow === flow);

/** What really stands under the seal of the one invoice. */
async function sealedOf(
  t: TestApp,
  id: string,
): Promise<{ values: Record<string, { value: string }>; rows: object[] }> {
  const row = (await rowsOf(t.owner, "invoice")).find((invoice) => invoice.id === id) ?? assert.fail();
  const place = { register: "invoices", category: "invoices", row: id, subject: String(row.subject_id) };
  assert.ok(Buffer.isBuffer(row.sealed));
  const [plain] = await t.keys.open([{ place, sealed: row.sealed }]);
  return JSON.parse(plain?.toString("utf8") ?? assert.fail());
}

test("an accepted delivery becomes an invoice of exactly what the flow declares and the preview showed", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customerId = await customer(WITH_CODE);
  const orderId = await delivered(customerId);
  assert.equal(await count(t, "invoice"), 0);

  const preview = await t.ask("invoicing", "GET", `/api/orders/${orderId}/invoice-preview?language=en`);
  assert.equal(preview.status, 200);
  const { flow, moves, stays, byRate, ...amounts } = preview.body;
  assert.match(flow.place, /^walttia\.yaml:\d+ flows\.erpToInvoicing$/);
  assert.deepEqual(
    { ...flow, place: "" },
    {
      id: "erpToInvoicing",
      place: "",
      purpose: "invoicing",
      legalBasis: "contract",
      channel: "internal",
      fromSystem: "erp",
      toSystem: "invoicing",
    },
  );
  const category = (one: { category: string }) => one.category;
  assert.deepEqual(
    moves.toSorted((a: { category: string }, b: { category: string }) => (category(a) < category(b) ? -1 : 1)),
    [
      { category: "billingAddress", value: "Kuvitteellinenkatu 7, 90100 OULU" },
      { category: "name", value: MAIJA.name },
      { category: "orders", value: "Delivered 20 Nov 2026" },
      { category: "orders", value: `2 × ${LINES[0].description}, €500.00 (without VAT), VAT 25.5%` },
    ],
  );
  assert.deepEqual(stays.toSorted(), ["email", "personalIdentityCode", "phone"]);
  assert.deepEqual(byRate, [{ vatClass: "standard", permille: 255, baseCents: 100_000, vatCents: 25_500 }]);
  const missing = ["address", "iban", "vatRegistered"];
  const sums = { netCents: 100_000, vatCents: 25_500, totalCents: 125_500 };
  assert.deepEqual(amounts, { orderId, customerId, ...sums, missing, invoiceId: null, uncertain: null });
  assert.equal(await count(t, "invoice"), 0);

  const made = await invoice(orderId);
  assert.equal(made.number, "2026000001");
  const read = (await t.ask("invoicing", "GET", `/api/invoices/${made.id}`)).body;
  assert.deepEqual(
    [read.customerId, read.orderId, read.issuedOn, read.deliveredOn, read.dueOn, read.reference, read.referenceShown],
    [customerId, orderId, "2026-11-22", "2026-11-20", "2026-12-06", "20260000011", "2 02600 00011"],
  );
  assert.deepEqual([read.financialYearEnd, read.keepUntil], ["2026-12-31", "2032-12-31"]);
  assert.deepEqual([read.netCents, read.vatCents, read.totalCents, read.missing], [100_000, 25_500, 125_500, missing]);
  assert.deepEqual(read.buyer, { name: MAIJA.name, ...MAIJA.billingAddress });
  assert.deepEqual(read.rows, [{ ...LINES[0], permille: 255, netCents: 100_000 }]);
  assert.equal(read.seller.name, "Walttia Oy");
  const sealed = await sealedOf(t, made.id);
  assert.deepEqual(Object.keys(sealed.values).sort(), ["billingAddress", "name"]);

  const acts = (await events(t)).map(({ verb, register, purpose, categories, channel, subjects }) =>
    [verb, register, purpose, categories, channel, subjects].flat().join(" "),
  );
  const ofFlow = "name billingAddress businessId orders";
  assert.deepEqual(acts, [
    `read customers invoicing ${ofFlow} internal ${customerId}`,
    `disclose customers invoicing ${ofFlow} internal ${customerId}`,
    `collect invoices invoicing ${ofFlow} invoices internal ${customerId}`,
  ]);
});

test("a role that the flow does not name is refused with the place, written down, and nothing moves", async () => {
  const t = await testApp();
  const { customer, delivered } = trade(t);
  const orderId = await delivered(await customer());
  for (const [method, path] of [
    ["POST", "invoice"],
    ["GET", "invoice-preview"],
  ] as const) {
    const refused = await t.ask("sales", method, `/api/orders/${orderId}/${path}`);
    assert.deepEqual([refused.status, refused.body.code], [403, "refused.flowNotByRole"]);
    assert.equal(refused.body.place, "flows.erpToInvoicing.by");
  }
  const written = await events(t);
  assert.deepEqual(
    written.map(({ decision, reason, place }) => [decision, reason, place]),
    Array(2).fill(["refused", "flowNotByRole", "flows.erpToInvoicing.by"]),
  );
  assert.equal(await count(t, "invoice"), 0);
  assert.equal(await count(t, "invoice_series"), 0);
});

test("without the flow in the description there is no such way", async () => {
  const t = await testApp();
  const { customer, delivered } = trade(t);
  const orderId = await delivered(await customer());
  const from = t.described.indexOf("  erpToInvoicing:\n");
  const to = t.described.indexOf("  toAccountant:\n");
  assert.ok(from > 0 && to > from);
  t.putInForce(t.described.slice(0, from) + t.described.slice(to));
  assert.equal((await t.ask("invoicing", "POST", `/api/orders/${orderId}/invoice`)).status, 404);
  assert.equal((await t.ask("invoicing", "GET", `/api/orders/${orderId}/invoice-preview`)).status, 404);
  assert.equal(await count(t, "invoice"), 0);
});

test("a category taken out of the flow does not move, and one that nobody declared never did", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const orderId = await delivered(await customer());
  assert.equal(t.described.split(FLOW).length, 2);
  t.putInForce(t.described.replace(FLOW, FLOW.replace("billingAddress, ", "")));
  const { id } = await invoice(orderId);
  assert.deepEqual(Object.keys((await sealedOf(t, id)).values), ["name"]);
  assert.ok(!JSON.stringify(await sealedOf(t, id)).includes(MAIJA.email));
});

test("a personal identity code is in no artefact of an invoice, even where a description would carry it", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const orderId = await delivered(await customer(WITH_CODE));
  const register = "categories: [name, billingAddress, businessId, orders, invoices]\n  contracts:";
  assert.equal(t.described.split(register).length, 2);
  t.putInForce(
    t.described
      .replace(FLOW, FLOW.replace("[name", "[personalIdentityCode, name"))
      .replace(register, register.replace("[name", "[personalIdentityCode, name")),
  );
  const preview = await t.ask("invoicing", "GET", `/api/orders/${orderId}/invoice-preview`);
  assert.ok(preview.body.stays.includes("personalIdentityCode"));
  const { id } = await invoice(orderId);
  const read = await t.ask("invoicing", "GET", `/api/invoices/${id}`);
  const prints = await Promise.all(
    ["fi", "sv", "en"].map((language) => t.ask("invoicing", "GET", `/api/invoices/${id}/print?language=${language}`)),
  );
  const artefacts = [preview.body, read.body, await sealedOf(t, id), ...prints.map(({ body }) => body)];
  assert.equal(artefacts.length, 6);
  for (const one of artefacts) assert.ok(!JSON.stringify(one).includes(IDENTITY_CODE), "the code is in an artefact");
});

test("an order that has not been delivered cannot be invoiced, nor one that nobody made", async () => {
  const t = await testApp();
  const { customer, order } = trade(t);
  const orderId = await order(await customer());
  const early = await t.ask("invoicing", "POST", `/api/orders/${orderId}/invoice`);
  assert.deepEqual([early.status, early.body.code], [409, "notDelivered"]);
  assert.equal((await t.ask("invoicing", "GET", `/api/orders/${orderId}/invoice-preview`)).body.code, "notDelivered");
  assert.equal((await t.ask("invoicing", "POST", `/api/orders/${newId()}/invoice`)).status, 404);
});

test("invoices made at the same moment are numbered without gaps", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customers = await Promise.all([customer(), customer({ ...MAIJA, name: "Toinen Asiakas" })]);
  const orders = await Promise.all(Array.from({ length: 20 }, (_, n) => delivered(customers[n % 2] ?? "")));
  const made = await Promise.all(orders.map((id) => invoice(id)));
  const wanted = Array.from({ length: 20 }, (_, n) => `2026${String(n + 1).padStart(6, "0")}`);
  assert.deepEqual(made.map(({ number }) => number).sort(), wanted);
});

test("the same order asked many times at once has one invoice", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const orderId = await delivered(await customer());
  const made = await Promise.all(Array.from({ length: 8 }, () => invoice(orderId)));
  assert.equal(new Set(made.map(({ id }) => id)).size, 1);
  assert.deepEqual(await invoice(orderId), made[0]);
  assert.equal(await count(t, "invoice"), 1);
  const [series] = await rowsOf(t.owner, "invoice_series");
  assert.equal(series?.next_number, 2);
  assert.equal((await t.ask("invoicing", "GET", `/api/orders/${orderId}/invoice-preview`)).body.invoiceId, made[0]?.id);
});

test("asking again for what has moved is written down as a look, not as another disclosure", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const orderId = await delivered(await customer());
  await invoice(orderId);
  await invoice(orderId);
  assert.deepEqual(
    (await events(t)).map(({ verb }) => verb),
    ["disclose", "collect", "read"],
  );
});

test("an invoice that is not committed gives its number back", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customerId = await customer();
  const [first, second] = [await delivered(customerId), await delivered(customerId)];
  const caller = { actor: { kind: "staff", id: newId(), roles: ["invoicing"] } as const, requestId: newId() };
  const ask = { from: "customers", to: "invoices", subject: customerId } as const;
  const failing = t.gate.carry(caller, ask, async (from, to, mark) => {
    const { number } = await carryOrder({ from, to, mark }, first);
    throw new Error(`lost ${number}`);
  });
  await assert.rejects(failing, /^Error: lost 2026000001$/);
  assert.equal(await count(t, "invoice_vat"), 0);
  assert.equal((await invoice(second)).number, "2026000001");
});

test("a new year begins a new series, by the calendar of Finland", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customerId = await customer();
  const orders = [await delivered(customerId), await delivered(customerId), await delivered(customerId)];
  assert.equal((await invoice(orders[0] ?? "")).number, "2026000001");
  t.clock.set("2026-12-31T21:59:00Z");
  assert.equal((await invoice(orders[1] ?? "")).number, "2026000002");
  t.clock.set("2026-12-31T22:00:00Z");
  const { id, number } = await invoice(orders[2] ?? "");
  assert.equal(number, "2027000001");
  const read = (await t.ask("invoicing", "GET", `/api/invoices/${id}`)).body;
  assert.deepEqual([read.issuedOn, read.financialYearEnd, read.keepUntil], ["2027-01-01", "2027-12-31", "2033-12-31"]);
});

test("the VAT rate follows the day of delivery, once per rate, from prices with and without VAT", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customerId = await customer();
  const line = (vatClass: string, unitPriceCents: number) => ({
    description: "Tuote",
    quantity: 1,
    unitPriceCents,
    vatClass,
  });
  const ratesOf = async (day: string, more: object) => {
    const { id } = await invoice(await delivered(customerId, day, more));
    const { byRate, totalCents } = (await t.ask("invoicing", "GET", `/api/invoices/${id}`)).body;
    return {
      byRate: byRate.map((rate: Record<string, number>) => [rate.permille, rate.baseCents, rate.vatCents]),
      totalCents,
    };
  };
  const reduced = { lines: [line("reduced", 10_000)] };
  assert.deepEqual(await ratesOf("2025-12-31", reduced), { byRate: [[140, 10_000, 1_400]], totalCents: 11_400 });
  assert.deepEqual(await ratesOf("2026-01-01", reduced), { byRate: [[135, 10_000, 1_350]], totalCents: 11_350 });
  const ten = { lines: Array.from({ length: 10 }, () => line("standard", 10)) };
  assert.deepEqual(await ratesOf("2026-11-20", ten), { byRate: [[255, 100, 26]], totalCents: 126 });
  const gross = { lines: [line("standard", 10_000), line("low", 10_000), line("zero", 500)], priceIncludesVat: true };
  assert.deepEqual(await ratesOf("2026-11-20", gross), {
    byRate: [
      [255, 7_968, 2_032],
      [100, 9_091, 909],
      [0, 500, 0],
    ],
    totalCents: 20_500,
  });
});

test("a seller that is not registered charges no VAT; a company's dear invoice lacks its address; both are said", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customerId = await customer({ kind: "organisation", name: "Esimerkki Oy", source: "phone" });
  const orderId = await delivered(customerId);
  assert.match(t.described, /vatRegistered: unknown/);
  t.putInForce(t.described.replace("vatRegistered: unknown", "vatRegistered: false"));
  const { id } = await invoice(orderId);
  const read = (await t.ask("invoicing", "GET", `/api/invoices/${id}`)).body;
  assert.deepEqual([read.netCents, read.vatCents, read.totalCents], [100_000, 0, 100_000]);
  assert.deepEqual(read.missing, ["address", "iban", "buyerAddress"]);
  const print = await t.ask("invoicing", "GET", `/api/invoices/${id}/print?language=fi`);
  assert.match(print.body, /Myyjä ei ole arvonlisäverovelvollinen/);
  assert.match(print.body, /ei ole täydellinen, eikä sitä saa lähettää/);
});

test("an idempotency key brings the same answer; with another order it is another route", async () => {
  const t = await testApp();
  const { customer, delivered } = trade(t);
  const customerId = await customer();
  const orderId = await delivered(customerId);
  const headers = { "idempotency-key": "k1" };
  const first = await t.ask("invoicing", "POST", `/api/orders/${orderId}/invoice`, undefined, headers);
  const again = await t.ask("invoicing", "POST", `/api/orders/${orderId}/invoice`, undefined, headers);
  assert.deepEqual([first.status, again.status, again.body], [201, 201, first.body]);
  assert.equal((await events(t)).length, 2);
  const order = { customerId, lines: LINES };
  const one = await t.ask("sales", "POST", "/api/orders", order, headers);
  const two = await t.ask("sales", "POST", "/api/orders", order, headers);
  assert.equal(one.body.id, two.body.id);
  const other = await t.ask("sales", "POST", "/api/orders", { ...order, priceIncludesVat: true }, headers);
  assert.deepEqual([other.status, other.body.code], [422, "idempotencyConflict"]);
});

test("an invoice stays as it was issued when the customer's values change", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customerId = await customer();
  const { id } = await invoice(await delivered(customerId));
  const change = { name: "Maija Uusinimi", source: "phone" };
  assert.equal((await t.ask("sales", "PATCH", `/api/customers/${customerId}`, change)).status, 200);
  assert.equal((await t.ask("invoicing", "GET", `/api/invoices/${id}`)).body.buyer.name, MAIJA.name);
});

test("an invoice that a restore lost is asked about, and comes back as it was; its number is not given to another", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const customerId = await customer(MAIJA);
  const orderId = await delivered(customerId);
  const { number } = await invoice(orderId);
  const [issued] = await rowsOf(t.owner, "invoice");
  // What a restore to before the invoice leaves: no invoice, and what the journal knows of it.
  const journalled = { id: newId(), subject_id: customerId, order_id: orderId, number, issued_on: "2026-11-22" };
  await t.owner.transaction().execute(async (tx) => {
    await tx.deleteFrom("invoice_vat").execute();
    await tx.deleteFrom("invoice").execute();
    await tx.deleteFrom("invoice_series").execute();
    // The key that it was sealed under is gone.
    const lost = () => putBackInvoices(tx, [journalled], { held: new Set(), flow: "erpToInvoicing", at: new Date() });
    assert.deepEqual(await lost(), { put: 0, uncertain: 1 });
    assert.deepEqual(await lost(), { put: 0, uncertain: 0 });
  });

  const path = `/api/orders/${orderId}/invoice`;
  const refused = await t.ask("invoicing", "POST", path);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, "transferUncertain");
  assert.equal(await count(t, "invoice"), 0);
  const preview = await t.ask("invoicing", "GET", `${path}-preview`);
  assert.deepEqual(preview.body.uncertain, { number, issuedOn: "2026-11-22" });

  const other = await invoice(await delivered(customerId));
  assert.notEqual(other.number, number);
  const again = await t.ask("invoicing", "POST", `${path}/again`);
  assert.equal(again.status, 201);
  assert.equal(again.body.number, number);
  const back = (await rowsOf(t.owner, "invoice")).find((row) => row.number === number) ?? assert.fail();
  assert.equal(back.issued_on, "2026-11-22");
  assert.equal(back.reference, issued?.reference);
  assert.equal(back.total_cents, issued?.total_cents);
  // Settled: asked for once more, the same invoice answers.
  assert.deepEqual((await t.ask("invoicing", "POST", path)).body, again.body);
});
