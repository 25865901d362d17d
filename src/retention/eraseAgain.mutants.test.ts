// Lines of the ledger carried out on rows that are there: each line takes what it names and nothing beside it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sql } from "kysely";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { person } from "../test/person.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { eraseAgain, type LedgerLine } from "./eraseAgain.ts";

suite("one register", async () => {
  const t = await testApp();
  const { gate, owner } = t;
  const { customer, delivered, invoice } = trade(t);
  let made = 0;
  const somebody = () => customer({ ...MAIJA, email: `nro${++made}@example.fi` });
  const line = (subject_id: string, more: Partial<LedgerLine> = {}): LedgerLine => ({
    ...{ subject_id, register: "customers", categories: [], rows: [] },
    ...{ anonymised: false, everything: false, ground: "retention", ...more },
  });
  const again = (...lines: LedgerLine[]) => eraseAgain(gate, lines);
  const valuesOf = async (id: string) =>
    (await rowsOf(owner, "customer_value"))
      .filter(({ subject_id }) => subject_id === id)
      .map(({ category }) => String(category))
      .sort();
  const idsOf = async (table: string, id: string) =>
    (await rowsOf(owner, table)).filter(({ subject_id }) => subject_id === id).map((row) => String(row.id));
  const erasures = async () => (await rowsOf(owner, "audit_event")).filter(({ verb }) => verb === "erase").length;
  const consented = async (subject: string, withdrawn: Date | null = null) => {
    const id = newId();
    await sql`insert into subject values (${subject}) on conflict do nothing`.execute(owner);
    await sql`insert into consent values (${id}, ${subject}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm',
      '2026-01-01', 'x', ${withdrawn}, ${withdrawn && "x"})`.execute(owner);
    return id;
  };
  const objected = async (subject: string) => {
    await sql`insert into subject values (${subject}) on conflict do nothing`.execute(owner);
    await sql`insert into objection values (${newId()}, ${subject}, 'offers', now(), 'x')`.execute(owner);
  };
  /** Nothing was erased, and the log tells of nothing. */
  const untouched = async (...lines: LedgerLine[]) => {
    const [before, count] = [await rowsOf(owner, "customer_value"), await erasures()];
    assert.equal(await again(...lines), 0);
    assert.deepEqual(await rowsOf(owner, "customer_value"), before);
    assert.equal(await erasures(), count);
  };

  test("a line takes its categories of its register, of its person, once", async () => {
    const [id, other] = [await somebody(), await somebody()];
    assert.deepEqual(await valuesOf(id), ["billingAddress", "email", "name", "phone"]);
    const count = await erasures();
    assert.equal(await again(line(id, { categories: ["phone"] }), line(id, { categories: ["email"] })), 1);
    assert.deepEqual(await valuesOf(id), ["billingAddress", "name"]);
    assert.deepEqual(await valuesOf(other), ["billingAddress", "email", "name", "phone"]);
    assert.equal(await again(line(id, { categories: ["name"] }), line(other, { categories: ["name"] })), 2);
    const events = await rowsOf(owner, "audit_event");
    const mine = events.filter(({ actor, verb }) => verb === "erase" && actor === "system:restore");
    assert.equal((await erasures()) - count, mine.length, "it is told as the restore's");
    assert.ok(mine.length >= 3 && mine.every(({ right_kind }) => right_kind === "retention"));
  });

  test("of another register, of rows one by one, of a category that is not there, of a new sealing: nothing goes", async () => {
    const id = await somebody();
    await untouched();
    await untouched(line(id));
    await untouched(line(id, { register: "invoices", categories: ["name"] }));
    await untouched(line(id, { categories: ["name"], rows: [newId()] }));
    await untouched(line(id, { categories: ["orders"] }));
    await untouched(line(id, { categories: ["name"], everything: true, ground: "resealed" }));
    await untouched(line(newId(), { categories: ["name"], everything: true }));
  });

  test("an invoice goes by its own id alone, and the person's others stay", async () => {
    const id = await somebody();
    const ids = [(await invoice(await delivered(id))).id, (await invoice(await delivered(id))).id];
    const [first = "", second = ""] = ids;
    await untouched(line(id, { register: "invoices", categories: ["invoices"] }));
    await untouched(line(id, { register: "customers", categories: [], rows: [first] }));
    assert.equal(await again(line(id, { register: "invoices", categories: ["invoices"], rows: [newId(), first] })), 1);
    assert.deepEqual(await idsOf("invoice", id), [second]);
    assert.equal((await valuesOf(id)).length, 4);
  });

  test("what was made nobody's is made nobody's again, even where another line takes it", async () => {
    const id = await somebody();
    const order = await delivered(id);
    assert.deepEqual(await idsOf("customer_order", id), [order]);
    const cut = line(id, { categories: ["orders"], anonymised: true });
    const before = (await rowsOf(owner, "customer_order")).length;
    assert.equal(await again(line(id, { categories: ["orders", "phone"] }), cut), 1);
    assert.deepEqual(await idsOf("customer_order", id), []);
    assert.equal((await rowsOf(owner, "customer_order")).length, before, "the row stands without the person");
    assert.deepEqual(await valuesOf(id), ["billingAddress", "email", "name"]);
    const taken = await somebody();
    await delivered(taken);
    assert.equal(await again(line(taken, { categories: ["orders"] })), 1);
    assert.equal((await rowsOf(owner, "customer_order")).length, before);
  });

  test("of whom nothing was left, nothing is left: values, invoices, what they said, and kept answers", async () => {
    const [id, stays] = [await somebody(), await somebody()];
    await invoice(await delivered(id));
    const [given, proof] = [await consented(id), await consented(stays)];
    await objected(id);
    await objected(stays);
    const answer = async (names: string) => {
      const mac = Buffer.alloc(32, ++made);
      await sql`insert into idempotency values (${mac}, ${mac}, 200, ${JSON.stringify([names])}, now())`.execute(owner);
    };
    for (const one of [id, stays]) await answer(one);
    const kept = async () => JSON.stringify((await rowsOf(owner, "idempotency")).map(({ ids }) => ids));
    assert.ok((await kept()).includes(id) && (await kept()).includes(stays));

    const row = newId();
    await answer(row);
    assert.equal(await again(line(stays, { categories: ["phone"], rows: [] })), 1);
    assert.ok((await kept()).includes(stays), "of somebody who stays nothing is forgotten but what goes");
    assert.equal(await again(line(stays, { categories: ["email"] }), line(stays, { rows: [row] })), 1);
    assert.ok(!(await kept()).includes(row) && (await kept()).includes(stays));
    const proofs = await rowsOf(owner, "consent");
    assert.ok(proofs.every(({ withdrawn_at }) => withdrawn_at === null));

    assert.equal(await again(line(id), line(id, { everything: true })), 1);
    assert.deepEqual(await valuesOf(id), []);
    assert.deepEqual(await idsOf("invoice", id), []);
    assert.deepEqual(await idsOf("objection", id), []);
    assert.equal((await idsOf("objection", stays)).length, 1);
    const consents = new Map((await rowsOf(owner, "consent")).map((one) => [one.id, one.withdrawn_at !== null]));
    assert.deepEqual([consents.get(given), consents.get(proof)], [true, false], "withdrawn, its proof waits");
    assert.ok(!(await kept()).includes(id) && (await kept()).includes(stays));
    await untouched(line(id, { everything: true }));
  });

  test("what somebody without values had said goes with them, and a consent that had ended is nothing to withdraw", async () => {
    const [objector, consenter, ended] = [newId(), newId(), newId()];
    await objected(objector);
    await consented(consenter);
    await consented(ended, new Date("2026-02-01"));
    await untouched(line(objector), line(consenter), line(ended));
    await untouched(line(ended, { everything: true }));
    assert.equal(await again(line(objector, { everything: true })), 1);
    assert.equal(await again(line(consenter, { everything: true })), 1);
    assert.deepEqual(await idsOf("objection", objector), []);
    const [row] = (await rowsOf(owner, "consent")).filter(({ subject_id }) => subject_id === consenter);
    assert.notEqual(row?.withdrawn_at, null);
    await untouched(line(objector, { everything: true }), line(consenter, { everything: true }));
  });

  test("a proof of consent goes by its own id, and only where it is the register of permissions that lost it", async () => {
    const id = newId();
    const [gone, stays] = [await consented(id), await consented(id)];
    const proofs = (rows: string[], register = "permissions") =>
      line(id, { register, categories: ["consentProof"], rows });
    await untouched(proofs([gone], "customers"));
    await untouched(proofs([newId()]));
    assert.equal(await again(proofs([newId(), gone])), 1);
    assert.deepEqual(await idsOf("consent", id), [stays]);
  });

  test("an account goes only where everything of the person went", async () => {
    const { id } = await person(t, ["sales"]);
    const accounts = async () => (await rowsOf(owner, "account")).map(({ subject_id }) => subject_id);
    const staff = line(id, { register: "staff", categories: ["staffName", "staffLogin"] });
    await untouched(staff);
    assert.ok((await accounts()).includes(id));
    assert.equal(await again({ ...staff, everything: true }), 1);
    assert.ok(!(await accounts()).includes(id));
  });

  test("what fails is not taken for somebody who is not there", async () => {
    const id = await somebody();
    await assert.rejects(again(line("not an id")), /uuid/);
    const full = new Problem("readOnly", 503);
    const closed = { ...gate, right: () => Promise.reject(full) };
    await assert.rejects(eraseAgain(closed, [line(id, { categories: ["name"] })]), full);
    assert.equal((await valuesOf(id)).length, 4);
  });
});
