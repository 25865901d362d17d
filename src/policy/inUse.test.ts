// Which routes a description serves: those of whose act somebody may do something.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Description } from "../description/schema.ts";
import { describe } from "../test/descriptions.ts";
import { type ActShape, actInUse } from "./inUse.ts";

const { description } = await describe("walttia");
const uses = (act: ActShape, changed: Description = description) => actInUse(changed, act);
type Role = Description["roles"][string];
const eachRole = (change: (role: Role, id: string) => Partial<Role>): Description => ({
  ...description,
  roles: Object.fromEntries(
    Object.entries(description.roles).map(([id, role]) => [id, { ...role, ...change(role, id) }]),
  ),
});

test("what is of no person is always served", () => {
  assert.equal(
    uses(
      { none: "health" },
      eachRole(() => ({ may: [], rights: [], keeps: [] })),
    ),
    true,
  );
});

test("a flow is served where the description has it", () => {
  assert.equal(uses({ flow: { from: "customers", to: "invoices" } }), true);
  assert.equal(uses({ flow: { from: "invoices", to: "customers" } }), false);
});

test("a right is served where the description has it and a role carries it out", () => {
  assert.equal(uses({ right: "access" }), true);
  const { access: _, ...rights } = description.rights;
  assert.equal(uses({ right: "access" }, { ...description, rights }), false);
  const nobody = eachRole(({ rights: carried }) => ({ rights: carried.filter((right) => right !== "access") }));
  assert.equal(uses({ right: "access" }, nobody), false);
});

test("what serves the register is served where a role keeps it", () => {
  for (const verb of ["read", "change"] as const) assert.equal(uses({ keeps: "audit", verb }), true);
  const nobody = eachRole(({ keeps }) => ({ keeps: keeps.filter((what) => what !== "audit") }));
  for (const verb of ["read", "change"] as const) assert.equal(uses({ keeps: "audit", verb }, nobody), false);
});

test("what a role only inspects is served to be read, and not to be changed", () => {
  const inspected = eachRole(({ keeps }) => ({ keeps: [], inspects: keeps }));
  assert.equal(uses({ keeps: "audit", verb: "read" }, inspected), true);
  assert.equal(uses({ keeps: "audit", verb: "change" }, inspected), false);
});

test("a verb is served where a role may do it in that very register", () => {
  assert.equal(uses({ verb: "disclose", register: "invoices" }), true);
  assert.equal(uses({ verb: "erase", register: "customers" }), false);
  assert.equal(uses({ verb: "read", register: "staff" }), false);
  const elsewhere = eachRole(({ may }) => ({
    may: may.map((one) => ({ ...one, verbs: one.register === "invoices" ? (["read"] as const).slice() : one.verbs })),
  }));
  assert.equal(uses({ verb: "disclose", register: "customers" }, elsewhere), true);
  assert.equal(uses({ verb: "disclose", register: "invoices" }, elsewhere), false);
});

test("what the public sends is served where a source of the kind brings it to the register", () => {
  assert.equal(uses({ public: "webForm", register: "customers" }), true);
  assert.equal(uses({ public: "webForm", register: "invoices" }), false);
  assert.equal(uses({ public: "webForm", register: "staff" }), false);
  const { webForm, ...others } = description.sources;
  assert.ok(webForm);
  assert.equal(uses({ public: "webForm", register: "customers" }, { ...description, sources: others }), false);
  const { registers: _, ...anywhere } = webForm;
  const sources = { ...others, webForm: anywhere };
  assert.equal(uses({ public: "webForm", register: "invoices" }, { ...description, sources }), true);
});
