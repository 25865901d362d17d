import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testApp } from "../../test/app.ts";
import { trade } from "../../test/trade.ts";
import type { KeysState } from "./contract.ts";

suite("the keys over HTTP", async () => {
  const made = await testApp();
  const { ask, gate, keys } = made;
  await trade(made).customer();

  async function state(): Promise<KeysState> {
    const { status, body } = await ask("responsiblePerson", "GET", "/api/keys");
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  test("the levels are told, without a key and without a person", async () => {
    const told = await state();
    assert.equal(told.root.kept, "file");
    assert.ok(told.signing.since && told.signing.dueOn && told.signing.dueOn > told.signing.since.slice(0, 10));
    const line = told.registers.find(({ register }) => register === "customers");
    assert.ok(line && line.subjects === 1 && line.mostUses > 0, JSON.stringify(told.registers));
    assert.ok(line.mostUses < told.usesLimit);
    assert.equal(told.recovery.confirmed, keys.recovery().confirmed);
    const text = JSON.stringify(told);
    for (const { id, subject } of keys.list()) assert.ok(!text.includes(id) && !text.includes(subject));
  });

  for (const level of ["epoch", "search", "signing"] as const)
    test(`the ${level} key gets a successor, and it stands in the log`, async () => {
      const before = await state();
      const { status, body } = await ask("responsiblePerson", "POST", "/api/keys/rotation", { level });
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body[level].version, before[level].version + 1);
      assert.equal(body.signersWaiting, false);
      const log = await ask("responsiblePerson", "GET", "/api/audit-events?limit=50");
      assert.ok(log.body.items.some(({ place }: { place: string }) => place === `keys.rotate.${level}`));
    });

  test("customers are found and read after all of it", async () => {
    const { body } = await ask("sales", "POST", "/api/customers/search", { search: "maija" });
    assert.equal(body.items.length, 1, JSON.stringify(body));
  });

  test("neither another role nor another level", async () => {
    assert.equal((await ask("sales", "GET", "/api/keys")).status, 403);
    assert.equal((await ask("sales", "POST", "/api/keys/rotation", { level: "epoch" })).status, 403);
    const { epoch } = gate.keys.state();
    assert.equal((await ask("responsiblePerson", "POST", "/api/keys/rotation", { level: "root" })).status, 422);
    assert.equal(gate.keys.state().epoch, epoch);
  });
});
