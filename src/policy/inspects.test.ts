// Reading without looking after: what `inspects` opens, what it leaves closed, and whose account has to end.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Description } from "../description/schema.ts";
import { Keep } from "../description/terms.ts";
import { describe } from "../test/descriptions.ts";
import { type Actor, decideKeeping } from "./decide.ts";
import { onlyInspects, rolesThatEnd } from "./lastDay.ts";
import { decideLeaving } from "./leaving.ts";
import { whyNot } from "./why.ts";

const { description } = await describe("pyorapaja");
const staff = (...roles: string[]): Actor => ({ kind: "staff", id: "somebody", roles });
const asked = (actor: Actor, what: (typeof Keep.options)[number], verb: "read" | "change", d = description) => {
  const decision = decideKeeping(d, actor, what, verb);
  return [decision.outcome, decision.place];
};
type Role = Description["roles"][string];
const roleOf = (d: Description, id: string): Role => {
  const role = d.roles[id];
  assert.ok(role);
  return role;
};
const withInspector = (change: Partial<Role>): Description => ({
  ...description,
  roles: { ...description.roles, inspector: { ...roleOf(description, "inspector"), ...change } },
});

test("who inspects reads, and is refused a change at the line that lets them read", () => {
  const { inspects } = roleOf(description, "inspector");
  assert.ok(inspects.length > 2 && inspects.length < Keep.options.length, "the example inspects some and not all");
  for (const what of Keep.options) {
    const open = inspects.includes(what);
    const place = open ? "roles.inspector.inspects" : "roles.inspector";
    assert.deepEqual(asked(staff("inspector"), what, "read"), [open ? "allowed" : "refused", place], what);
    assert.deepEqual(asked(staff("inspector"), what, "change"), ["refused", place], what);
  }
});

test("with a role that keeps it too, both are open by the line that keeps", () => {
  for (const verb of ["read", "change"] as const)
    assert.deepEqual(asked(staff("inspector", "responsiblePerson"), "audit", verb), [
      "allowed",
      "roles.responsiblePerson.keeps",
    ]);
});

test("why not names those who look after it, and for reading those who inspect it too", () => {
  const roles = (verb: "read" | "change") =>
    whyNot(description, staff("sales"), { keeps: "audit", verb })?.roles.toSorted();
  assert.deepEqual(roles("read"), ["inspector", "responsiblePerson"]);
  assert.deepEqual(roles("change"), ["responsiblePerson"]);
});

test("nobody takes the company out by inspecting its backups", () => {
  const d = withInspector({ inspects: [...Keep.options] });
  assert.deepEqual(asked(staff("inspector"), "backups", "read", d), ["allowed", "roles.inspector.inspects"]);
  assert.equal(decideLeaving(d, staff("inspector")).outcome, "refused");
});

test("an account whose roles only inspect has a last day; one that works has none, and one of a processor's people has", () => {
  assert.ok(onlyInspects(roleOf(description, "inspector")));
  assert.deepEqual(rolesThatEnd(description, ["inspector"]), ["inspector"]);
  assert.deepEqual(rolesThatEnd(description, ["inspector", "sales"]), []);
  assert.deepEqual(rolesThatEnd(description, ["sales"]), []);
  assert.deepEqual(rolesThatEnd(description, []), []);
  assert.deepEqual(rolesThatEnd(description, ["nobodysOwn"]), []);
  const [processor] = Object.keys(description.processors);
  assert.ok(processor);
  const outside = {
    ...description,
    roles: { ...description.roles, sales: { ...roleOf(description, "sales"), processor } },
  };
  assert.deepEqual(rolesThatEnd(outside, ["inspector", "sales"]), ["sales"]);
  assert.deepEqual(rolesThatEnd(outside, ["responsiblePerson", "sales"]), ["sales"]);
});

test("to look at a register beside is still to inspect; to write, to carry out a right or to look after is not", () => {
  const may = roleOf(description, "sales").may;
  const ends = (change: Partial<Role>) => rolesThatEnd(withInspector(change), ["inspector"]).length > 0;
  assert.ok(may[0]);
  assert.equal(ends({ may: [{ ...may[0], verbs: ["read"] }] }), true);
  assert.equal(ends({ may: [{ ...may[0], verbs: ["read", "change"] }] }), false);
  assert.equal(ends({ rights: ["access"] }), false);
  assert.equal(ends({ keeps: ["proofs"] }), false);
  assert.equal(ends({ inspects: [] }), false);
});
