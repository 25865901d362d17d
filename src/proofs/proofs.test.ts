// Every control is proven on a working register, and nothing of a probe remains.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ControlName } from "../description/terms.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { openProver } from "./prove.ts";

for (const description of ["walttia", "pyorapaja", "valokuvaamo"]) {
  const { gate, owner } = await testApp({ description });
  test(`every control that ${description} relies on is proven`, async () => {
    const before = [
      await rowsOf(owner, "customer"),
      await rowsOf(owner, "subject"),
      await rowsOf(owner, "audit_event"),
    ].map((rows) => rows.length);
    const proofs = await openProver(gate).prove();

    assert.deepEqual(proofs.map(({ control }) => control).sort(), [...ControlName.options].sort());
    assert.deepEqual(
      proofs.filter(({ state }) => state === "failed"),
      [],
    );
    assert.ok(proofs.filter(({ state }) => state === "proven").length >= 12, "most controls have something to prove");
    assert.deepEqual(
      proofs.filter(({ state }) => state === "notYet"),
      [],
      "a control without anything to prove says so",
    );
    const after = [
      await rowsOf(owner, "customer"),
      await rowsOf(owner, "subject"),
      await rowsOf(owner, "audit_event"),
    ].map((rows) => rows.length);
    assert.deepEqual(after, before, "a probe leaves nothing behind");
  });
}
