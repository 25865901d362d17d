// The measurements and the faults in their short form: they run, they count, and what must be nought is nought. No figure of time is judged here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crashes } from "../bench/crashes.ts";
import { bench } from "../bench/measure.ts";
import { powerCuts } from "../bench/powerCuts.ts";

test("the bench compares all its operations, without an error and without a gap", async () => {
  const lines: string[] = [];
  const options = {
    customers: 300,
    seconds: 0.3,
    pairs: 1,
    orders: 30,
    print: (line: string) => void lines.push(line),
  };
  const results = await bench(options);
  for (const name of ["read-customer", "search-customers", "create-customer", "deliver-to-invoice"]) {
    const { throughput_ratio = Number.NaN, errors } = results.get(name) ?? {};
    assert.ok(throughput_ratio > 0, `${name} was compared`);
    assert.equal(errors, 0, lines.join("\n"));
  }
  assert.equal(results.get("deliver-to-invoice")?.gaps, 0);
  assert.equal(results.get("deliver-to-invoice")?.invoices, 90);
  assert.equal(results.get("deliver-to-invoice-64")?.errors, 0);
  assert.equal(results.get("create-customer-64")?.errors, 0);
  // The card and its event; somebody else of the register may have asked something meanwhile.
  assert.ok((results.get("statements_per_request")?.read_customer ?? 9) < 3);
});

test("kill -9 of the server and of PostgreSQL loses nothing that was acknowledged", async () => {
  const { acknowledged, lost, unopened } = await crashes(2, () => undefined);
  assert.ok(acknowledged > 10, "too few writes for this test to mean anything");
  assert.deepEqual({ lost, unopened }, { lost: 0, unopened: 0 });
});

test("power cuts lose no acknowledged key; without fsync they do", async () => {
  assert.equal((await powerCuts(50, { lies: false })).lost, 0);
  assert.ok((await powerCuts(10, { lies: true })).lost > 0);
});
