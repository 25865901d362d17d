// What was found due is judged once more under the lock: whatever has come in between stops it, and nothing of it is erased.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { parseDay } from "../values/Day.ts";
import { newId } from "../values/Uuid.ts";
import type { Job } from "./due.ts";
import { carryOutJobs } from "./run.ts";

test("a hold, an open invoice, another category, another rule and another register stop what was found due", async () => {
  const t = await testApp();
  const { gate, owner, clock } = t;
  const { customer, delivered, invoice } = trade(t);
  const old = async (email: string, more: object = {}) => {
    const id = await customer({ ...MAIJA, email, ...more });
    await sql`update customer_event set day = '2020-01-31' where subject_id = ${id}`.execute(owner);
    return id;
  };
  const ALL = ["name", "email", "phone", "billingAddress"];
  const job = (subject: string, more: Partial<Job["ends"][number]> = {}, kind: Job["kind"] = "customers"): Job => {
    const dueOn = parseDay("2021-02-01");
    const end = { rule: "customerCore", row: null, categories: ALL, dueOn, atEnd: "erase" as const, ...more };
    const doomed = [{ rule: end.rule, row: end.row, categories: end.categories, anonymise: false }];
    return { kind, register: kind, subject, dueOn, ends: [{ ...end, doomed }] };
  };
  const carried = (subject: string, ...jobs: Job[]) => carryOutJobs(gate, subject, jobs);
  const id = await old("vanha@example.fi");
  assert.equal(await carried(id, job(id, {}, "invoices")), 0, "nothing is held there");
  assert.equal(await carried(id, job(id, { rule: "calendarEntries" })), 0);
  assert.equal(await carried(id, job(id, { row: "a row" })), 0);
  assert.equal(await carried(id, job(id, { categories: ["orders"] })), 0);
  assert.equal(await carried(id, job(id, { categories: ["name", "email"] })), 0, "more is held than was found");
  const hold = newId();
  await sql`insert into hold values (${hold}, ${id}, 'openMatter', now(), 'x', null)`.execute(owner);
  assert.equal(await carried(id, job(id)), 0);
  await sql`delete from hold where id = ${hold}`.execute(owner);
  await sql`insert into hold values (${hold}, ${id}, 'forgotten', now(), 'x', null)`.execute(owner);
  await sql`update customer_event set day = '2026-11-01' where subject_id = ${id} and event = 'lastContact'`.execute(
    owner,
  );
  assert.equal(await carried(id, job(id)), 0, "somebody has called since");
  await sql`update customer_event set day = '2020-01-31' where subject_id = ${id}`.execute(owner);
  assert.equal((await rowsOf(owner, "erasure_ledger")).length, 0);
  assert.equal(await carried(id, job(id, { rule: "calendarEntries" }), job(id)), 1, "only what is still so");
  assert.deepEqual(await rowsOf(owner, "customer"), []);

  const debtor = await old("velallinen@example.fi");
  await invoice(await delivered(debtor, "2020-11-20"));
  await sql`update customer_event set day = '2020-01-31' where subject_id = ${debtor}`.execute(owner);
  const now = clock.now();
  clock.forward(30 * 24 * 3_600_000);
  const withOrders = job(debtor, { categories: [...ALL, "orders"] });
  assert.equal(await carried(debtor, withOrders), 0, "what is owed keeps the person");
  assert.equal((await rowsOf(owner, "customer")).length, 1);
  clock.set(now);
});
