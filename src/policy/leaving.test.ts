// Who may take the whole company out: whoever keeps the backups, since a copy to read is a copy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../test/descriptions.ts";
import { decideLeaving } from "./leaving.ts";

const { description } = await describe("walttia");
const operator = { kind: "system", id: "system:cli" } as const;
const staff = (...roles: string[]) => ({ kind: "staff", id: "somebody", roles }) as const;

test("a person needs a role that keeps the backups", () => {
  const place = "roles.responsiblePerson.keeps";
  const decision = decideLeaving(description, staff("sales", "responsiblePerson"));
  assert.deepEqual([decision.outcome, decision.place], ["allowed", place]);
  assert.deepEqual(decideLeaving(description, staff("sales")), {
    outcome: "refused",
    reason: "keepingNotByRole",
    place: "roles.sales",
  });
});

test("whoever operates the machine stands for that role, and for nobody where there is none", () => {
  assert.deepEqual(decideLeaving(description, operator), {
    outcome: "allowed",
    purpose: "wayOut",
    categories: [],
    conditions: [],
    place: "roles.responsiblePerson.keeps",
  });
  const roles = Object.fromEntries(Object.entries(description.roles).map(([id, role]) => [id, { ...role, keeps: [] }]));
  assert.deepEqual(decideLeaving({ ...description, roles }, operator), {
    outcome: "refused",
    reason: "keepingNotByRole",
    place: "roles",
  });
});
