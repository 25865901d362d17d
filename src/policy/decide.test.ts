import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LegalBasis, RightKind, Verb } from "../description/terms.ts";
import { describe } from "../test/descriptions.ts";
import { type Actor, decide, decideFlow, decideKeeping, decideRight, holds } from "./decide.ts";

const { description } = await describe("walttia");
const staff = (...roles: string[]): Actor => ({ kind: "staff", id: "somebody", roles });
const customers = { register: "customers" } as const;

test("sales reads contact details, never the personal identity code", () => {
  const decision = decide(description, { actor: staff("sales"), verb: "read", ...customers });

  assert.equal(decision.outcome, "allowed");
  assert.ok(decision.categories.includes("email"));
  assert.ok(!decision.categories.includes("personalIdentityCode"));
  assert.match(decision.place, /^roles\.sales\.may\.\d+$/);
});

test("a read narrows to what is allowed; a collect with one category too many is refused whole, naming it", () => {
  const wanted = ["email", "personalIdentityCode"];
  const read = decide(description, { actor: staff("sales"), verb: "read", ...customers, categories: wanted });
  const collect = decide(description, {
    actor: staff("sales"),
    verb: "collect",
    ...customers,
    categories: wanted,
    source: "meeting",
  });

  assert.deepEqual(read.outcome === "allowed" && read.categories, ["email"]);
  assert.equal(collect.outcome, "refused");
  assert.deepEqual([collect.reason, collect.category], ["categoryNotAllowed", "personalIdentityCode"]);
});

test("an act has one purpose: the one asked for if held, else the first held in the description's order", () => {
  const ask = (purpose?: string) => decide(description, { actor: staff("sales"), verb: "read", ...customers, purpose });

  assert.equal(ask().outcome === "allowed" && ask().place !== "", true);
  const [first, warranty, marketing] = [ask(), ask("warranty"), ask("directMarketing")];
  assert.equal(first.outcome === "allowed" && first.purpose, "customerCare");
  assert.equal(warranty.outcome === "allowed" && warranty.purpose, "warranty");
  assert.equal(marketing.outcome === "refused" && marketing.reason, "purposeNotHeld");
});

test("a personal identity code needs a ground of Data Protection Act section 29 that the description names", () => {
  const collect = (identityCodeGround?: string) =>
    decide(description, {
      actor: staff("administration"),
      verb: "collect",
      ...customers,
      categories: ["personalIdentityCode"],
      source: "meeting",
      identityCodeGround,
    });

  assert.equal(collect("credit").outcome, "allowed");
  for (const ground of [undefined, "rental", "because"]) {
    const decision = collect(ground);
    assert.equal(decision.outcome === "refused" && decision.reason, "identityCodeGround");
  }
});

test("an undeclared source, and a source that may not give the category, are refused with the place", () => {
  const collect = (source: string, categories: string[]) =>
    decide(description, { actor: staff("sales"), verb: "collect", ...customers, source, categories });

  assert.equal(collect("phone", ["name"]).outcome, "allowed");
  const fair = collect("fair", ["name"]);
  assert.deepEqual(fair.outcome === "refused" && [fair.reason, fair.place], ["unknownSource", "sources"]);
  const referral = collect("referral", ["billingAddress"]);
  assert.deepEqual(referral.outcome === "refused" && referral.place, "categories.billingAddress.givenBy");
});

test("what a source brought is used only for the purposes of that source", () => {
  const collect = (source: string, purpose?: string) =>
    decide(description, {
      actor: staff("sales"),
      verb: "collect",
      ...customers,
      source,
      categories: ["name"],
      purpose,
    });

  assert.equal(collect("phone", "serviceProvision").outcome, "allowed");
  for (const decision of [
    collect("raffle"),
    collect("raffle", "customerCare"),
    collect("referral", "serviceProvision"),
  ])
    assert.equal(decision.outcome === "refused" && decision.reason, "purposeNotHeld");
});

test("an organisation has no personal identity code, whoever asks", () => {
  const decision = decide(description, {
    actor: staff("administration"),
    verb: "collect",
    ...customers,
    subjectKind: "organisation",
    categories: ["personalIdentityCode"],
    source: "meeting",
    identityCodeGround: "credit",
  });
  assert.equal(decision.outcome === "refused" && decision.reason, "categoryNotAllowed");
});

test("a subject may give of themselves what the source may bring, and read nothing by it", () => {
  const actor: Actor = { kind: "subject", id: "visitor", source: "webForm" };
  const give = decide(description, {
    actor,
    verb: "collect",
    ...customers,
    source: "webForm",
    categories: ["name", "email"],
  });
  const code = decide(description, {
    actor,
    verb: "collect",
    ...customers,
    source: "webForm",
    categories: ["personalIdentityCode"],
  });

  assert.equal(give.outcome, "allowed");
  assert.equal(code.outcome, "refused");
  assert.equal(decide(description, { actor, verb: "read", ...customers }).outcome, "refused");
});

test("a person gives into the registers of the source they came by, and by no other source", () => {
  const give = (register: string, source?: string) =>
    decide(description, {
      actor: { kind: "subject", id: "visitor", source: "webForm" },
      verb: "collect",
      register,
      categories: ["name"],
      source,
    });

  assert.equal(give("customers").outcome, "allowed");
  assert.equal(give("customers", "webForm").outcome, "allowed");
  for (const register of ["invoices", "contracts", "raffleEntries"])
    assert.equal(give(register).outcome, "refused", register);
  const other = give("customers", "meeting");
  assert.deepEqual(other.outcome === "refused" && [other.reason, other.place], ["unknownSource", "sources.meeting"]);
});

test("where no category is named, what the act says of its subject, source and ground narrows what may be written", () => {
  const change = (more: Partial<Parameters<typeof decide>[1]>) => {
    const decision = decide(description, { actor: staff("administration"), verb: "change", ...customers, ...more });
    return decision.outcome === "allowed" ? decision.categories : [];
  };
  const held = change({ identityCodeGround: "credit" });

  assert.ok(held.includes("personalIdentityCode") && held.includes("businessId"));
  assert.deepEqual(
    change({}),
    held.filter((category) => category !== "personalIdentityCode"),
    "no identity code without a ground",
  );
  assert.deepEqual(change({ subjectKind: "contactPerson" }), ["name", "email", "phone", "appointments"]);
  assert.ok(!change({ source: "referral" }).includes("billingAddress"));
});

test("a purpose that stands on consent asks the subject's consent, one on legitimate interest that they have not objected", () => {
  const marketing = decide(description, {
    actor: staff("marketing"),
    verb: "read",
    ...customers,
    purpose: "directMarketing",
  });
  const offers = decide(description, { actor: staff("sales"), verb: "read", ...customers, purpose: "offers" });
  const kinds = (decision: typeof offers) =>
    decision.outcome === "allowed" ? decision.conditions.map(({ kind }) => kind) : [];

  assert.deepEqual(kinds(marketing), ["notRestricted", "consented", "notObjected"]);
  assert.deepEqual(kinds(offers), ["notRestricted", "notObjected"]);
});

test("a restricted person can still be found to answer their requests", () => {
  const handling = decide(description, { actor: staff("responsiblePerson"), verb: "read", ...customers });
  assert.deepEqual(handling.outcome === "allowed" && [handling.purpose, handling.conditions], ["rightsHandling", []]);
});

test("a restriction leaves only its own purposes", () => {
  const facts = { restrictions: [{ register: "customers", purposes: ["warranty"] }], consents: [], objections: [] };
  const met = (purpose: string) => holds({ kind: "notRestricted", register: "customers", purpose }, facts);

  assert.deepEqual([met("warranty"), met("customerCare")], [true, false]);
});

test("the flow to invoicing carries its own categories for those it names, and no other", () => {
  const by = (role: string, categories?: string[]) =>
    decideFlow(description, "erpToInvoicing", { actor: staff(role), categories });

  assert.equal(by("invoicing").outcome, "allowed");
  assert.equal(by("invoicing", ["name"]).outcome, "allowed");
  const sales = by("sales");
  assert.deepEqual(sales.outcome === "refused" && [sales.reason, sales.place], [
    "flowNotByRole",
    "flows.erpToInvoicing.by",
  ]);
  const code = by("invoicing", ["personalIdentityCode"]);
  assert.equal(code.outcome === "refused" && code.category, "personalIdentityCode");
});

test("high-risk data never goes by an open channel, even where a description says so", () => {
  const flow = description.flows.sensitiveToAccountant;
  assert.ok(flow);
  const wrong = { ...description, flows: { toAccountant: { ...flow, channel: "email" as const } } };
  const decision = decideFlow(wrong, "toAccountant", { actor: staff("administration") });

  assert.deepEqual(decision.outcome === "refused" && [decision.reason, decision.category], [
    "channelRisk",
    "personalIdentityCode",
  ]);
});

test("default is refusal, and no question makes the policy throw", () => {
  const word = fc.oneof(
    fc.constantFrom(
      ...Object.keys(description.roles),
      ...Object.keys(description.registers),
      ...Object.keys(description.purposes),
    ),
    fc.constantFrom("constructor", "__proto__", "toString", ""),
    fc.string({ maxLength: 12 }),
  );
  const actor: fc.Arbitrary<Actor> = fc.oneof(
    fc.record({ kind: fc.constant("staff" as const), id: word, roles: fc.array(word, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("subject" as const), id: word, source: word }),
    fc.record({ kind: fc.constant("system" as const), id: word }),
  );
  const act = fc.record({
    actor,
    register: word,
    verb: fc.constantFrom(...Verb.options),
    purpose: fc.option(word, { nil: undefined }),
    categories: fc.option(fc.array(word, { maxLength: 4 }), { nil: undefined }),
    source: fc.option(word, { nil: undefined }),
    identityCodeGround: fc.option(word, { nil: undefined }),
  });
  fc.assert(
    fc.property(act, word, fc.constantFrom(...RightKind.options), (asked, flow, right) => {
      const decision = decide(description, asked);
      if (decision.outcome === "allowed") {
        const roles = asked.actor.kind === "staff" ? asked.actor.roles : [];
        const named = asked.actor.kind === "subject" || roles.some((role) => Object.hasOwn(description.roles, role));
        assert.ok(named, "nobody without a role of the description is ever allowed");
        for (const category of decision.categories)
          assert.ok(
            description.categories[category]?.purposes.includes(decision.purpose),
            "never for a purpose it is not for",
          );
      }
      decideFlow(description, flow, asked);
      decideRight(description, { actor: asked.actor, register: asked.register, right, verb: "read" });
      decideKeeping(description, asked.actor, "audit", "read");
    }),
    { numRuns: 2000 },
  );
  assert.ok(LegalBasis.options.length === 6);
});

test("a person acts on their own data only, does nothing that others answer for, and only where a description opens cards", () => {
  const actor = { kind: "subject", id: "maija", source: "ownCard" } as const;
  const asked = { actor, register: "customers", subject: "maija" };
  const outcome = (act: Partial<Parameters<typeof decideRight>[1]>) => {
    const decision = decideRight(description, { ...asked, right: "access", verb: "read", ...act });
    return decision.outcome === "refused" ? decision.reason : decision.place;
  };
  assert.equal(outcome({}), "sources.ownCard");
  for (const right of ["rectification", "objection", "withdrawal", "erasure"] as const)
    assert.equal(outcome({ right, verb: "change" }), "sources.ownCard", right);
  assert.equal(outcome({ right: "erasure", verb: "erase" }), "rightNotByRole");
  assert.equal(outcome({ verb: "change" }), "rightNotByRole");
  assert.equal(outcome({ right: "restriction", verb: "change" }), "rightNotByRole");
  assert.equal(outcome({ subject: "somebody else" }), "onlyOneself");
  assert.equal(
    decideRight(description, { actor, register: "customers", right: "access", verb: "read" }).outcome,
    "refused",
  );
  assert.equal(outcome({ actor: { ...actor, source: "webForm" } }), "unknownSource");
  assert.equal(outcome({ actor: { ...actor, source: "constructor" } }), "unknownSource");
});
