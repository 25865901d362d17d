// An erasure carried out: what goes, what the ledger says of it, which keys go when, and what stays. Straight at the step that requests and retention share.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sql } from "kysely";
import { banMark } from "../gate/bans.ts";
import { systemCaller } from "../gate/caller.ts";
import { kinds } from "../registers/all.ts";
import { replayErasures } from "../registers/evidence/ledger.ts";
import type { Doomed } from "../registers/register.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { parseDay } from "../values/Day.ts";
import { newId } from "../values/Uuid.ts";
import { carryOut, forgetAnswers, type Work } from "./carryOut.ts";

suite("one register", async () => {
  const t = await testApp();
  const { gate, owner, keys, takeForce } = t;
  const { customer, delivered, invoice } = trade(t);
  let made = 0;
  const somebody = () => customer({ ...MAIJA, email: `nro${++made}@example.fi`, phone: `040 123 456${made % 10}` });
  const plan = (more: Partial<Work["permissions"]> = {}) => ({
    ...{ decisions: [], withdraw: [], forget: [], object: [], ban: [], ...more },
  });
  const goes = (categories: string[], more: Partial<Doomed> = {}): Doomed => ({
    ...{ rule: "customerCore", row: null, categories, anonymise: false, ...more },
  });
  const from = (...doomed: Doomed[]): Work["erase"] => [{ kind: "customers", register: "customers", doomed }];
  const carried = (subject: string, work: Partial<Work>, how?: { many?: boolean }, at = gate) =>
    at.right(systemCaller("retention"), { right: "retention", verb: "erase", subject, kinds }, (steps) =>
      carryOut(at, steps, { erase: [], restrict: [], permissions: plan(), all: false, ...work }, "noLongerNeeded", how),
    );
  const of = async (table: string, id: string) =>
    (await rowsOf(owner, table)).filter(({ subject_id }) => subject_id === id);
  const ledger = async (id: string) =>
    (await of("erasure_ledger", id))
      .map((row) => ({
        ...{ register: String(row.register), rule: row.rule, categories: row.categories, rows: row.rows },
        ...{ anonymised: row.anonymised, everything: row.everything, ground: row.ground },
        ...{ keys: (row.keys as string[]).length > 0, open: row.keys_destroyed_at === null },
      }))
      .sort((one, other) => orderOf(one).localeCompare(orderOf(other)));
  const orderOf = ({ register, rule, anonymised }: { register: string; rule: unknown; anonymised: unknown }) =>
    `${register} ${rule} ${anonymised}`;
  const entry = (more: object) => ({
    ...{ register: "customers", rule: "customerCore", rows: [], anonymised: false, everything: false },
    ...{ ground: "noLongerNeeded", keys: true, open: false, ...more },
  });
  const consented = async (subject: string) => {
    const id = newId();
    await sql`insert into consent values (${id}, ${subject}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm',
      '2026-01-01', 'x', null, null)`.execute(owner);
    return id;
  };

  test("what is asked of permissions and locks is done, and where nothing was sealed there is no line and no day", async () => {
    const id = await somebody();
    const [ended, stays] = [await consented(id), await consented(id)];
    const restrict = ["customers", "invoices"].map((register) => ({
      ...{ register, purposes: ["warranty"], until: parseDay("2030-01-01"), ground: "erasure" },
    }));
    assert.equal(await carried(id, { restrict, permissions: plan({ withdraw: [ended], object: ["offers"] }) }), null);
    assert.deepEqual(
      (await of("restriction", id)).map(({ register, until, ground }) => [register, until, ground]).sort(),
      [
        ["customers", "2030-01-01", "erasure"],
        ["invoices", "2030-01-01", "erasure"],
      ],
    );
    assert.deepEqual(
      (await of("objection", id)).map(({ purpose }) => purpose),
      ["offers"],
    );
    const withdrawn = new Map((await of("consent", id)).map((row) => [row.id, row.withdrawn_at !== null]));
    assert.deepEqual([withdrawn.get(ended), withdrawn.get(stays)], [true, false]);
    assert.deepEqual(await ledger(id), []);
    assert.deepEqual(await rowsOf(owner, "ban"), [], "a refusal is kept as a mark only where it is asked for");
    assert.equal((await of("customer_value", id)).length, 4);
  });

  test("a refusal is kept as a mark of every address that goes, and without one none is made", async () => {
    const [id, quiet] = [await somebody(), await somebody()];
    const all = ["name", "email", "phone", "billingAddress"];
    const opened = await t.ask("administration", "GET", `/api/customers/${id}`);
    assert.equal(opened.status, 200);
    const addresses = [opened.body.email, opened.body.phone].map((one) => String(one?.value ?? one));
    await carried(quiet, { erase: from(goes(all)), all: true });
    assert.deepEqual(await rowsOf(owner, "ban"), []);
    await carried(id, { erase: from(goes(all)), permissions: plan({ ban: ["offers"] }), all: true });
    assert.deepEqual(await of("customer", id), []);
    const bans = await rowsOf(owner, "ban");
    assert.deepEqual(
      bans.map(({ purposes }) => purposes),
      [["offers"], ["offers"]],
    );
    const marks = bans.map(({ address_mac }) => Buffer.from(address_mac as Buffer).toString("hex"));
    const email = banMark(keys, addresses[0] ?? "").toString("hex");
    assert.ok(marks.includes(email), "the address was read before it went");
  });

  test("a part that goes is one line with its keys, destroyed when the answer comes", async () => {
    const id = await somebody();
    const [before] = (await of("customer_value", id)).filter(({ category }) => category === "phone");
    assert.equal(await carried(id, { erase: from(goes(["phone"]), goes(["email", "phone"])) }), "2026-11-22");
    assert.deepEqual(await ledger(id), [entry({ categories: ["phone", "email"] })]);
    assert.equal((await of("customer_value", id)).length, 2);
    const place = { register: "customers", category: "phone", row: id, subject: id };
    assert.deepEqual(await keys.open([{ place, sealed: before?.sealed as Buffer }]), [null]);
  });

  test("rows that end one by one are named, and what is made nobody's is told apart; the keys stand on one line", async () => {
    const id = await somebody();
    const ids = [(await invoice(await delivered(id))).id, (await invoice(await delivered(id))).id];
    const voucher = (row: string) => goes(["invoices", "name"], { rule: "invoicingMaterial", row });
    const cut = goes(["orders"], { anonymise: true });
    const erase: Work["erase"] = [
      { kind: "invoices", register: "invoices", doomed: ids.map(voucher) },
      ...from(goes(["phone"]), cut),
    ];
    await carried(id, { erase });
    assert.deepEqual(await ledger(id), [
      entry({ categories: ["phone"] }),
      entry({ categories: ["orders"], anonymised: true, keys: false }),
      entry({ register: "invoices", rule: "invoicingMaterial", categories: ["invoices", "name"], rows: ids }),
    ]);
    assert.deepEqual(await of("invoice", id), []);
    assert.deepEqual(await of("customer_order", id), []);
    const other = await somebody();
    await delivered(other);
    await carried(other, { erase: from(cut) });
    assert.deepEqual(await ledger(other), [entry({ categories: ["orders"], anonymised: true })]);
  });

  test("each rule has its own line, its own keys and its own grace", async () => {
    const force = gate.inForce();
    const { retention } = force.description;
    const { customerCore } = retention;
    assert.ok(customerCore);
    const id = await customer({
      ...{ ...MAIJA, email: "kaksi@example.fi", source: "phone" },
      ...{ personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit" },
    });
    const code = goes(["personalIdentityCode"], { rule: "identityCode" });
    takeForce({
      ...force,
      description: {
        ...force.description,
        retention: { ...retention, customerCore: { ...customerCore, graceDays: 14 } },
      },
    });
    try {
      assert.equal(await carried(id, { erase: from(goes(["phone"]), code) }), "2026-12-06", "the last of the days");
    } finally {
      takeForce(force);
    }
    assert.deepEqual(await ledger(id), [
      entry({ categories: ["phone"], open: true }),
      entry({ rule: "identityCode", categories: ["personalIdentityCode"] }),
    ]);
  });

  test("what stands under a rule that the description no longer has goes without a grace", async () => {
    const force = gate.inForce();
    const id = await somebody();
    const { customerCore: _, ...retention } = force.description.retention;
    takeForce({ ...force, description: { ...force.description, retention } });
    try {
      assert.equal(
        await carried(id, { erase: from(goes(["name", "email", "phone", "billingAddress"])) }),
        "2026-11-22",
      );
    } finally {
      takeForce(force);
    }
    assert.equal((await ledger(id)).length, 1);
    assert.deepEqual(await of("customer", id), []);
  });

  test("where nothing is left every line says so, and a proof that nothing asks for has a line without keys", async () => {
    const id = await somebody();
    const [gone, stays] = [await consented(id), await consented(id)];
    const all = ["name", "email", "phone", "billingAddress"];
    await carried(id, { erase: from(goes(all)), permissions: plan({ forget: [gone] }), all: true });
    const proof = { register: "permissions", rule: "consentProof", categories: ["consentProof"], rows: [gone] };
    assert.deepEqual(await ledger(id), [
      entry({ categories: all, everything: true }),
      entry({ ...proof, keys: false }),
    ]);
    assert.deepEqual(
      (await of("consent", id)).map((row) => row.id),
      [stays],
    );
  });

  test("kept answers that name what goes are forgotten, others stay", async () => {
    const [whole, part] = [await somebody(), await somebody()];
    const issued = await invoice(await delivered(part));
    await sql`delete from idempotency`.execute(owner);
    const kept = async () => (await rowsOf(owner, "idempotency")).map(({ ids }) => String(ids)).sort();
    for (const one of [whole, part, issued.id]) {
      const mac = Buffer.alloc(32, ++made);
      await sql`insert into idempotency values (${mac}, ${mac}, 200, ${JSON.stringify([one])}, now())`.execute(owner);
    }
    const voucher = goes(["invoices"], { rule: "invoicingMaterial", row: issued.id });
    await carried(part, { erase: [{ kind: "invoices", register: "invoices", doomed: [voucher] }] });
    assert.deepEqual(await kept(), [whole, part].sort());
    await carried(part, { erase: from(goes(["phone"])) });
    assert.deepEqual(await kept(), [whole, part].sort(), "who stays may still be answered");
    await carried(whole, { erase: from(goes(["name", "email", "phone", "billingAddress"])), all: true });
    assert.deepEqual(await kept(), [part]);
    await gate.right(systemCaller("retention"), { right: "retention", verb: "erase", subject: part, kinds }, (steps) =>
      forgetAnswers(steps, []),
    );
    assert.deepEqual(await kept(), [part]);
  });

  test("of many the keys go together, later; keys that cannot go now wait, and the erasure stands", async () => {
    const [one, two] = [await somebody(), await somebody()];
    assert.equal(await carried(one, { erase: from(goes(["phone"])) }, { many: true }), "2026-11-22");
    const waiting = entry({ categories: ["phone"], open: true });
    assert.deepEqual(await ledger(one), [waiting]);
    const full = Object.assign(Object.create(keys), { destroy: () => Promise.reject(new Error("the disk is full")) });
    const failing = { ...gate, keys: full };
    assert.equal(await carried(two, { erase: from(goes(["phone"])) }, { many: false }, failing), "2026-11-22");
    assert.deepEqual(await ledger(two), [waiting]);
    assert.equal((await of("customer_value", two)).length, 3);
    await replayErasures(gate);
    for (const id of [one, two]) assert.deepEqual(await ledger(id), [{ ...waiting, open: false }]);
  });
});
