// The gate on a real PostgreSQL: what it lets through, what it writes down, and what cannot be done with what it gives.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { sql } from "kysely";
import { connectAll, disconnect } from "../db/connect.ts";
import { memoryKeys } from "../keys/keyring.ts";
import { addCustomer, findCustomer } from "../registers/customers/store.ts";
import { rowsOf, testDatabase } from "../test/database.ts";
import { describe } from "../test/descriptions.ts";
import type { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import type { Caller } from "./caller.ts";
import { openGate } from "./gate.ts";

const { owner, config } = await testDatabase();
const databases = connectAll(config);
after(() => disconnect(databases));
const keys = await memoryKeys();
const force = await describe("walttia");
const clock = { now: () => new Date("2026-11-22T10:00:00Z") };
const gate = openGate({ databases, keys, inForce: () => force, clock });

const NAME = "Planted-Kuutamo-7f3a91";
const caller = (...roles: string[]): Caller => ({ actor: { kind: "staff", id: newId(), roles }, requestId: newId() });
const sales = caller("sales");
const customers = { register: "customers" } as const;
const entries = [
  { category: "name", type: "name", value: NAME },
  { category: "email", type: "email", value: "planted-7f3a91@example.fi" },
] as const;
const collect = (by: Caller = sales, through = gate) =>
  through.write(by, { ...customers, verb: "collect", categories: ["name", "email"], source: "phone" }, (grant) =>
    addCustomer(grant, { kind: "person", organisationId: null, source: "phone", ground: null, entries }),
  );
const lastEvent = async () => (await rowsOf(owner, "audit_event")).at(-1) ?? {};
const { id: subject } = await collect();

test("what is collected is read back with its origin, and PostgreSQL never saw it in the clear", async () => {
  const customer = await gate.read(sales, { ...customers, subject }, (grant) => findCustomer(grant));

  assert.equal(customer.name, NAME);
  assert.equal(customer.origins.name?.source, "phone");
  for (const table of ["customer", "customer_value", "customer_search", "audit_event"]) {
    const { rows } = await sql<{
      all: string;
    }>`select coalesce(string_agg(t::text, ' '), '') as all from ${sql.table(table)} t`.execute(owner);
    assert.ok((rows[0]?.all.length ?? 0) > 0, `${table} has rows to look at`);
    assert.ok(!rows[0]?.all.includes(NAME), `${table} holds no name`);
    assert.ok(!rows[0]?.all.includes(Buffer.from(NAME).toString("hex")), `${table} holds no name in bytes`);
  }
});

test("a read is written down before it is answered, naming the subject, the purpose and the place", async () => {
  await gate.read(sales, { ...customers, subject }, (grant) => findCustomer(grant));
  const event = await lastEvent();

  assert.deepEqual(
    [event.verb, event.register, event.decision, event.purpose, event.version],
    ["read", "customers", "allowed", "customerCare", force.description.version],
  );
  assert.ok(String(event.subjects).includes(subject));
  assert.match(String(event.place), /^roles\.sales\.may/);
});

test("a refusal is written down and says where the description refuses", async () => {
  await assert.rejects(
    gate.read(caller("accountant"), { ...customers, subject }, (grant) => findCustomer(grant)),
    (problem: Problem) => {
      assert.equal(problem.status, 403);
      assert.match(String(problem.facts.at), /^walttia\.yaml:\d+ roles\.accountant/);
      return true;
    },
  );
  const event = await lastEvent();
  assert.deepEqual([event.decision, event.reason], ["refused", "noRole"]);
});

test("work that fails leaves no row, no event and no claim", async () => {
  const before = [(await rowsOf(owner, "customer")).length, (await rowsOf(owner, "audit_event")).length];
  await assert.rejects(
    gate.write(
      sales,
      { ...customers, verb: "collect", categories: ["name", "email"], source: "phone" },
      async (grant) => {
        await addCustomer(grant, { kind: "person", organisationId: null, source: "phone", ground: null, entries });
        throw new Error("the work failed");
      },
    ),
    /the work failed/,
  );
  assert.deepEqual([(await rowsOf(owner, "customer")).length, (await rowsOf(owner, "audit_event")).length], before);
});

test("no answer leaves when the log cannot be written", async () => {
  // The log's own connection cannot write.
  const deaf = openGate({ databases: { ...databases, audit: databases.read }, keys, inForce: () => force, clock });
  await assert.rejects(
    deaf.read(sales, { ...customers, subject }, (grant) => findCustomer(grant)),
    (problem: Problem) => problem.code === "auditUnavailable" && problem.status === 503,
  );
});

test("a read grant cannot write, even where types are put aside", async () => {
  await assert.rejects(
    gate.read(sales, { ...customers, subject }, async (grant) => {
      assert.ok(!("insert" in grant) && !("delete" in grant));
      await sql`delete from customer_value`.execute(databases.read);
    }),
    /read-only transaction/,
  );
});

test("a grant opens only granted categories, of its own subject, where the value belongs", async () => {
  const { id: other } = await collect();
  const [value] = (await rowsOf(owner, "customer_value")).filter(
    (row) => row.subject_id === subject && row.category === "name",
  );
  assert.ok(value);
  const sealed = value.sealed as Buffer;
  const open = (row: { subject_id: string; category: string; row: string }) =>
    gate.read(sales, { ...customers, subject }, (grant) => grant.open([{ ...row, sealed }]));

  assert.deepEqual(await open({ subject_id: subject, category: "name", row: subject }), [NAME]);
  await assert.rejects(open({ subject_id: subject, category: "personalIdentityCode", row: subject }), /not granted/);
  await assert.rejects(open({ subject_id: other, category: "name", row: other }), /another subject/);
  await assert.rejects(
    open({ subject_id: subject, category: "email", row: subject }),
    "moved to another category it does not open",
  );
  await assert.rejects(
    open({ subject_id: subject, category: "name", row: other }),
    "moved to another row it does not open",
  );
});

test("a grant is frozen: its categories, its subject and its parts cannot be changed", async () => {
  await gate.read(sales, { ...customers, subject }, async (grant) => {
    assert.throws(() => Object.assign(grant, { categories: ["personalIdentityCode"] }));
    assert.throws(() => (grant.categories as string[]).push("personalIdentityCode"));
    assert.throws(() => Object.getPrototypeOf(grant).selectFrom.call({ ...grant }, "customer"), /not a grant/);
  });
});

test("a grant on one subject sees no row of another", async () => {
  const { id: other } = await collect();
  const ids = await gate.read(sales, { ...customers, subject }, (grant) =>
    grant.selectFrom("customer").select("subject_id").execute(),
  );
  assert.deepEqual(ids, [{ subject_id: subject }]);
  assert.notEqual(other, subject);
});

test("a restricted subject is invisible, except for the purpose that remains", async () => {
  const { id } = await collect();
  const restriction = {
    id: newId(),
    subject_id: id,
    register: "customers",
    purposes: ["warranty"],
    ground: "request",
    at: new Date(),
    by: "test",
  };
  await owner.insertInto("restriction").values(restriction).execute();
  const readFor = (purpose?: string) =>
    gate.read({ ...sales, purpose }, { ...customers, subject: id }, (grant) => findCustomer(grant));

  await assert.rejects(readFor(), { code: "notFound" });
  const seen = await readFor("warranty");
  assert.equal(seen.name, NAME);
  assert.deepEqual(seen.restricted?.purposes, ["warranty"]);
  await assert.rejects(
    gate.write(
      sales,
      { ...customers, verb: "change", subject: id, categories: ["email"], source: "phone" },
      async () => undefined,
    ),
    { code: "notFound" },
  );
});

test("a purpose on consent shows only those who have consented, and no longer those who withdrew", async () => {
  const { id } = await collect();
  const marketing = { ...caller("marketing"), purpose: "directMarketing" };
  const seen = () =>
    gate.read(marketing, { ...customers }, async (grant) => {
      const rows = await grant.selectFrom("customer").select("subject_id").where("subject_id", "=", id).execute();
      return rows.length;
    });
  assert.equal(await seen(), 0);
  const consent = {
    id: newId(),
    subject_id: id,
    consent: "newsletter",
    purpose: "directMarketing",
    channels: ["email"],
    wording: 1,
    wording_hash: Buffer.alloc(32),
    language: "fi",
    source: "webForm",
    given_at: new Date(),
    given_by: "subject",
  };
  await owner.insertInto("consent").values(consent).execute();
  assert.equal(await seen(), 1);
  await owner
    .updateTable("consent")
    .set({ withdrawn_at: new Date(), withdrawn_by: "subject" })
    .where("id", "=", consent.id)
    .execute();
  assert.equal(await seen(), 0);
});

test("an idempotency key makes one of two, at the same time too; with another body it is refused", async () => {
  const once = (body: string): Caller => ({
    ...sales,
    once: { key: keys.mac("idempotency", "k1"), body: keys.mac("body", body), status: 201 },
  });
  const before = (await rowsOf(owner, "customer")).length;
  const answers = await Promise.all([collect(once("a")), collect(once("a")), collect(once("a"))]);

  assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
  assert.equal((await rowsOf(owner, "customer")).length, before + 1);
  await assert.rejects(collect(once("b")), { code: "idempotencyConflict", status: 422 });
  // A clock that jumps is no reason to do it twice.
  const jumped = openGate({
    databases,
    keys,
    inForce: () => force,
    clock: { now: () => new Date("2031-01-01T10:00:00Z") },
  });
  assert.deepEqual(await collect(once("a"), jumped), answers[0]);
  assert.equal((await rowsOf(owner, "customer")).length, before + 1);
});

test("the log cannot be rewritten by the application", async () => {
  for (const change of [
    sql`update audit_event set actor = 'nobody'`,
    sql`delete from audit_event`,
    sql`truncate audit_event`,
    sql`select forget_audit_events('2100-01-01')`,
  ])
    await assert.rejects(change.execute(databases.write), /permission denied|append-only/);
});

test("an erased key leaves nothing that opens, also in a copy of the row", async () => {
  const { id } = await collect();
  const [copy] = (await rowsOf(owner, "customer_value")).filter(
    (row) => row.subject_id === id && row.category === "name",
  );
  await keys.destroy(await keys.keysOf({ register: "customers", subject: id }));
  const opened = await gate.read(sales, { ...customers, subject: id }, (grant) =>
    grant.open([{ subject_id: id, category: "name", row: id, sealed: copy?.sealed as Buffer }]),
  );
  assert.deepEqual(opened, [null]);
});

test("what a caller writes as a purpose or a category is not kept in the log, and is not answered", async () => {
  const planted = "Matti Meikalainen 131052-308T";
  const strange = { ...sales, purpose: planted };
  await assert.rejects(
    gate.read(strange, { ...customers }, async () => undefined),
    { code: "refused.unknownPurpose" },
  );
  await assert.rejects(
    gate.write(sales, { ...customers, verb: "collect", categories: [planted], source: "phone" }, async () => undefined),
    (problem: Problem) => !JSON.stringify(problem.facts).includes("Matti"),
  );
  const { rows } = await sql<{ all: string }>`select string_agg(t::text, ' ') as all from audit_event t`.execute(owner);
  assert.ok(rows[0]?.all.includes("unknownPurpose") && rows[0].all.includes("unknownCategory"));
  assert.ok(!rows[0]?.all.includes("Matti"));
});

test("an event that PostgreSQL will not take costs nobody else their answer", async () => {
  const broken = { ...sales, requestId: "a\u0000b" };
  const reads = [sales, broken, sales, sales].map((by) =>
    gate
      .read(by, { ...customers, subject }, (grant) => findCustomer(grant))
      .then(
        () => "answered",
        (problem: Problem) => problem.code,
      ),
  );
  assert.deepEqual(await Promise.all(reads), ["answered", "auditUnavailable", "answered", "answered"]);
});

test("looking for somebody who is not there is written down", async () => {
  const nobody = newId();
  await assert.rejects(gate.read(sales, { ...customers, subject: nobody }, findCustomer), { code: "notFound" });
  const event = await lastEvent();
  assert.deepEqual([event.decision, event.reason], ["refused", "hidden"]);
  assert.ok(String(event.subjects).includes(nobody));
});

test("a write that waited for a restriction to be committed sees it", async () => {
  const { id } = await collect();
  const [locked, committed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const erasing = owner.transaction().execute(async (tx) => {
    await sql`select id from subject where id = ${id} for update`.execute(tx);
    await tx
      .insertInto("restriction")
      .values({
        id: newId(),
        subject_id: id,
        register: "customers",
        purposes: ["warranty"],
        ground: "request",
        at: new Date(),
        by: "test",
      })
      .execute();
    locked.resolve();
    await committed.promise;
  });
  await locked.promise;
  const waiting = gate.write(
    sales,
    { ...customers, verb: "change", subject: id, categories: ["email"], source: "phone" },
    async () => "written",
  );
  const outcome = waiting.catch((problem: Problem) => problem.code);
  await new Promise((done) => setTimeout(done, 200));
  committed.resolve();
  await erasing;
  assert.equal(await outcome, "notFound");
});
