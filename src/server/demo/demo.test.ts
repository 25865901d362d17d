import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { customerAt } from "../../test/people.ts";
import { isPhone, parsePhone } from "../../values/Phone.ts";
import { fillDemo } from "./fill.ts";

test("the demo comes through the gate: the same people every time, with refusals in the log", async () => {
  const t = await testApp({ description: "pyorapaja" });
  let released = false;
  const release = () => {
    released = true;
  };
  const clock = { ...t.clock, release };
  const filled = await fillDemo(t.gate, clock, () => undefined, { customers: 60 });
  assert.equal(filled.customers, 60);
  assert.ok(filled.orders > 40 && filled.invoices > 30);
  assert.ok(released, "the clock goes again");
  const events = await rowsOf(t.owner, "audit_event");
  const refused = events.filter(({ decision }) => decision === "refused");
  assert.equal(refused.length, filled.refused);
  assert.ok(refused.length > 0);
  assert.ok((await rowsOf(t.owner, "consent")).length > 0);
  const invoices = await rowsOf(t.owner, "invoice");
  assert.ok(invoices.some(({ paid_on }) => paid_on !== null));
  const orders = await rowsOf(t.owner, "customer_order");
  const today = new Date().toISOString().slice(0, 10);
  assert.ok(
    orders.some(({ warranty_ends_on: end }) => end !== null && String(end) < today),
    "a warranty has passed",
  );
  assert.deepEqual(
    (await rowsOf(t.owner, "token")).filter(({ name, revoked_at }) => String(name).startsWith("demo") && !revoked_at),
    [],
  );
});

test("made-up people have numbers that nobody has and addresses that go nowhere", () => {
  for (const n of [0, 1, 9_999, 10_000, 99_999]) {
    const { name, email, phone } = customerAt(n);
    assert.ok(name.length > 3);
    assert.match(email, /@example\.fi$/);
    assert.match(phone, /^0\d\d 000 \d{4}$/);
    assert.ok(isPhone(parsePhone(phone)));
    assert.deepEqual(customerAt(n), customerAt(n));
  }
});
