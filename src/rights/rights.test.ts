// Access and erasure over HTTP, on a real PostgreSQL: whole walks of a customer, and what a copy of the database can still tell afterwards.
import assert from "node:assert/strict";
import { describe as suite, test } from "node:test";
import { sql } from "kysely";
import { kinds } from "../registers/all.ts";
import { replayErasures } from "../registers/evidence/ledger.ts";
import { type TestApp, testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { newId } from "../values/Uuid.ts";

type Decision = {
  register: string;
  categories: string[];
  outcome: string;
  until?: string;
  reason: string;
  ground: string;
};
const short = (decisions: readonly Decision[]) =>
  decisions.map(({ register, categories, outcome, until, reason }) =>
    [register, [...categories].sort().join("+"), outcome, until ?? "-", reason].join(" "),
  );

const PERSON = {
  kind: "person",
  name: "Tuulikki Esimerkkinen",
  email: "tuulikki.esimerkkinen@example.org",
  phone: "+358401234567",
  billingAddress: { street: "Laskukatu 7", postalCode: "90100", town: "Oulu", country: "FI" },
};
const ADDRESS = { street: "Toimituspolku 12", postalCode: "90120", town: "Oulu", country: "FI" };

/** A customer with a delivered, invoiced and paid order. */
async function buyer(
  { ask }: TestApp,
  { day, paid = true, more = {}, source = "phone" }: { day: string; paid?: boolean; more?: object; source?: string },
) {
  const customer = await ask("administration", "POST", "/api/customers", { ...PERSON, source, ...more });
  assert.equal(customer.status, 201, JSON.stringify(customer.body));
  const { id } = customer.body;
  const line = { description: "Keinutuoli Kaarnapolku", quantity: 2, unitPriceCents: 12500, vatClass: "standard" };
  const order = await ask("administration", "POST", "/api/orders", { customerId: id, lines: [line] });
  assert.equal(order.status, 201, JSON.stringify(order.body));
  const delivery = await ask("administration", "POST", `/api/orders/${order.body.id}/delivery`, { day });
  assert.ok(delivery.status < 300, JSON.stringify(delivery.body));
  const invoice = await ask("administration", "POST", `/api/orders/${order.body.id}/invoice`);
  assert.equal(invoice.status, 201, JSON.stringify(invoice.body));
  if (paid) {
    const payment = await ask("invoicing", "POST", `/api/invoices/${invoice.body.id}/payment`, { day });
    assert.ok(payment.status < 300, JSON.stringify(payment.body));
  }
  return { id: id as string, order: order.body.id as string, invoice: invoice.body.id as string };
}

suite("Walttia: the warranty is running", async () => {
  const app = await testApp();
  const { ask, owner, keys } = app;
  const bought = await buyer(app, {
    day: "2026-11-20",
    more: { deliveryAddress: ADDRESS, personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit" },
  });
  const url = `/api/customers/${bought.id}`;

  test("the access package tells everything, in the person's own words and days", async () => {
    const { status, body } = await ask("administration", "GET", `${url}/access`);
    assert.equal(status, 200);
    const text = JSON.stringify(body);
    for (const value of [
      "Tuulikki Esimerkkinen",
      "131052-308T",
      "Laskukatu 7, 90100 Oulu",
      "Keinutuoli Kaarnapolku",
      "Lasku 2026000001",
    ])
      assert.ok(text.includes(value), `${value} is missing`);
    const name = body.registers[0].items.find((item: { category: string }) => item.category === "name");
    assert.deepEqual([name.source, name.purpose, name.keepUntil], ["phone", "customerCare", "2031-11-20"]);
    const forWhat = (category: string) => {
      const items = body.registers.flatMap((one: { items: { category: string }[] }) => one.items);
      const found = items.find((item: { category: string }) => item.category === category);
      return [found?.purpose, found?.basis];
    };
    assert.deepEqual(forWhat("invoices"), ["bookkeeping", "legalObligation"]);
    assert.deepEqual(forWhat("orders"), ["customerCare", "contract"]);
    assert.deepEqual(forWhat("customerKind"), ["customerCare", "contract"]);
    assert.ok(text.includes("+358 40 123 4567"), "a number is told in its groups");
    assert.deepEqual(body.recipients[0].categories, ["name", "billingAddress", "orders"]);
    const code = body.registers[0].items.find((item: { category: string }) => item.category === "personalIdentityCode");
    assert.equal(
      code.keepUntil,
      "2027-02-22",
      "three months from the day of the code, which came after everything was paid",
    );
    const card = (await ask("administration", "GET", url)).body;
    assert.equal(card.origins.personalIdentityCode.keepUntil, null, "the ERP alone does not know of payments");
    assert.deepEqual(
      body.recipients.map(({ flow, times }: { flow: string; times: number }) => [typeof flow, times]),
      [["string", 1]],
    );
    assert.ok(body.lookThrough.length > 0);
    assert.ok(body.rights.some(({ right }: { right: string }) => right === "complaint"));
    await ask("sales", "GET", url);
    const again = await ask("administration", "GET", `${url}/access`);
    const looked = again.body.lookedAt;
    assert.ok(
      looked.some(
        ({ role, purpose }: { role: string; purpose: string }) => role === "sales" && purpose === "customerCare",
      ),
    );
    const accounts = await rowsOf(owner, "token");
    for (const { id } of accounts)
      assert.ok(!JSON.stringify(again.body).includes(String(id)), "somebody's id is in the package");
  });

  test("the page says it in each language, escapes what people wrote and warns of how it is handed over", async () => {
    for (const [language, warning] of [
      ["fi", "Luovuta se vain"],
      ["sv", "Överlämna den endast"],
      ["en", "Hand it over only"],
    ] as const) {
      const { status, body, headers } = await ask("administration", "GET", `${url}/access/print?language=${language}`);
      assert.equal(status, 200);
      assert.match(String(headers["content-type"]), /text\/html/);
      assert.ok(body.includes(warning) && body.includes("131052-308T") && body.includes("Keinutuoli"));
      assert.ok(!/<script/i.test(body));
    }
  });

  test("roles without the right are refused", async () => {
    assert.equal((await ask("sales", "GET", `${url}/access`)).status, 403);
    assert.equal((await ask("marketing", "POST", `${url}/erasure`, { ground: "noLongerNeeded" })).status, 403);
  });

  const expected = [
    "customers deliveryAddress+email+name+orders+phone restricted 2031-11-20 restricted",
    "customers billingAddress erased - notNeededForPurpose",
    "customers personalIdentityCode erased - onRequest",
    "invoices billingAddress+invoices+name+orders kept 2032-12-31 keptByLaw",
  ];
  let before: Record<string, unknown>[] = [];

  test("the preview says what would happen and changes nothing", async () => {
    before = await rowsOf(owner, "customer_value");
    const { status, body } = await ask("administration", "POST", `${url}/erasure/preview`, {
      ground: "noLongerNeeded",
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(short(body.decisions).sort(), expected.toSorted());
    assert.equal(body.keysDestroyedOn, "2026-11-22");
    const inSwedish = await ask("administration", "POST", `${url}/erasure/preview?language=sv`, {
      ground: "noLongerNeeded",
    });
    const grounds = (decisions: Decision[]) => decisions.map(({ ground }) => ground).join(" ");
    assert.match(grounds(body.decisions), /Kirjanpitolaki/);
    assert.match(grounds(inSwedish.body.decisions), /Bokföringslagen/);
    assert.deepEqual(await rowsOf(owner, "customer_value"), before);
    assert.equal((await rowsOf(owner, "erasure_ledger")).length, 0);
  });

  test("the erasure does what the preview said, and a repeated request answers the same", async () => {
    const once = { "idempotency-key": "request-1" };
    const { status, body } = await ask("administration", "POST", `${url}/erasure`, { ground: "noLongerNeeded" }, once);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(short(body.decisions).sort(), expected.toSorted());
    assert.ok(body.decisions.every((one: Decision) => one.ground.length > 10));
    const repeated = await ask("administration", "POST", `${url}/erasure`, { ground: "noLongerNeeded" }, once);
    assert.deepEqual(repeated.body, body);
  });

  test("what is restricted is hidden from all but the purpose that remains", async () => {
    assert.equal((await ask("sales", "GET", url)).status, 404);
    const list = await ask("sales", "POST", "/api/customers/search", { search: "Tuulikki" });
    assert.deepEqual(list.body.items, []);
    const warranty = await ask("administration", "GET", url, undefined, { "tietovirta-purpose": "warranty" });
    assert.equal(warranty.status, 200, JSON.stringify(warranty.body));
    assert.equal(warranty.body.name, "Tuulikki Esimerkkinen");
    assert.equal(warranty.body.billingAddress, undefined);
    assert.deepEqual(warranty.body.restricted, {
      purposes: ["warranty"],
      until: "2031-11-20",
      ground: "noLongerNeeded",
    });
    const invoice = await ask("invoicing", "GET", `/api/invoices/${bought.invoice}`);
    assert.equal(invoice.body.buyer.name, "Tuulikki Esimerkkinen");
  });

  test("a copy of the rows taken before does not open, not even for what stayed", async () => {
    assert.ok(before.length >= 6);
    for (const row of before) {
      const { subject_id, category, sealed } = row as { subject_id: string; category: string; sealed: Buffer };
      const place = { register: "customers", category, row: subject_id, subject: subject_id };
      assert.deepEqual(await keys.open([{ place, sealed }]), [null], category);
    }
  });

  test("the ledger is complete and tells no value", async () => {
    const ledger = await rowsOf(owner, "erasure_ledger");
    assert.ok(ledger.length > 0 && ledger.every((row) => row.keys_destroyed_at !== null));
    const text = JSON.stringify([ledger, await rowsOf(owner, "audit_event"), await rowsOf(owner, "idempotency")]);
    for (const value of ["Tuulikki", "131052", "Laskukatu", "example.org"])
      assert.ok(!text.includes(value), `${value} was told`);
  });
});

suite("Walttia: other requests", async () => {
  const app = await testApp();
  const { ask, owner, clock } = app;

  async function consentOf(id: string) {
    await sql`insert into consent values (${newId()}, ${id}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm', ${clock.now()}, 'x', null, null)`.execute(
      owner,
    );
  }

  test("A, case 30: a prospect withdraws consent; all goes but the proof and the refusal", async () => {
    const { id } = (await ask("sales", "POST", "/api/customers", { ...PERSON, source: "phone" })).body;
    await consentOf(id);
    const { body } = await ask("administration", "POST", `/api/customers/${id}/erasure`, {
      ground: "consentWithdrawn",
    });
    assert.deepEqual(short(body.decisions), [
      "customers billingAddress+email+name+phone erased - notNeeded",
      "permissions consentProof kept 2029-11-22 consentProof",
      "permissions marketingBan kept - ban",
    ]);
    assert.deepEqual(body.consentsEnding, ["Uutiskirje sähköpostiin"]);
    for (const table of ["customer", "customer_value", "customer_event", "customer_search"])
      assert.equal((await rowsOf(owner, table)).filter((row) => row.subject_id === id).length, 0, table);
    const bans = await rowsOf(owner, "ban");
    assert.deepEqual(
      bans.map(({ purposes }) => purposes),
      [["directMarketing"], ["directMarketing"]],
      "one mark for the address, one for the number",
    );
    assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).status, 404);
  });

  test("D: an invoice that is late keeps the customer until it is paid, then the same request goes through", async () => {
    const { id, invoice } = await buyer(app, { day: "2026-11-20", paid: false });
    const early = await ask("administration", "POST", `/api/customers/${id}/erasure/preview`, {
      ground: "noLongerNeeded",
    });
    assert.ok(
      early.body.decisions.every(({ reason }: Decision) => reason !== "openInvoice"),
      "until its due day the invoice's own snapshot is enough",
    );
    const { clock } = app;
    const now = clock.now();
    clock.forward(15 * 24 * 3600_000);
    const first = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    assert.deepEqual(short(first.body.decisions), [
      "customers billingAddress+email+name+orders+phone kept - openInvoice",
      "invoices billingAddress+invoices+name+orders kept 2032-12-31 keptByLaw",
    ]);
    assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).status, 200);
    await ask("invoicing", "POST", `/api/invoices/${invoice}/payment`, { day: "2026-11-22" });
    const second = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    assert.ok(second.body.decisions.some(({ outcome }: Decision) => outcome === "restricted"));
    clock.set(now);
  });

  test("F: an objection to direct marketing stops it everywhere and erases nothing", async () => {
    const { id } = await buyer(app, {
      day: "2026-11-20",
      more: { email: "toinen@example.fi", phone: "040 765 4321" },
    });
    await consentOf(id);
    assert.equal(
      (await ask("marketing", "GET", `/api/customers/${id}`)).status,
      200,
      "the consent is what marketing stands on",
    );
    const { body } = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "directMarketing" });
    assert.deepEqual(
      [...new Set(body.decisions.map(({ outcome, reason }: Decision) => `${outcome} ${reason}`))].sort(),
      ["kept consentProof", "kept directMarketingStopped"],
    );
    assert.equal(body.keysDestroyedOn, null);
    const objected = (await rowsOf(owner, "objection"))
      .filter((row) => row.subject_id === id)
      .map(({ purpose }) => purpose);
    assert.deepEqual(objected.sort(), ["directMarketing", "offers"]);
    assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).status, 200);
    const marketing = await ask("marketing", "GET", `/api/customers/${id}`);
    assert.equal(marketing.status, 404);
    const offers = await ask("sales", "GET", `/api/customers/${id}`, undefined, { "tietovirta-purpose": "offers" });
    assert.equal(offers.status, 404);
  });

  test("a hold stops an erasure", async () => {
    const { id } = (await ask("sales", "POST", "/api/customers", { ...PERSON, source: "phone" })).body;
    await sql`insert into hold values (${newId()}, ${id}, 'openMatter', now(), 'x', null)`.execute(owner);
    const { body } = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    assert.deepEqual(
      [...new Set(body.decisions.map((one: Decision) => `${one.outcome} ${one.reason}`))],
      ["kept hold"],
    );
    assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).status, 200);
  });

  test("somebody who is not there is not found", async () => {
    assert.equal((await ask("administration", "GET", `/api/customers/${newId()}/access`)).status, 404);
    assert.equal(
      (await ask("administration", "POST", `/api/customers/${newId()}/erasure`, { ground: "objection" })).status,
      404,
    );
    assert.equal(
      (await ask("administration", "POST", `/api/customers/${newId()}/erasure`, { ground: "because" })).status,
      422,
    );
  });

  test("a crash between commit and destroying leaves an open entry that the next start carries out", async () => {
    const { id } = (await ask("sales", "POST", "/api/customers", { ...PERSON, source: "phone" })).body;
    const [row] = (await rowsOf(owner, "customer_value")).filter(
      (one) => one.subject_id === id && one.category === "name",
    );
    const sealed = row?.sealed as Buffer;
    const place = { register: "customers", category: "name", row: id, subject: id };
    const { destroy } = app.keys;
    Object.defineProperty(app.keys, "destroy", {
      configurable: true,
      value: async () => {
        throw new Error("the power went");
      },
    });
    const crashed = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    Object.defineProperty(app.keys, "destroy", { configurable: true, value: destroy.bind(app.keys) });
    assert.deepEqual(
      [crashed.status, crashed.body.keysPending],
      [200, true],
      "the rows are gone, and what is not is said",
    );
    const open = (await rowsOf(owner, "erasure_ledger")).filter((one) => one.keys_destroyed_at === null);
    assert.equal(open.length, 1);
    assert.notDeepEqual(
      await app.keys.open([{ place, sealed }]),
      [null],
      "the key is still there, so the replay has work to do",
    );
    assert.equal(await replayErasures(app.gate), 1);
    assert.deepEqual(await app.keys.open([{ place, sealed }]), [null]);
    assert.equal((await rowsOf(owner, "erasure_ledger")).filter((one) => one.keys_destroyed_at === null).length, 0);
    assert.equal(await replayErasures(app.gate), 0);
  });

  test("nobody but the program may name retention as the reason of an erasure", async () => {
    const { id } = (await ask("sales", "POST", "/api/customers", { ...PERSON, source: "phone" })).body;
    const caller = { actor: { kind: "staff", id: newId(), roles: ["administration"] } as const, requestId: newId() };
    await assert.rejects(
      app.gate.right(caller, { right: "retention", verb: "erase", subject: id, kinds }, async () => undefined),
      { code: "refused.rightNotByRole" },
    );
  });
});

suite("the bicycle workshop: the warranty of 24 months is over", async () => {
  const app = await testApp({ description: "pyorapaja" });
  const { ask, owner, clock } = app;

  test("the customer goes, the invoice stays until the end of its sixth year, then goes too", async () => {
    const source = Object.keys(app.gate.inForce().description.sources)[0] ?? "";
    const { id, invoice } = await buyer(app, { day: "2026-11-20", source });
    clock.set("2028-12-01T09:00:00Z");
    const { body } = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    assert.deepEqual(
      body.decisions.map(({ register, outcome, until }: Decision) => [register, outcome, until ?? null]),
      [
        ["customers", "erased", null],
        ["invoices", "kept", "2032-12-31"],
      ],
    );
    for (const table of [
      "customer",
      "customer_value",
      "customer_event",
      "customer_order",
      "order_line",
      "customer_search",
    ])
      assert.equal((await rowsOf(owner, table)).length, 0, table);
    const kept = await ask("invoicing", "GET", `/api/invoices/${invoice}`);
    assert.equal(kept.body.buyer.name, PERSON.name);
    assert.equal(kept.body.keepUntil, "2032-12-31");
    const access = await ask("administration", "GET", `/api/customers/${id}/access`);
    assert.deepEqual(
      access.body.registers.map(({ register }: { register: string }) => register),
      ["invoices"],
    );
    clock.set("2033-01-01T09:00:00Z");
    const late = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    assert.deepEqual(
      late.body.decisions.map(({ register, outcome }: Decision) => [register, outcome]),
      [["invoices", "erased"]],
    );
    assert.equal((await rowsOf(owner, "invoice")).length, 0);
    assert.equal((await ask("administration", "GET", `/api/customers/${id}/access`)).status, 404);
  });
});

suite("the event of a right", async () => {
  const app = await testApp();
  const { ask, owner } = app;

  test("names what was held of the person and seen or erased, not all that the register could hold", async () => {
    const made = await ask("sales", "POST", "/api/customers", {
      ...{ kind: "person", name: "Niilo Niukka", phone: "+358401112222", source: "phone" },
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { id } = made.body;
    const categoriesOf = async (verb: string) => {
      const events = (await rowsOf(owner, "audit_event")).filter(
        (event) => event.right_kind === "access" || event.right_kind === "erasure",
      );
      const mine = events.filter((event) => event.verb === verb && (event.subjects as string[]).includes(id));
      assert.ok(mine.length > 0, "the act is in the log");
      return [...new Set(mine.flatMap(({ categories }) => categories as string[]))].sort();
    };
    assert.equal((await ask("responsiblePerson", "GET", `/api/customers/${id}/access`)).status, 200);
    assert.deepEqual(await categoriesOf("read"), ["name", "phone"]);
    const erased = await ask("responsiblePerson", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    assert.deepEqual(await categoriesOf("erase"), ["name", "phone"]);
  });
});
