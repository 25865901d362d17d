// The policy is asked of descriptions as they come, with holes in them too: what is not said is refused, and nothing throws.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Description } from "../description/schema.ts";
import { describe } from "../test/descriptions.ts";
import { type Actor, type Condition, decide, decideFlow, flowBetween, holds, strayOf } from "./decide.ts";

const { description } = await describe("walttia");
const { customers } = description.registers;
const { sales, administration } = description.roles;
const { personalIdentityCode } = description.categories;
assert.ok(customers && sales && administration && personalIdentityCode);
const staff = (...roles: string[]): Actor => ({ kind: "staff", id: "somebody", roles });
const program: Actor = { kind: "system", id: "system:flows" };
const byForm: Actor = { kind: "subject", id: "themselves", source: "webForm" };

/** With a category in the register and in a role that `categories` does not know. */
const ghostly: Description = {
  ...description,
  registers: {
    ...description.registers,
    customers: {
      ...customers,
      categories: [...customers.categories, "ghost"],
      subjects: ["nobody", ...(customers.subjects ?? [])],
    },
  },
  roles: {
    ...description.roles,
    sales: { ...sales, may: sales.may.map((may) => ({ ...may, categories: [...may.categories, "ghost"] })) },
  },
};
const categoriesOf = (decision: ReturnType<typeof decide>) =>
  decision.outcome === "allowed" ? decision.categories : [];

test("a category that nothing describes is for no purpose, given by nobody and of no risk", () => {
  const read = decide(ghostly, { actor: staff("sales"), verb: "read", register: "customers" });
  assert.deepEqual(
    categoriesOf(read),
    categoriesOf(decide(description, { actor: staff("sales"), verb: "read", register: "customers" })),
  );
  assert.ok(categoriesOf(read).length > 5);
  const given = decide(ghostly, { actor: byForm, verb: "collect", register: "customers", categories: ["ghost"] });
  assert.deepEqual(given, {
    outcome: "refused",
    reason: "categoryNotAllowed",
    place: "sources.webForm",
    category: "ghost",
  });
  const flow = description.flows.lowRiskByEmail;
  assert.ok(flow && flow.channel === "email");
  const flows = { open: { ...flow, categories: [...flow.categories, "ghost"] } };
  assert.equal(decideFlow({ ...description, flows }, "open", { actor: program }).outcome, "allowed");
});

test("a group of subjects that nothing describes is nobody's", () => {
  assert.equal(strayOf(ghostly, { register: "customers", kind: "person" }, ["name"]), null);
  assert.equal(strayOf(ghostly, { register: "customers", kind: "employee" }, ["name"])?.category, "name");
});

test("an end of a flow that is no register of the description is of no kind", () => {
  const flow = description.flows.erpToInvoicing;
  assert.ok(flow);
  const flows = { stray: { ...flow, to: { register: "nowhere" } }, ...description.flows };
  assert.equal(flowBetween({ ...description, flows }, "customers", "invoices"), "erpToInvoicing");
});

test("an identity code for which the description names no ground is given on none", () => {
  const { grounds: _, ...groundless } = personalIdentityCode;
  const categories = { ...description.categories, personalIdentityCode: groundless };
  const asked = {
    actor: staff("administration"),
    verb: "collect",
    register: "customers",
    source: "meeting",
    categories: ["personalIdentityCode"],
    identityCodeGround: "credit",
  } as const;
  assert.equal(decide(description, asked).outcome, "allowed");
  const decision = decide({ ...description, categories }, asked);
  assert.equal(decision.outcome === "refused" && decision.reason, "identityCodeGround");
});

test("a read without named categories gives all that the role may see, also what nobody could give without a ground", () => {
  const read = decide(description, { actor: staff("administration"), verb: "read", register: "customers" });
  assert.ok(categoriesOf(read).includes("personalIdentityCode"));
});

test("a person may not give what their source does not bring, ground or none", () => {
  assert.ok(!personalIdentityCode.givenBy.includes("webForm"), "the description has changed: mend this test");
  const given = decide(description, {
    actor: byForm,
    verb: "collect",
    register: "customers",
    categories: ["personalIdentityCode"],
    identityCodeGround: "credit",
  });
  assert.equal(given.outcome === "refused" && given.reason, "categoryNotAllowed");
});

test("a source of no particular register brings to all of them", () => {
  const { meeting } = description.sources;
  assert.ok(meeting?.registers?.length);
  const { registers: _, ...anywhere } = meeting;
  const sources = { ...description.sources, meeting: anywhere };
  const collect = {
    actor: staff("sales"),
    verb: "collect",
    register: "correspondence",
    source: "meeting",
    categories: ["name"],
  } as const;
  assert.equal(decide(description, collect).outcome, "refused");
  const decision = decide({ ...description, sources }, collect);
  assert.ok(decision.outcome === "allowed" || decision.place !== "sources.meeting");
});

test("what a role may in one register says nothing of another", () => {
  const may = sales.may.filter(({ register }) => register !== "contracts");
  assert.ok(may.length < sales.may.length && may.some(({ verbs }) => verbs.includes("collect")));
  const without = { ...description, roles: { ...description.roles, sales: { ...sales, may } } };
  const read = decide(without, { actor: staff("sales"), verb: "read", register: "contracts" });
  assert.deepEqual(read, { outcome: "refused", reason: "noRole", place: "roles.sales" });
});

test("a role that may see nothing for its purpose is refused, naming no category", () => {
  const may = sales.may.map((one) => ({ ...one, categories: [] }));
  const nothing = { ...description, roles: { ...description.roles, sales: { ...sales, may } } };
  assert.deepEqual(decide(nothing, { actor: staff("sales"), verb: "read", register: "customers" }), {
    outcome: "refused",
    reason: "categoryNotAllowed",
    place: "roles.sales.may.0",
  });
});

test("a route for one kind of purpose takes the purpose of that kind", () => {
  const asked = { actor: staff("sales"), verb: "read", register: "customers" } as const;
  const decision = decide(description, { ...asked, purposeKinds: ["raffle", "warranty"] });
  assert.equal(decision.outcome === "allowed" && decision.purpose, "warranty");
});

test("a flow carries what is asked of it, else all of its own, on its own conditions", () => {
  const conditions = [{ kind: "notRestricted", register: "customers", purpose: "invoicing" }];
  const allowed = (categories?: string[]) => decideFlow(description, "erpToInvoicing", { actor: program, categories });
  const flow = description.flows.erpToInvoicing;
  const rest = { outcome: "allowed", purpose: "invoicing", conditions, place: "flows.erpToInvoicing" };
  assert.deepEqual(allowed(), { ...rest, categories: flow?.categories });
  assert.deepEqual(allowed(["name"]), { ...rest, categories: ["name"] });
});

test("high-risk data goes by a closed channel", () => {
  const flow = description.flows.sensitiveToAccountant;
  assert.ok(flow?.categories.includes("personalIdentityCode"));
  assert.equal(decideFlow(description, "sensitiveToAccountant", { actor: staff("administration") }).outcome, "allowed");
});

test("conditions hold by what is known of the subject and of nothing else", () => {
  const facts = {
    restrictions: [
      { register: "customers", purposes: ["warranty"] },
      { register: "customers", purposes: ["invoicing", "warranty"] },
    ],
    consents: ["directMarketing", "raffle"],
    objections: ["offers", "raffle"],
  };
  const met = (condition: Condition) => holds(condition, facts);
  const free = (register: string, purpose: string) => met({ kind: "notRestricted", register, purpose });
  assert.deepEqual(
    [free("customers", "warranty"), free("customers", "invoicing"), free("invoices", "invoicing")],
    [true, false, true],
  );
  assert.deepEqual(
    ["directMarketing", "raffle", "offers"].map((purpose) => met({ kind: "consented", purpose })),
    [true, true, false],
  );
  assert.deepEqual(
    ["directMarketing", "raffle", "offers"].map((purpose) => met({ kind: "notObjected", purpose })),
    [true, false, false],
  );
});
