// What waits to be invoiced: exactly the deliveries that have not gone to invoicing, oldest first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../../test/app.ts";
import { trade } from "../../../test/trade.ts";

const made = await testApp();
const { ask } = made;
const { customer, order, delivered, invoice } = trade(made);

type Line = { id: string; deliveredOn: string; invoicedOn: string | null };
const list = async (query: string, role = "invoicing") =>
  (await ask(role, "GET", `/api/orders?${query}`)).body as { items: Line[]; next?: string };
const waiting = async (query = "") => (await list(`state=toInvoice&${query}`)).items.map(({ id }) => id);

const id = await customer();
const days = ["2026-11-10", "2026-11-01", "2026-11-20", "2026-11-01"];
const orders: string[] = [];
for (const day of days) orders.push(await delivered(id, day));
const open = await order(id);
const [tenth = "", first = "", twentieth = "", other = ""] = orders;
// Of one day, and by the standing clock of one moment: their ids are in no order but their own.
const sameDay = [first, other].sort();

test("deliveries that wait come oldest first, page by page; an open order does not wait", async () => {
  assert.deepEqual(await waiting(), [...sameDay, tenth, twentieth]);
  const { items, next } = await list("state=toInvoice&limit=3");
  assert.equal(items.length, 3);
  assert.deepEqual(await waiting(`limit=3&after=${next}`), [twentieth]);
  assert.ok(!(await waiting()).includes(open));
});

test("what has gone to invoicing waits no more, and its order says when", async () => {
  await invoice(tenth);
  assert.deepEqual(await waiting(), [...sameDay, twentieth]);
  const { body } = await ask("invoicing", "GET", `/api/orders/${tenth}`);
  assert.equal(body.invoicedOn, "2026-11-22");
  await invoice(tenth);
  assert.equal((await waiting()).length, 3);
});

test("orders are listed page after page, each once, newest first", async () => {
  const seen: string[] = [];
  for (let after = ""; ; ) {
    const { items, next } = await list(`limit=2${after && `&after=${after}`}`);
    seen.push(...items.map((one) => one.id));
    if (next === undefined) break;
    after = next;
  }
  assert.deepEqual(seen, [open, ...orders].sort().reverse());
});

test("warranties that end within two months come soonest first", async () => {
  const soon = await delivered(id, "2025-11-25", { warrantyPeriod: "P1Y" });
  await delivered(id, "2025-11-01", { warrantyPeriod: "P1Y" });
  const later = await delivered(id, "2025-12-20", { warrantyPeriod: "P1Y" });
  assert.deepEqual(
    (await list("state=warrantyEnding")).items.map((one) => one.id),
    [soon, later],
  );
});
