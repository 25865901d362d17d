// The program's own acts, as a register writes them down, have words of their own; nobody else's act is taken for one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemCaller } from "../../gate/caller.ts";
import { asCertifier } from "../../registers/evidence/certificates.ts";
import type { AuditEvent } from "../../registers/evidence/contract.ts";
import { eraseAgain } from "../../retention/eraseAgain.ts";
import { previewRetention } from "../../retention/run.ts";
import { testApp } from "../../test/app.ts";
import { MAIJA, trade } from "../../test/trade.ts";
import { ownActOf } from "./ownActs.ts";

test("what the program writes of itself is told in words", async () => {
  const app = await testApp();
  const { gate, ask, clock } = app;
  const { customer } = trade(app);
  const id = await customer(MAIJA);
  clock.forward(30 * 24 * 3600_000);
  await ask("responsiblePerson", "POST", "/api/retention/clock");
  await previewRetention(gate);
  await asCertifier(gate, { verb: "collect", digest: new Uint8Array(32) }, async () => undefined);
  const restore = (register: "staff" | "evidence", verb: "erase" | "change", place: string) =>
    gate.serving(systemCaller("restore"), { register, verb, place }, async () => undefined);
  await restore("staff", "erase", "roles");
  await restore("evidence", "change", "measures");
  const line = { subject_id: id, register: "customers", categories: ["name"], rows: [], anonymised: false };
  assert.equal(await eraseAgain(gate, [{ ...line, everything: true, ground: "noLongerNeeded" }]), 1);
  const { body } = await ask("responsiblePerson", "GET", "/api/audit-events?limit=200");
  const events: AuditEvent[] = body.items;
  const own = events.filter(({ actorKind }) => actorKind === "system");
  assert.deepEqual(
    own.filter((event) => ownActOf(event) === undefined).map(({ actor, verb, register }) => [actor, verb, register]),
    [],
    "an act of the program has no words",
  );
  const told = new Set(own.map(ownActOf));
  for (const act of ["due", "certificate", "sessionsEnded", "restored", "erasedAgain"] as const)
    assert.ok(told.has(act), act);
  assert.deepEqual(
    events.filter(({ actorKind }) => actorKind !== "system").flatMap((event) => ownActOf(event) ?? []),
    [],
  );
});
