// Retention over HTTP on a real PostgreSQL: what is due on which day, that the run does what the preview shows, and what stops it.
import assert from "node:assert/strict";
import { describe as suite, test } from "node:test";
import { sql } from "kysely";
import { dueTable } from "../cli/erase.ts";
import { type TestApp, testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { parseDay } from "../values/Day.ts";
import { newId } from "../values/Uuid.ts";
import { carryOutJobs } from "./run.ts";

type Item = { register: string; subjectId: string; rule: string; categories: string[]; dueOn: string; atEnd: string };

async function add({ ask }: TestApp, name: string, source = "phone"): Promise<string> {
  const { status, body } = await ask("administration", "POST", "/api/customers", {
    kind: "person",
    name,
    email: `${name.toLowerCase()}@example.org`,
    source,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body.id;
}

async function deliver({ ask }: TestApp, customerId: string, day: string): Promise<string> {
  const line = { description: "Korituoli", quantity: 1, unitPriceCents: 10000, vatClass: "standard" };
  const { body } = await ask("administration", "POST", "/api/orders", { customerId, lines: [line] });
  const delivery = await ask("administration", "POST", `/api/orders/${body.id}/delivery`, { day });
  assert.ok(delivery.status < 300, JSON.stringify(delivery.body));
  return body.id;
}

const preview = async ({ ask }: TestApp) => {
  const { status, body } = await ask("responsiblePerson", "GET", "/api/retention/preview");
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const run = ({ ask }: TestApp) => ask("responsiblePerson", "POST", "/api/retention/run");

suite("Walttia", async () => {
  const app = await testApp();
  const { clock, owner, keys } = app;

  test("case 32: kept on the last day of the warranty, due on the next; the run does what the preview shows", async () => {
    const id = await add(app, "Warrantylainen");
    await deliver(app, id, "2021-12-15");
    await sql`update customer_event set day = '2021-12-15' where event in ('lastContact', 'collected')`.execute(owner);
    const rows = await rowsOf(owner, "customer_value");

    clock.set("2026-12-15T20:00:00Z");
    assert.deepEqual((await preview(app)).items, []);

    clock.set("2026-12-15T23:00:00Z");
    const due = await preview(app);
    assert.equal(due.day, "2026-12-16", "the day is Finland's");
    assert.equal(due.items.length, 1);
    const [item] = due.items;
    assert.deepEqual(
      [item.register, item.subjectId, item.rule, item.dueOn, item.atEnd],
      ["customers", id, "customerCore", "2026-12-16", "erase"],
    );
    assert.deepEqual([...item.categories].sort(), ["email", "name", "orders"]);
    assert.equal((await rowsOf(owner, "customer")).length, 1, "a preview erases nothing");

    const done = await run(app);
    assert.equal(done.status, 200, JSON.stringify(done.body));
    const { erased, ...shown } = done.body;
    assert.deepEqual(shown, due);
    assert.equal(erased, 1);
    for (const table of [
      "customer",
      "customer_value",
      "customer_event",
      "customer_order",
      "order_line",
      "customer_search",
    ])
      assert.equal((await rowsOf(owner, table)).length, 0, table);
    for (const { subject_id, category, sealed } of rows as { subject_id: string; category: string; sealed: Buffer }[])
      assert.deepEqual(
        await keys.open([{ place: { register: "customers", category, row: subject_id, subject: subject_id }, sealed }]),
        [null],
      );
    const events = (await rowsOf(owner, "audit_event")).filter(({ verb }) => verb === "erase");
    assert.ok(events.some(({ actor, right_kind }) => actor === "system:retention" && right_kind === "retention"));
    assert.ok(
      events.some(({ actor_kind, place }) => actor_kind === "token" && place === "retention"),
      "who started the run",
    );
    assert.deepEqual((await preview(app)).items, []);
  });

  test("work that is no longer due when its turn comes leaves no trace of an erasure", async () => {
    const id = await add(app, "Myohastynyt");
    const events = async () => (await rowsOf(owner, "audit_event")).filter(({ verb }) => verb === "erase").length;
    const before = await events();
    const end = {
      rule: "customerCore",
      row: null,
      categories: ["name"],
      dueOn: parseDay("2026-12-16"),
      atEnd: "erase" as const,
    };
    const job = {
      kind: "customers" as const,
      register: "customers",
      subject: id,
      dueOn: end.dueOn,
      ends: [{ ...end, doomed: [] }],
    };
    assert.equal(await carryOutJobs(app.gate, id, [job]), 0);
    assert.equal(await events(), before);
    await sql`delete from customer_value where subject_id = ${id}`.execute(owner);
    await sql`delete from customer where subject_id = ${id}`.execute(owner);
  });

  test("a prospect is due twelve months after the last contact; an open invoice and a hold are listed and stay", async () => {
    const prospect = await add(app, "Prospektinen");
    const held = await add(app, "Riitainen");
    const debtor = await add(app, "Velallinen");
    await sql`insert into hold values (${newId()}, ${held}, 'openMatter', now(), 'x', null)`.execute(owner);
    const order = await deliver(app, debtor, "2020-11-20");
    const invoice = await app.ask("administration", "POST", `/api/orders/${order}/invoice`);
    assert.equal(invoice.status, 201, JSON.stringify(invoice.body));
    clock.set("2027-12-17T10:00:00Z");
    const done = await run(app);
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.deepEqual(
      done.body.items.map(({ subjectId, rule }: Item) => [subjectId, rule]),
      [[prospect, "customerCore"]],
    );
    assert.deepEqual(
      done.body.held.map(({ subjectId, hold }: { subjectId: string; hold: string }) => [subjectId, hold]).sort(),
      [
        [held, "openMatter"],
        [debtor, "openInvoice"],
      ].sort(),
    );
    assert.deepEqual(
      (await rowsOf(owner, "customer")).map(({ subject_id }) => subject_id).sort(),
      [held, debtor].sort(),
    );
    await app.ask("invoicing", "POST", `/api/invoices/${invoice.body.id}/payment`, { day: "2027-12-17" });
    assert.deepEqual(
      (await preview(app)).items.map(({ subjectId }: Item) => subjectId),
      [debtor],
    );
  });

  test("roles that do not keep retention are refused", async () => {
    assert.equal((await app.ask("sales", "GET", "/api/retention/preview")).status, 403);
    assert.equal((await app.ask("sales", "POST", "/api/retention/run")).status, 403);
  });

  test("a code collected on credit ends three months after the payment, long before its year", async () => {
    clock.set("2028-01-10T10:00:00Z");
    const { body } = await app.ask("administration", "POST", "/api/customers", {
      kind: "person",
      name: "Luottolainen",
      source: "phone",
      personalIdentityCode: "131052-308T",
      personalIdentityCodeGround: "credit",
    });
    const order = await deliver(app, body.id, "2028-01-10");
    const invoice = await app.ask("administration", "POST", `/api/orders/${order}/invoice`);
    await app.ask("invoicing", "POST", `/api/invoices/${invoice.body.id}/payment`, { day: "2028-01-10" });
    const mine = async () =>
      (await preview(app)).items
        .filter(({ subjectId }: Item) => subjectId === body.id)
        .map(({ rule, dueOn }: Item) => [rule, dueOn]);
    clock.set("2028-04-10T10:00:00Z");
    assert.deepEqual(await mine(), []);
    clock.set("2028-04-11T10:00:00Z");
    assert.deepEqual(await mine(), [["identityCode", "2028-04-11"]]);
    assert.equal((await run(app)).status, 200);
    const left = (await rowsOf(owner, "customer_value"))
      .filter((row) => row.subject_id === body.id)
      .map(({ category }) => category);
    assert.deepEqual(left, ["name"], "the rest waits for the warranty");
  });
});

suite("limits and vouchers", async () => {
  const app = await testApp({ description: "pyorapaja" });
  const { clock, owner } = app;
  const source = Object.keys(app.gate.inForce().description.sources)[0] ?? "";

  test("no more than twenty people a day, the longest overdue first; the rest waits", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 23; n++) ids.push(await add(app, `Testaaja${String.fromCharCode(97 + n)}`, source));
    await sql`update customer_event set day = '2025-01-31' where subject_id = ${ids[22]}`.execute(owner);
    clock.set("2027-05-23T10:00:00Z");
    const due = await preview(app);
    assert.equal(due.items.length, 20);
    assert.equal(due.items[0].subjectId, ids[22]);
    assert.deepEqual(due.limits, [{ register: "customers", people: 23, limit: 20, due: 23 }]);
    const table = dueTable(due, "fi");
    assert.match(table, /Poistuva 23\.5\.2027/);
    assert.match(table, /3 odottaa seuraavaa/);
    assert.ok(!table.includes("Testaaja"));
    const first = await run(app);
    assert.equal(first.body.erased, 20);
    const second = await run(app);
    assert.equal(second.body.erased, 0, "the day's people are used up");
    clock.set("2027-05-24T10:00:00Z");
    const third = await run(app);
    assert.equal(third.body.erased, 3);
    assert.equal((await rowsOf(owner, "customer")).length, 0);
  });

  test("case 33: one invoice of two ends and the other stays readable", async () => {
    const id = await add(app, "Laskutettu", source);
    const orders = [await deliver(app, id, "2027-05-20"), await deliver(app, id, "2027-05-20")];
    const invoices: string[] = [];
    for (const order of orders) {
      const { body } = await app.ask("administration", "POST", `/api/orders/${order}/invoice`);
      await app.ask("invoicing", "POST", `/api/invoices/${body.id}/payment`, { day: "2027-05-24" });
      invoices.push(body.id);
    }
    await sql`update invoice set financial_year_end = '2024-03-31' where id = ${invoices[0]}`.execute(owner);
    const [old] = await rowsOf(owner, "invoice").then((rows) => rows.filter((row) => row.id === invoices[1]));
    clock.set("2030-12-31T10:00:00Z");
    const inInvoices = async () => (await preview(app)).items.filter(({ register }: Item) => register === "invoices");
    assert.deepEqual(await inInvoices(), []);
    clock.set("2031-01-01T10:00:00Z");
    assert.deepEqual(
      (await inInvoices()).map(({ rule, dueOn }: Item) => [rule, dueOn]),
      [["invoicingMaterial", "2031-01-01"]],
    );
    assert.equal((await run(app)).status, 200);
    const left = await rowsOf(owner, "invoice");
    assert.deepEqual(
      left.map((row) => row.id),
      [invoices[1]],
    );
    const kept = await app.ask("invoicing", "GET", `/api/invoices/${invoices[1]}`);
    assert.equal(kept.body.buyer.name, "Laskutettu");
    const place = { register: "invoices", category: "invoices", row: String(invoices[1]), subject: id };
    assert.deepEqual(
      await app.keys.open([{ place, sealed: old?.sealed as Buffer }]),
      [null],
      "the old copy opens no more",
    );
  });
});

suite("what else a rule may say", async () => {
  const walttia = (await testApp()).described;
  const changed = (from: string, to: string) => {
    assert.equal(walttia.split(from).length, 2, "the description has changed: mend this test");
    return walttia.replace(from, to);
  };
  const core =
    "    atEnd: erase\n    onRequest: restrict\n    restrictTo: [warranty]\n    added:\n      fi: Sivu ei kerro, kauanko";

  test("anonymise: orders lose the person, their texts and their days; amounts stay", async () => {
    const app = await testApp({ text: changed(core, core.replace("atEnd: erase", "atEnd: anonymise")) });
    const id = await add(app, "Nimettomaksi");
    const order = await deliver(app, id, "2021-11-20");
    app.clock.set("2026-11-22T12:00:00Z");
    const done = await run(app);
    assert.equal(done.body.items[0].atEnd, "anonymise");
    const [row] = await rowsOf(app.owner, "customer_order");
    assert.equal(row?.subject_id, null);
    assert.notEqual(row?.id, order);
    assert.deepEqual([row?.total_cents, row?.delivered_on, row?.accepted_by], [10000, null, null]);
    const [line] = await rowsOf(app.owner, "order_line");
    assert.deepEqual([line?.subject_id, line?.sealed, line?.order_id], [null, null, row?.id]);
    assert.equal((await rowsOf(app.owner, "customer")).length, 0);
  });

  test("restrict: the register is locked once, nothing goes", async () => {
    const app = await testApp({ text: changed(core, core.replace("atEnd: erase", "atEnd: restrict")) });
    const id = await add(app, "Lukittava");
    await deliver(app, id, "2021-11-20");
    assert.equal((await run(app)).body.erased, 1);
    const locks = await rowsOf(app.owner, "restriction");
    assert.deepEqual(
      locks.map(({ subject_id, register, purposes, until }) => [subject_id, register, purposes, until]),
      [[id, "customers", ["warranty"], null]],
    );
    assert.deepEqual((await preview(app)).items, []);
    assert.equal((await app.ask("sales", "GET", `/api/customers/${id}`)).status, 404);
    assert.equal((await rowsOf(app.owner, "customer_value")).length, 2);
  });

  test("grace: rows go now, keys on their day", async () => {
    const app = await testApp({ text: changed(core, core.replace("atEnd: erase", "graceDays: 14\n    atEnd: erase")) });
    const id = await add(app, "Armonaika");
    const [row] = await rowsOf(app.owner, "customer_value");
    const { body } = await app.ask("administration", "POST", `/api/customers/${id}/erasure`, {
      ground: "noLongerNeeded",
    });
    assert.equal(body.keysDestroyedOn, "2026-12-06");
    const place = { register: "customers", category: String(row?.category), row: id, subject: id };
    assert.notDeepEqual(await app.keys.open([{ place, sealed: row?.sealed as Buffer }]), [null]);
    app.clock.set("2026-12-06T10:00:00Z");
    assert.equal((await run(app)).status, 200);
    assert.deepEqual(await app.keys.open([{ place, sealed: row?.sealed as Buffer }]), [null]);
  });

  test("the proof of a consent ends by its own period, with the refusal staying", async () => {
    const app = await testApp();
    const id = await add(app, "Todistettu");
    await sql`insert into consent values (${newId()}, ${id}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm', '2022-01-01', 'x', '2023-11-21', 'x')`.execute(
      app.owner,
    );
    app.clock.set("2026-11-21T10:00:00Z");
    assert.deepEqual((await preview(app)).items, []);
    app.clock.set("2026-11-22T10:00:00Z");
    assert.deepEqual(
      (await preview(app)).items.map(({ register, rule }: Item) => [register, rule]),
      [["permissions", "newsletter"]],
    );
    assert.equal((await run(app)).body.erased, 1);
    assert.equal((await rowsOf(app.owner, "consent")).length, 0);
  });

  test("the day's limit holds over several runs for proofs and for locks", async () => {
    const app = await testApp({ text: changed(core, core.replace("atEnd: erase", "atEnd: restrict")) });
    for (let n = 0; n < 23; n++) {
      const id = await add(app, `Rajoitettava${String.fromCharCode(97 + n)}`);
      for (const wording of [1, 2]) {
        const other = newId();
        await sql`insert into subject values (${other})`.execute(app.owner);
        await sql`insert into consent values (${newId()}, ${other}, 'newsletter', 'directMarketing', '{email}', ${wording}, '\\x00', 'fi',
          'webForm', '2015-01-01', 'x', '2015-02-01', 'x')`.execute(app.owner);
      }
      await sql`update customer_event set day = '2020-01-31' where subject_id = ${id}`.execute(app.owner);
    }
    for (const _ of [1, 2]) assert.equal((await run(app)).status, 200);
    assert.equal((await rowsOf(app.owner, "restriction")).length, 20);
    assert.equal((await rowsOf(app.owner, "consent")).length, 26);
    app.clock.forward(24 * 3600_000);
    assert.equal((await run(app)).status, 200);
    assert.equal((await rowsOf(app.owner, "restriction")).length, 23);
    assert.equal((await rowsOf(app.owner, "consent")).length, 6);
  });
});
