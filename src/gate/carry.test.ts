// A flow: what leaves, what may arrive, whose it is, and how the log tells a disclosure from a look.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { AT, openDoor, staff } from "./door.test-seam.ts";

const { gate, owner, databases, walttia, sales, person, under, events, restrict } = await openDoor();
const invoicing = staff("invoicing");
const ROUTE = { from: "customers", to: "invoices" } as const;
const CARRIED = ["name", "billingAddress", "businessId", "orders"];
const nothing = async () => undefined;
const told = async () =>
  (await events()).map(({ verb, register, decision, flow, channel, categories, subjects }) =>
    [verb, register, decision, flow, channel, categories, subjects].flat().join(" "),
  );
const names = (id: string, disclosed = "") =>
  `customers allowed erpToInvoicing internal ${CARRIED.join(" ")} ${disclosed}${id}`;

test("what arrives is what the flow carries and the kind of thing that it becomes there", async () => {
  const subject = await person();
  await gate.carry(invoicing, { ...ROUTE, subject }, async (from, to) => {
    assert.deepEqual([from.categories, to.categories], [CARRIED, [...CARRIED, "invoices"]]);
    assert.deepEqual(
      [from.register, to.register, from.subject, to.subject],
      ["customers", "invoices", subject, subject],
    );
    assert.deepEqual([from.purpose, to.purpose], ["invoicing", "invoicing"]);
  });
});

test("what a flow carries and the other register does not hold does not arrive", async () => {
  const subject = await person();
  const { flows } = walttia.description;
  assert.ok(flows.erpToInvoicing);
  const more = { ...flows, erpToInvoicing: { ...flows.erpToInvoicing, categories: ["name", "email"] } };
  await under({ flows: more }, () =>
    gate.carry(invoicing, { ...ROUTE, subject }, async (from, to) => {
      assert.deepEqual(
        [from.categories, to.categories],
        [
          ["name", "email"],
          ["name", "invoices"],
        ],
      );
    }),
  );
});

test("what moved is one disclosure and one arrival in the log; what had moved already is a look", async () => {
  const subject = await person();
  await events();
  const move = async (writes: boolean) =>
    gate.carry(invoicing, { ...ROUTE, subject }, async (_, to) => {
      if (writes) await to.insert("invoice_series", { year: 2026, next_number: 2 }).execute();
      return "moved";
    });
  assert.equal(await move(true), "moved");
  const arrived = `collect invoices allowed erpToInvoicing internal ${CARRIED.join(" ")} invoices ${subject}`;
  assert.deepEqual(await told(), [`disclose ${names(subject)}`, arrived]);
  await move(false);
  assert.deepEqual(await told(), [`read ${names(subject)}`]);
});

test("a role that the flow does not name is refused, for a look too, and nothing is done", async () => {
  const subject = await person();
  await events();
  const refused = { code: "refused.flowNotByRole", status: 403 };
  const fail = () => assert.fail("the work was done");
  await assert.rejects(gate.carry(sales, { ...ROUTE, subject }, fail), refused);
  await assert.rejects(gate.previewCarry(sales, { ...ROUTE, subject }, fail), refused);
  assert.deepEqual(await told(), Array(2).fill(`disclose customers refused erpToInvoicing internal ${subject}`));
});

test("without a flow between the two there is no way, and the refusal names no channel", async () => {
  const subject = await person();
  await events();
  const { erpToInvoicing: _, ...flows } = walttia.description.flows;
  await under({ flows }, () =>
    assert.rejects(gate.carry(invoicing, { ...ROUTE, subject }, nothing), { code: "refused.unknownFlow" }),
  );
  const [event] = await events();
  assert.deepEqual([event?.decision, event?.channel, event?.subjects], ["refused", null, [subject]]);
});

test("whom the purpose of the flow may not see does not move", async () => {
  const subject = await person();
  await restrict(subject);
  await assert.rejects(
    gate.carry(invoicing, { ...ROUTE, subject }, () => assert.fail("the work was done")),
    { code: "notFound", status: 404 },
  );
});

test("what moves keeps nobody from changing other things of the same person", async () => {
  const subject = await person();
  const free = await gate.carry(invoicing, { ...ROUTE, subject }, () =>
    sql`select from subject where id = ${subject} for key share nowait`.execute(databases.write),
  );
  assert.equal(free.rows.length, 1);
});

test("where it arrives, the conditions of where it came from do not stand", async () => {
  const subject = await person();
  await restrict(subject, { register: "invoices", purposes: [] });
  await gate.carry(invoicing, { ...ROUTE, subject }, async (_, to) => {
    assert.deepEqual(await to.selectFrom("invoice").select("id").execute(), []);
    await restrict(subject);
    await to.insert("invoice", { ...INVOICE, sealed: Buffer.alloc(64) }).execute();
    assert.equal((await to.selectFrom("invoice").select("id").execute()).length, 1);
  });
});

test("a look shows what would move, writes nothing, and sees what has moved but none of its values", async () => {
  const [subject, hidden] = [await person(), await person()];
  await restrict(hidden);
  await events();
  const look = (id: string) =>
    gate.previewCarry(invoicing, { ...ROUTE, subject: id }, async (from, to) => {
      assert.deepEqual([from.categories, to.categories, to.register], [CARRIED, [], "invoices"]);
      assert.ok(!("insert" in to));
      const [there, here] = [from.selectFrom("customer").select("kind"), to.selectFrom("invoice").select("id")];
      return [(await there.execute()).length, (await here.execute()).length];
    });
  assert.deepEqual(await look(subject), [1, 0]);
  assert.deepEqual(await told(), [`read ${names(subject)}`]);
  await owner
    .insertInto("invoice")
    .values({ ...INVOICE, id: hidden, order_id: hidden, number: "2", subject_id: hidden, sealed: Buffer.alloc(64) })
    .execute();
  assert.deepEqual(await look(hidden), [0, 1], "hidden where it would leave from; the invoice there is stays seen");
});

const INVOICE = {
  id: "0199f000-0000-7000-8000-000000000001",
  number: "1",
  order_id: "0199f000-0000-7000-8000-000000000002",
  issued_on: "2026-11-22",
  delivered_on: "2026-11-20",
  due_on: "2026-12-06",
  reference: "1",
  net_cents: 1,
  vat_cents: 0,
  total_cents: 1,
  seller: "{}",
  missing: [],
  sealed_category: "invoices",
  rule: "invoicingMaterial",
  financial_year_end: "2026-12-31",
  at: AT,
  by: "test",
};
