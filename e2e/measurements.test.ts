// The measurements in their short form: they run and they count. No figure of time is judged here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bench } from "../bench/measure.ts";

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
