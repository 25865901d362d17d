// Cases that a changed program would answer otherwise: what every refusal is called, and where the description says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Description } from "../description/schema.ts";
import { describe } from "../test/descriptions.ts";
import {
  type Actor,
  type Decision,
  decide,
  decideFlow,
  decideKeeping,
  decideRight,
  flowBetween,
  type RegisterAct,
  registerOfKind,
  strayOf,
} from "./decide.ts";

const { description } = await describe("walttia");
const staff = (...roles: string[]): Actor => ({ kind: "staff", id: "somebody", roles });
const visitor: Actor = { kind: "visitor", id: "visitor" };
const program: Actor = { kind: "system", id: "system:retention" };
const byForm: Actor = { kind: "subject", id: "themselves", source: "webForm" };

/** Reason, place, category. */
const refused = (decision: Decision): (string | undefined)[] =>
  decision.outcome === "refused" ? [decision.reason, decision.place, decision.category] : ["allowed"];

test("every refusal has its own name, and the place that says so", () => {
  const collect = { actor: staff("sales"), verb: "collect", register: "customers", source: "meeting" } as const;
  const code = { actor: staff("administration"), categories: ["personalIdentityCode"] };
  const cases: [Partial<RegisterAct>, (string | undefined)[]][] = [
    [{ register: "nowhere" }, ["unknownRegister", "registers", undefined]],
    [{ purpose: "nothing" }, ["unknownPurpose", "purposes", undefined]],
    [{ source: "hearsay" }, ["unknownSource", "sources", undefined]],
    [{ source: "email", register: "contracts" }, ["unknownSource", "sources.email", undefined]],
    [{ actor: byForm, source: "phone" }, ["unknownSource", "sources.phone", undefined]],
    [{ categories: ["name", "invoices"] }, ["unknownCategory", "registers.customers.categories", "invoices"]],
    [{ actor: visitor }, ["noRole", "roles", undefined]],
    [{ actor: staff("accountant") }, ["noRole", "roles.accountant", undefined]],
    [{ actor: staff() }, ["noRole", "roles", undefined]],
    [{ actor: byForm, verb: "read", source: undefined }, ["noRole", "sources", undefined]],
    [{ purpose: "invoicing" }, ["purposeNotHeld", "roles.sales.may.0", undefined]],
    [{ purposeKinds: ["invoicing"] }, ["purposeNotHeld", "roles.sales.may.0", undefined]],
    [{ categories: ["personalIdentityCode"] }, ["categoryNotAllowed", "roles.sales.may.0", "personalIdentityCode"]],
    [code, ["identityCodeGround", "categories.personalIdentityCode.grounds", "personalIdentityCode"]],
    [
      { categories: ["name", "billingAddress"], subjectKind: "contactPerson" },
      ["categoryNotAllowed", "registers.customers.subjects", "billingAddress"],
    ],
    [
      { categories: ["name", "deliveryAddress"], source: "referral" },
      ["unknownSource", "categories.deliveryAddress.givenBy", "deliveryAddress"],
    ],
    [
      { verb: "read", source: undefined, categories: ["invoices"] },
      ["categoryNotAllowed", "roles.sales.may.0", "invoices"],
    ],
  ];
  for (const [change, expected] of cases) {
    assert.deepEqual(refused(decide(description, { ...collect, ...change })), expected, JSON.stringify(change));
  }
});

test("what is taken away is given by nobody, of nobody and on no ground", () => {
  const change = {
    actor: staff("administration"),
    verb: "change",
    register: "customers",
    purpose: "receivables",
  } as const;
  const categories = ["personalIdentityCode"];
  assert.equal(decide(description, { ...change, categories, removes: categories }).outcome, "allowed");
  assert.equal(decide(description, { ...change, categories, removes: ["name"] }).outcome, "refused");
  const stray = { ...change, categories: ["businessId"], subjectKind: "contactPerson" } as const;
  assert.equal(decide(description, { ...stray, removes: ["businessId"] }).outcome, "allowed");
  assert.equal(decide(description, stray).outcome, "refused");
});

test("what an act is allowed tells the place and the conditions; the answer to a right is all of the register", () => {
  const read = decide(description, { actor: staff("sales"), verb: "read", register: "customers", purpose: "offers" });
  assert.deepEqual(read.outcome === "allowed" && [read.place, read.conditions], [
    "roles.sales.may.2",
    [
      { kind: "notRestricted", register: "customers", purpose: "offers" },
      { kind: "notObjected", purpose: "offers" },
    ],
  ]);
  const given = decide(description, { actor: byForm, verb: "collect", register: "customers" });
  assert.equal(given.outcome === "allowed" && given.place, "sources.webForm");
  const right = decideRight(description, {
    actor: staff("administration"),
    register: "customers",
    right: "access",
    verb: "read",
  });
  assert.deepEqual(right, {
    outcome: "allowed",
    purpose: "rightsHandling",
    categories: description.registers.customers?.categories,
    conditions: [],
    place: "roles.administration.rights",
  });
  const own = decideRight(description, { actor: program, register: "customers", right: "access", verb: "read" });
  assert.equal(own.outcome === "allowed" && own.place, "rights.access");
});

test("refusals of rights, flows and keeping are named too", () => {
  const right = (change: object, d: Description = description) =>
    refused(decideRight(d, { actor: staff("sales"), register: "customers", right: "access", verb: "read", ...change }));
  assert.deepEqual(right({}), ["rightNotByRole", "rights.access", undefined]);
  assert.deepEqual(right({ actor: visitor }), ["rightNotByRole", "rights.access", undefined]);
  assert.deepEqual(right({ register: "nowhere" }), ["unknownRegister", "registers", undefined]);
  const { access: _, ...others } = description.rights;
  assert.deepEqual(right({ actor: program }, { ...description, rights: others }), [
    "rightNotByRole",
    "rights",
    undefined,
  ]);

  const flow = (id: string, actor: Actor, categories?: string[]) =>
    refused(decideFlow(description, id, { actor, categories }));
  assert.deepEqual(flow("nowhere", program), ["unknownFlow", "flows", undefined]);
  const outside = Object.keys(description.flows).find((id) => !("register" in (description.flows[id]?.from ?? {})));
  assert.ok(outside);
  assert.deepEqual(flow(outside, program), ["unknownFlow", `flows.${outside}.from`, undefined]);
  assert.deepEqual(flow("erpToInvoicing", byForm), ["flowNotByRole", "flows.erpToInvoicing.by", undefined]);
  assert.deepEqual(flow("erpToInvoicing", visitor), ["flowNotByRole", "flows.erpToInvoicing.by", undefined]);
  assert.deepEqual(flow("erpToInvoicing", program, ["phone"]), [
    "categoryNotAllowed",
    "flows.erpToInvoicing.categories",
    "phone",
  ]);
  assert.deepEqual(flow("erpToInvoicing", program), ["allowed"]);

  assert.deepEqual(refused(decideKeeping(description, staff("sales"), "audit", "read")), [
    "keepingNotByRole",
    "roles.sales",
    undefined,
  ]);
  assert.deepEqual(refused(decideKeeping(description, byForm, "audit", "change")), [
    "keepingNotByRole",
    "sources",
    undefined,
  ]);
  const kept = decideKeeping(description, staff("sales", "responsiblePerson"), "audit", "change");
  assert.deepEqual(kept, {
    outcome: "allowed",
    purpose: "security",
    categories: [],
    conditions: [],
    place: "roles.responsiblePerson.keeps",
  });
});

test("a flow that asks for a consent of its own waits for the purpose of that consent", () => {
  const flow = description.flows.erpToInvoicing;
  assert.ok(flow);
  const asking = (requiresConsent: string) => {
    const flows = { it: { ...flow, requiresConsent } };
    const decision = decideFlow({ ...description, flows }, "it", { actor: program });
    return decision.outcome === "allowed" ? decision.conditions : [];
  };
  const restricted = { kind: "notRestricted", register: "customers", purpose: "invoicing" };
  assert.deepEqual(asking("newsletter"), [restricted, { kind: "consented", purpose: "directMarketing" }]);
  assert.deepEqual(asking("nothing"), [restricted, { kind: "consented", purpose: "invoicing" }]);
});

test("registers and flows are found by kind, and only where there are such", () => {
  assert.equal(registerOfKind(description, "invoices"), "invoices");
  assert.equal(registerOfKind(description, "staff"), undefined);
  assert.equal(flowBetween(description, "customers", "invoices"), "erpToInvoicing");
  assert.equal(flowBetween(description, "invoices", "customers"), undefined);
  assert.equal(flowBetween(description, "customers", "staff"), undefined);
});

test("a kind of subject may have what one of its groups has", () => {
  const may = (kind: "person" | "organisation" | "contactPerson" | "employee", ...categories: string[]) =>
    strayOf(description, { register: "customers", kind }, categories)?.category ?? null;
  assert.equal(may("person", "name", "personalIdentityCode"), null);
  assert.equal(may("organisation", "name", "personalIdentityCode"), "personalIdentityCode");
  assert.equal(may("employee", "name"), "name");
  assert.equal(strayOf(description, { register: "nowhere", kind: "person" }, ["name"])?.category, "name");
  assert.equal(strayOf(description, { register: "customers", kind: "employee" }, []), null);
});

test("without a purpose for requests a right is carried out all the same", () => {
  const { rightsHandling: _, ...purposes } = description.purposes;
  const decision = decideRight(
    { ...description, purposes },
    { actor: program, register: "customers", right: "access", verb: "read" },
  );
  assert.equal(decision.outcome === "allowed" && decision.purpose, "rights");
});
