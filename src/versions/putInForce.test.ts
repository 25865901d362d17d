import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sql } from "kysely";
import { candidateOf } from "../registers/evidence/versions.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { IDENTITY_CODE, LINES, MAIJA, trade } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";
import { planOf } from "./plan.ts";
import { apply, settleAll, startUnder } from "./putInForce.ts";
import { sayPlan } from "./say.ts";

/** An app under version 1 of Walttia's description, written down as a start writes it. */
async function underVersionOne() {
  const app = await testApp();
  const { described, gate, clock } = app;
  const candidate = (text: string) => {
    clock.forward(1000);
    const found = candidateOf(text, "walttia.yaml", clock.now());
    assert.ok(found, "the changed text is still a description");
    return found;
  };
  const version = (next: string, ...changes: [string, string][]) =>
    candidate(
      [['version: "1"', `version: "${next}"`] as [string, string], ...changes].reduce((text, [from, to]) => {
        assert.ok(text.includes(from), from);
        return text.replace(from, to);
      }, described),
    );
  const versions = async () => (await rowsOf(app.owner, "description_version")).map((row) => row.version).sort();
  const start = async (next = candidate(described)) => {
    const since = await startUnder(gate, next);
    app.takeForce(next.force);
    return since;
  };
  await start();
  return { ...app, candidate, version, versions, start };
}

const SHORTER = ["lastContact, period: P12M", "lastContact, period: P1M"] as [string, string];
const CORE = "categories: [name, email, phone, billingAddress, deliveryAddress, businessId, orders]";
/** E-mail addresses and orders move to a rule of their own with the same clock; invoices to another. */
const MOVED: [string, string][] = [
  [
    `register: customers\n    ${CORE}`,
    `register: customers\n    ${CORE.replace("email, ", "").replace(", orders", "")}`,
  ],
  [
    "\nretention:\n",
    `
retention:
  contactData:
    register: customers
    categories: [email, orders]
    from: warrantyEnd
    period: P0D
    otherwise: { from: lastContact, period: P12M }
    basis: contract
    ground: { fi: Sopimus, sv: Avtal, en: Contract }
    atEnd: erase
    onRequest: restrict
    restrictTo: [warranty]
`,
  ],
  ["  invoicingMaterial:\n    register", "  vouchers:\n    register"],
];

suite("a start under a changed description", async () => {
  const { start, candidate, version, versions, described, clock, ask } = await underVersionOne();

  test("the same text again is the same version, since when it was", async () => {
    const since = await start();
    assert.deepEqual(await start(), since);
    assert.deepEqual(await versions(), ["1"]);
  });

  test("the same version with another text is refused", async () => {
    const changed = described.replace("paymentTermDays: 14", "paymentTermDays: 21");
    assert.notEqual(changed, described);
    await assert.rejects(start(candidate(changed)), { code: "descriptionSameVersion" });
  });

  test("what holds nobody may go, register by register; what holds somebody may not; back is no way", async () => {
    assert.deepEqual(await start(version("2", SHORTER)), clock.now());
    const made = await ask("sales", "POST", "/api/customers", { kind: "person", name: "Testi", source: "phone" });
    assert.equal(made.status, 201);
    await assert.rejects(start(version("3", ["lastContact, period: P12M", "lastContact, period: P9D"])), {
      code: "descriptionEndangers",
    });
    // Nobody's messages are in this program: their register is empty here.
    await start(version("10", SHORTER, ["period: P24M", "period: P20M"]));
    assert.deepEqual(await versions(), ["1", "10", "2"]);
    await assert.rejects(start(version("9", SHORTER)), { code: "descriptionOlder" });
    await assert.rejects(start(), { code: "descriptionSameVersion" });
  });
});

suite("a plan", async () => {
  const app = await underVersionOne();
  const { version, gate, clock } = app;
  const { customer, delivered, invoice } = trade(app);
  const first = await customer();
  await customer({ ...MAIJA, email: "toinen@example.fi" });
  await customer({ kind: "person", name: "Kolmas Keksitty", phone: "040 765 4321", source: "phone" });
  await invoice(await delivered(first));
  clock.forward(40 * 24 * 3600_000);
  const touched = async (...changes: [string, string][]) => (await planOf(gate, version("2", ...changes))).changes;

  test("counts whom a shorter time makes due, and asks before", async () => {
    const changes = await touched(SHORTER);
    const name = changes.find(({ code, facts }) => code === "retentionShorter" && facts.category === "name");
    // The first has an order with a warranty under way: the other clock is not theirs.
    assert.deepEqual(name?.touches, [
      { what: "held", register: "customers", people: 3 },
      { what: "due", register: "customers", people: 2 },
    ]);
    assert.deepEqual([name.asks, name.stops], [true, false]);
    assert.deepEqual(
      changes.filter(({ facts }) => facts.category === "orders").flatMap(({ touches }) => touches),
      [{ what: "held", register: "customers", people: 1 }],
    );
  });

  test("counts whose values move to another rule, by register", async () => {
    const changes = await touched(...MOVED);
    const moved = changes.filter(({ code }) => code === "retentionMoved");
    const people = Object.fromEntries(
      moved.map(({ facts, touches }) => [`${facts.register}.${facts.category}`, touches.map((one) => one.people)]),
    );
    assert.deepEqual(people["customers.email"], [2]);
    assert.deepEqual(people["customers.orders"], [1]);
    assert.deepEqual(people["invoices.invoices"], [1]);
    assert.ok(moved.every(({ asks, stops }) => !asks && !stops));
  });

  test("stops what would leave people's data without a rule", async () => {
    const { changes } = await planOf(
      gate,
      version("2", [
        "register: customers\n    categories: [personalIdentityCode]",
        "register: correspondence\n    categories: [personalIdentityCode]",
      ]),
    );
    assert.deepEqual(
      changes.filter(({ stops }) => stops),
      [],
    );
    const gone = await touched(["  invoices:\n    kind: invoices", "  bills:\n    kind: invoices"]);
    const register = gone.find(({ code }) => code === "registerGone");
    assert.deepEqual(register?.touches, [{ what: "left", register: "invoices", people: 1 }]);
    assert.equal(register.stops, true);
  });

  test("stops a purpose from going, or getting another name, while somebody has objected, allowed or restricted by it", async () => {
    const renamed = () =>
      planOf(
        gate,
        app.candidate(
          app.described.replace('version: "1"', 'version: "2"').replace(/(?<!kind: )\boffers\b/g, "sellingMore"),
        ),
      );
    const gone = async () =>
      (await renamed()).changes.find(({ code, facts }) => code === "purposeGone" && facts.id === "offers");
    assert.deepEqual([(await gone())?.touches, (await gone())?.stops], [[], false]);
    const said = async (count: number) => {
      const change = await gone();
      assert.deepEqual(change?.touches, [{ what: "said", register: "permissions", people: count }]);
      assert.deepEqual([change.asks, change.stops], [true, true]);
    };
    const { owner } = app;
    await sql`insert into objection values (${newId()}, ${first}, 'offers', now(), 'x', null)`.execute(owner);
    await said(1);
    await sql`insert into restriction values (${newId()}, ${first}, 'customers', '{warranty,offers}', null, 'x', now(), 'x', null)`.execute(
      owner,
    );
    await said(1);
    await sql`insert into consent values (${newId()}, ${newId()}, 'newsletter', 'offers', '{email}', 1, '\\x00', 'fi', 'webForm', now(), 'x', null, null)`.execute(
      owner,
    );
    await sql`insert into ban values ('\\x00', '{offers}', now())`.execute(owner);
    await said(3);
    for (const language of ["fi", "sv", "en"] as const)
      assert.doesNotMatch(sayPlan(await renamed(), "walttia.yaml", language).join("\n"), /undefined|touch\./);
    for (const table of ["objection", "restriction", "consent", "ban"])
      await sql`delete from ${sql.table(table)}`.execute(owner);
  });

  test("is said in three languages, without anybody's name", async () => {
    const plan = await planOf(gate, version("2", SHORTER, ...MOVED));
    for (const language of ["fi", "sv", "en"] as const) {
      const lines = sayPlan(plan, "walttia.yaml", language).join("\n");
      assert.match(lines, /walttia\.yaml --yes/);
      assert.doesNotMatch(lines, /Maija|undefined/);
    }
  });
});

suite("applying a version that moves categories to other rules", async () => {
  const app = await underVersionOne();
  const { version, versions, gate, owner, keys, ask, takeForce, start } = app;
  const { customer, delivered, invoice } = trade(app);
  const people: { id: string; order: string; invoice: string }[] = [];
  for (let n = 0; n < 5; n++) {
    const code = n === 0 ? { personalIdentityCode: IDENTITY_CODE, personalIdentityCodeGround: "credit" } : {};
    const id = await customer({ ...MAIJA, email: `maija${n}@example.fi`, ...code });
    const order = await delivered(id);
    people.push({ id, order, invoice: (await invoice(order)).id });
  }
  const two = version("2", ...MOVED);
  const before = await rowsOf(owner, "customer_value");
  const everythingReads = async () => {
    for (const [n, { id, order, invoice }] of people.entries()) {
      assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).body.email, `maija${n}@example.fi`);
      const lines = (await ask("sales", "GET", `/api/orders/${order}`)).body.lines;
      assert.equal(lines[0].description, LINES[0].description);
      const { status, body } = await ask("invoicing", "GET", `/api/invoices/${invoice}`);
      assert.equal(status, 200);
      assert.ok(JSON.stringify(body).includes(MAIJA.name));
    }
  };
  const rulesOf = async (table: string, of: (row: Record<string, unknown>) => boolean = () => true) =>
    [...new Set((await rowsOf(owner, table)).filter(of).map(({ rule }) => rule))].sort();
  const emails = () => rulesOf("customer_value", ({ category }) => category === "email");
  const crashed = (after: number) =>
    apply({ gate, takeForce }, two, {
      yes: false,
      batch: 2,
      onBatch: (done) => {
        if (done >= after) throw new Error("the power went");
      },
    });

  test("a crash between two batches loses nothing, and a right carried out then knows both rules", async () => {
    await assert.rejects(crashed(2), /the power went/);
    assert.deepEqual(await versions(), ["1"]);
    assert.equal(gate.inForce().description.version, "1");
    assert.deepEqual(await emails(), ["contactData", "customerCore"], "half of them have moved");
    await everythingReads();
    const [moved] = (await rowsOf(owner, "customer_value")).filter(({ rule }) => rule === "contactData");
    const url = `/api/customers/${String(moved?.subject_id)}/erasure/preview`;
    const { status, body } = await ask("responsiblePerson", "POST", url, { ground: "noLongerNeeded" });
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(!JSON.stringify(body).includes("noRule"));
  });

  test("a start under the old version takes it back", async () => {
    takeForce(version("1").force);
    assert.equal(await settleAll(gate), 2);
    assert.deepEqual(await emails(), ["customerCore"]);
    await everythingReads();
  });

  test("the next apply goes on from where a second crash left it", async () => {
    await assert.rejects(crashed(4), /the power went/);
    assert.deepEqual(await rulesOf("invoice"), ["invoicingMaterial", "vouchers"]);
    await everythingReads();
    const applied = await apply({ gate, takeForce }, two, { yes: false, batch: 2 });
    assert.deepEqual(applied, { outcome: "applied", version: "2", resealed: 1 });
    assert.deepEqual(await versions(), ["1", "2"]);
    assert.equal(gate.inForce().description.version, "2");
    assert.deepEqual(await emails(), ["contactData"]);
    assert.deepEqual(await rulesOf("customer_order"), ["contactData"]);
    assert.deepEqual(await rulesOf("invoice"), ["vouchers"]);
    await everythingReads();
  });

  test("old keys are gone, the acts stand in the log as the program's own, and a start finds nothing to do", async () => {
    const ledger = await rowsOf(owner, "erasure_ledger");
    assert.ok(ledger.length >= 10, "every subject left old keys in both registers");
    assert.ok(ledger.every(({ ground, keys_destroyed_at }) => ground === "resealed" && keys_destroyed_at !== null));
    assert.ok(keys.state().destroyed >= ledger.length);
    const events = (await rowsOf(owner, "audit_event")).filter(({ right_kind }) => right_kind === "resealing");
    assert.ok(events.length >= 10);
    assert.ok(events.every(({ actor, verb }) => actor === "system:version" && verb === "change"));
    await start(two);
    assert.equal(await settleAll(gate), 0);
  });

  test("an old copy of the rows no longer opens, so that a later erasure is final there too", async () => {
    const opened = await keys.open(
      before.map(({ subject_id, category, sealed }) => {
        const [subject, bytes] = [String(subject_id), sealed as Buffer];
        return { place: { register: "customers", category: String(category), row: subject, subject }, sealed: bytes };
      }),
    );
    const still = before.filter((_, n) => opened[n] !== null).map(({ category }) => category);
    assert.ok(before.length > 20);
    // Its rule has not moved, and nothing that has shared its key.
    assert.deepEqual(still, ["personalIdentityCode"]);
  });
});

suite("applying what endangers somebody", async () => {
  const app = await underVersionOne();
  const { version, versions, gate, takeForce } = app;
  const { customer } = trade(app);
  await customer();
  app.clock.forward(40 * 24 * 3600_000);
  const applied = (next: ReturnType<typeof version>, yes: boolean) => apply({ gate, takeForce }, next, { yes });

  test("needs a yes", async () => {
    await assert.rejects(applied(version("2", SHORTER), false), { code: "descriptionAsks" });
    assert.deepEqual(await versions(), ["1"]);
    assert.equal((await applied(version("2", SHORTER), true)).outcome, "applied");
    assert.equal(gate.inForce().description.version, "2");
  });

  test("the same again changes nothing; another text or a lower version is refused", async () => {
    assert.equal((await applied(version("2", SHORTER), true)).outcome, "same");
    await assert.rejects(applied(version("2"), true), { code: "descriptionSameVersion" });
    await assert.rejects(applied(version("1.5"), true), { code: "descriptionOlder" });
  });

  test("no yes helps where data would be out of reach", async () => {
    const renamed = version("3", SHORTER, ["  customers:\n    kind: customers", "  clients:\n    kind: customers"]);
    await assert.rejects(applied(renamed, true), { code: "descriptionLeavesBehind" });
  });
});
