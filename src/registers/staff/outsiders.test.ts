// The outside accountant of the example sees invoices, and nothing else: asked of every route there is, with ids of real things.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Contract } from "../../api/contract.ts";
import { contracts } from "../../server/contracts.ts";
import { testApp } from "../../test/app.ts";
import { MAIJA, trade } from "../../test/trade.ts";

const isInvoiceRead = ({ act }: Contract) =>
  "verb" in act && "register" in act && act.verb === "read" && act.register === "invoices";
const isOpenToAll = ({ act }: Contract) => "none" in act || "public" in act;

suite("an outside accountant", async () => {
  const made = await testApp();
  const { ask } = made;
  const { customer, delivered, invoice } = trade(made);
  const person = await customer();
  const orderId = await delivered(person);
  const { id: invoiceId } = await invoice(orderId);
  const uninvoiced = await delivered(person);
  const idFor = (path: string) =>
    path.startsWith("/invoices") ? invoiceId : path.startsWith("/orders") ? uninvoiced : person;
  const urlOf = ({ path }: Contract) =>
    `/api${path.replace(/:(\w+)/g, (_, name) => (name === "id" ? idFor(path) : "1"))}`;

  test("may do nothing on any route but look at invoices", async () => {
    const closed = contracts.filter((one) => !isInvoiceRead(one) && !isOpenToAll(one));
    assert.ok(closed.length > 60, `only ${closed.length} routes`);
    const open: string[] = [];
    for (const contract of closed) {
      const answer = await ask("accountant", contract.method, urlOf(contract), contract.body ? {} : undefined);
      // What cannot be read as the route asks is refused before it is decided.
      if (![403, 404, 422].includes(answer.status)) open.push(`${contract.method} ${contract.path}: ${answer.status}`);
    }
    assert.deepEqual(open, []);
  });

  test("is refused, not only turned away by the shape, at what a register, a right or the keeping of the register is about", async () => {
    for (const [method, url, body] of [
      ["GET", `/api/customers/${person}`],
      ["POST", "/api/customers/search", { search: "maija" }],
      ["POST", "/api/customers", MAIJA],
      ["GET", `/api/orders/${orderId}`],
      ["POST", `/api/orders/${uninvoiced}/invoice`],
      ["POST", `/api/invoices/${invoiceId}/payment`, { day: "2026-11-21" }],
      ["GET", `/api/customers/${person}/access`],
      ["POST", `/api/customers/${person}/erasure`, { ground: "noLongerNeeded" }],
      ["GET", "/api/audit-events"],
      ["GET", "/api/accounts"],
      ["GET", "/api/documents/dataflow"],
    ] as const)
      assert.equal((await ask("accountant", method, url, body)).status, 403, `${method} ${url}`);
  });

  test("sees the invoice as it was written, and nothing of the customer that is not on it", async () => {
    const { status, body } = await ask("accountant", "GET", `/api/invoices/${invoiceId}`);
    assert.equal(status, 200);
    const text = JSON.stringify(body);
    assert.ok(text.includes("Maija Esimerkki-Ruusunen"));
    for (const other of [MAIJA.email, "123 4567", "1234567"]) assert.ok(!text.includes(other), "not on an invoice");
  });
});
