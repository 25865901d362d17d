// The whole plan of an erasure, and the cases at the edges of the decision table: what a changed program would plan otherwise.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Description, RetentionOf } from "../description/schema.ts";
import type { ErasureGround } from "../description/terms.ts";
import type { Holding, Part } from "../registers/register.ts";
import { describe } from "../test/descriptions.ts";
import { parseDay } from "../values/Day.ts";
import { type Asked, decideErasure } from "./decideErasure.ts";

const { description } = await describe("walttia");
const TODAY = parseDay("2026-11-22");
const RUNNING = { warrantyEnd: "2027-11-22" };
const part = (
  rule: string,
  categories: readonly string[],
  events: Record<string, string>,
  more: { basis?: string; ground?: string; row?: string } = {},
): Part => ({
  rule,
  row: more.row ?? null,
  items: categories.map((category) => ({ category, basis: more.basis ?? "contract", ground: more.ground ?? null })),
  events: Object.fromEntries(Object.entries(events).map(([event, day]) => [event, parseDay(day)])),
});
const held = (parts: readonly Part[], more: Partial<Holding> = {}): Holding => ({
  ...{ kind: "customers", register: "customers", parts, openOrder: false, openInvoice: false, tells: {} },
  ...more,
});
const plan = (holdings: readonly Holding[], more: Partial<Asked> = {}) =>
  decideErasure({ description, ground: "noLongerNeeded", today: TODAY, holds: [], holdings, ...more });
const reasons = (holdings: readonly Holding[], more: Partial<Asked> = {}) =>
  plan(holdings, more).decisions.map(({ outcome, reason }) => `${outcome} ${reason}`);
const withRule = (id: string, change: Partial<RetentionOf>): Description => ({
  ...description,
  retention: { ...description.retention, [id]: { ...description.retention[id], ...change } as RetentionOf },
});

test("a partial erasure plans what goes rule by rule and row by row, what is locked and what is left", () => {
  const customers = held([
    part("customerCore", ["name", "billingAddress"], RUNNING),
    part("identityCode", ["personalIdentityCode"], { collected: "2026-10-01" }),
  ]);
  const invoices = held(
    [
      part("invoicingMaterial", ["name", "invoices"], { financialYearEnd: "2018-12-31" }, { row: "old" }),
      part("invoicingMaterial", ["name", "invoices"], { financialYearEnd: "2025-12-31" }, { row: "new" }),
    ],
    { kind: "invoices", register: "invoices" },
  );
  const { decisions, ...rest } = plan([customers, invoices], { ground: "unlawful", language: "en" });
  assert.deepEqual(rest, {
    erase: [
      {
        kind: "customers",
        register: "customers",
        doomed: [
          { rule: "customerCore", row: null, categories: ["billingAddress"], anonymise: false },
          { rule: "identityCode", row: null, categories: ["personalIdentityCode"], anonymise: false },
        ],
      },
      {
        kind: "invoices",
        register: "invoices",
        doomed: [{ rule: "invoicingMaterial", row: "old", categories: ["name", "invoices"], anonymise: false }],
      },
    ],
    restrict: [{ register: "customers", purposes: ["warranty"], until: "2027-11-22", ground: "unlawful" }],
    emptied: [],
    all: false,
  });
  const [first, second] = decisions;
  assert.deepEqual(first, {
    register: "customers",
    categories: ["name"],
    outcome: "restricted",
    until: "2027-11-22",
    reason: "restricted",
    ground: "Warranty and liability for defects; where nothing was delivered, 12 months from the last contact.",
    purposes: ["warranty"],
    place: "retention.customerCore",
  });
  assert.deepEqual(Object.keys(second ?? {}), ["register", "categories", "outcome", "reason", "ground", "place"]);
  assert.deepEqual(
    decisions.map(({ reason }) => reason),
    ["restricted", "notNeededForPurpose", "onRequest", "periodEnded", "keptByLaw"],
  );
});

test("what goes whole leaves registers empty, each by its own name", () => {
  const customers = held([part("customerCore", ["name"], { lastContact: "2026-01-01" })]);
  const nothing = held([], { kind: "invoices", register: "invoices" });
  const all = plan([customers, nothing]);
  assert.deepEqual([all.emptied, all.all, all.restrict], [["customers", "invoices"], true, []]);
  assert.equal(all.erase.length, 1, "where nothing is held nothing is erased");
  const kept = held([part("invoicingMaterial", ["invoices"], { financialYearEnd: "2025-12-31" }, { row: "r" })], {
    ...{ kind: "invoices", register: "invoices" },
  });
  const some = plan([customers, kept]);
  assert.deepEqual([some.emptied, some.all, some.restrict], [["customers"], false, []]);
});

test("a hold that the description does not know, or that is for other registers, holds nothing", () => {
  const parts = [part("identityCode", ["personalIdentityCode"], { collected: "2026-10-01" })];
  assert.deepEqual(reasons([held(parts)], { holds: ["forgotten"] }), ["erased onRequest"]);
  assert.deepEqual(reasons([held(parts)], { holds: ["forgotten", "openMatter"] }), ["kept hold"]);
  assert.ok(!description.holds.openMatter?.registers.includes("raffleEntries"));
  const elsewhere = held(parts, { register: "raffleEntries" });
  assert.deepEqual(reasons([elsewhere], { holds: ["openMatter"] }), ["erased notDeclared"]);
  const { decisions } = plan([held(parts)], { holds: ["openMatter"], language: "en" });
  assert.deepEqual(decisions, [
    {
      register: "customers",
      categories: ["personalIdentityCode"],
      outcome: "kept",
      reason: "hold",
      ground: "Establishing or exercising legal claims (GDPR Art. 17(3)(e))",
      place: "holds.openMatter",
    },
  ]);
});

test("what no rule and no register declares is held without a ground and goes, saying where", () => {
  const lines = (one: Holding) =>
    plan([one]).decisions.map(({ reason, ground, place }) => [reason, ground !== "", place]);
  assert.deepEqual(lines(held([part("goneRule", ["name"], RUNNING)])), [["noRule", false, "registers.customers"]]);
  assert.deepEqual(lines(held([part("constructor", ["name"], RUNNING)])), [["noRule", false, "registers.customers"]]);
  assert.deepEqual(lines(held([part("customerCore", ["name"], RUNNING)], { register: "nowhere" })), [
    ["notDeclared", true, "retention.customerCore"],
  ]);
  // In the register, but under another rule.
  assert.deepEqual(lines(held([part("customerCore", ["appointments"], RUNNING)])), [
    ["notDeclared", true, "retention.customerCore"],
  ]);
  // In the rule, but not in the register.
  const { customers } = description.registers;
  assert.ok(customers);
  const registers = {
    ...description.registers,
    customers: { ...customers, categories: customers.categories.filter((id) => id !== "phone") },
  };
  const phone = plan([held([part("customerCore", ["phone"], RUNNING)])], {
    description: { ...description, registers },
  });
  assert.equal(phone.decisions[0]?.reason, "notDeclared");
  // A row of its own (an invoice) is judged whole, whatever it holds.
  assert.deepEqual(reasons([held([part("invoicingMaterial", ["shoeSize"], {}, { row: "r" })])]), ["kept keptByLaw"]);
});

test("an event of the part itself is nearer than what another register tells", () => {
  const code = held([
    part("identityCode", ["personalIdentityCode"], { receivableSettled: "2026-11-01", collected: "2025-01-01" }),
  ]);
  const invoices = held([], {
    ...{ kind: "invoices", register: "invoices" },
    tells: { receivableSettled: parseDay("2020-01-01") },
  });
  const changed = withRule("identityCode", { onRequest: "keep" });
  const [line] = plan([code, invoices], { description: changed }).decisions;
  assert.deepEqual([line?.outcome, line?.until, line?.reason], ["kept", "2027-02-01", "keptByRule"]);
});

test("a payment that only the invoices know of starts the period of what secured it", () => {
  const code = held([
    part("identityCode", ["personalIdentityCode"], { collected: "2026-01-01" }, { ground: "credit" }),
  ]);
  const invoices = (tells: Holding["tells"]) => held([], { kind: "invoices", register: "invoices", tells });
  const paid = { receivableSettled: parseDay("2026-01-10") };
  assert.deepEqual(reasons([code, invoices(paid)]), ["erased periodEnded"]);
  assert.deepEqual(reasons([invoices(paid), code]), ["erased periodEnded"]);
  assert.deepEqual(reasons([code, invoices({})]), ["erased onRequest"]);
});

test("only an open invoice of the person waits, and only for what secures it", () => {
  const parts = (ground: string) => [
    part("identityCode", ["personalIdentityCode"], { collected: "2026-10-01" }, { ground }),
    part("customerCore", ["name"], RUNNING),
  ];
  for (const ground of ["collection", "credit"])
    assert.deepEqual(reasons([held(parts(ground), { openInvoice: true })]), ["kept openInvoice", "kept openInvoice"]);
  assert.deepEqual(reasons([held(parts("rental"), { openInvoice: true })]), ["erased onRequest", "kept openInvoice"]);
  assert.deepEqual(reasons([held(parts("credit"))]), ["erased onRequest", "restricted restricted"]);
  assert.deepEqual(
    reasons([held(parts("credit")), held([], { openInvoice: true })]),
    ["kept openInvoice", "kept openInvoice"],
    "whichever register knows of it",
  );
  const consented = held([part("customerCore", ["email"], RUNNING, { basis: "consent" })], { openInvoice: true });
  assert.deepEqual(reasons([consented]), ["erased restedOnConsent"]);
});

test("orders that stand without the person become nobody's, the rest goes", () => {
  const changed = withRule("customerCore", { atEnd: "anonymise" });
  const over = held([part("customerCore", ["name", "orders", "email"], { warrantyEnd: "2026-01-01" })]);
  const { erase, decisions, all } = plan([over], { description: changed });
  assert.deepEqual(erase[0]?.doomed, [
    { rule: "customerCore", row: null, categories: ["name", "email"], anonymise: false },
    { rule: "customerCore", row: null, categories: ["orders"], anonymise: true },
  ]);
  assert.deepEqual(
    decisions.map(({ categories, outcome }) => [categories, outcome]),
    [
      [["name", "email"], "erased"],
      [["orders"], "anonymised"],
    ],
  );
  assert.equal(all, true);
});

test("one lock a register: the last of the days, every purpose that remains, and no day where one part has none", () => {
  const law = part("invoicingMaterial", ["name"], { financialYearEnd: "2025-12-31" }, { row: "r" });
  const changed = withRule("calendarEntries", {
    onRequest: "restrict",
    restrictTo: ["customerCare", "serviceProvision"],
  });
  const core = part("customerCore", ["name"], RUNNING);
  const later = part("calendarEntries", ["appointments"], { collected: "2027-03-01" });
  const lock = (parts: readonly Part[]) => plan([held(parts)], { description: changed }).restrict;
  assert.deepEqual(lock([core, later]), [
    {
      register: "customers",
      purposes: ["warranty", "customerCare", "serviceProvision"],
      until: "2028-03-01",
      ground: "noLongerNeeded",
    },
  ]);
  assert.equal(lock([later, core])[0]?.until, "2028-03-01");
  const never = part("calendarEntries", ["appointments"], {});
  assert.equal(lock([core, never])[0]?.until, null);
  const [withLaw] = lock([core, law]);
  const byLaw = description.categories.name?.purposes.filter(
    (id) => description.purposes[id]?.legalBasis === "legalObligation",
  );
  assert.ok(byLaw?.length);
  assert.deepEqual(withLaw?.purposes, ["warranty", ...byLaw]);
  assert.equal(withLaw?.until, "2027-11-22", "only what is restricted has a day of its own");
  assert.deepEqual(lock([law]), [], "what is merely kept is not locked");
  const ghost = part("invoicingMaterial", ["shoeSize"], { financialYearEnd: "2025-12-31" }, { row: "r" });
  assert.deepEqual(lock([core, ghost])[0]?.purposes, ["warranty"]);
});

test("a purpose that remains is one that the category is for", () => {
  const changed = withRule("customerCore", { restrictTo: ["nothing", "warranty"] });
  const core = held([part("customerCore", ["name", "businessId"], RUNNING)]);
  const { decisions } = plan([core], { description: changed });
  assert.deepEqual(
    decisions.map(({ categories, outcome, purposes }) => [categories, outcome, purposes]),
    [
      [["name"], "restricted", ["nothing", "warranty"]],
      [["businessId"], "erased", undefined],
    ],
  );
});

test("an order under way, the other clock and a withdrawn consent decide in that order", () => {
  const core = (events: Record<string, string>, more: Partial<Holding> = {}) =>
    held([part("customerCore", ["name"], events)], more);
  const ask = (one: Holding, ground: ErasureGround, changed = description) =>
    reasons([one], { ground, description: changed });
  assert.deepEqual(ask(core({}, { openOrder: true }), "consentWithdrawn"), ["kept openOrder"]);
  assert.deepEqual(ask(core({}), "consentWithdrawn"), ["erased notNeeded"]);
  assert.deepEqual(ask(core(RUNNING), "consentWithdrawn"), ["kept otherBasis"]);
  const { otherwise: _, ...only } = description.retention.customerCore ?? assert.fail();
  const changed = { ...description, retention: { ...description.retention, customerCore: only } };
  assert.deepEqual(ask(core({}), "objection", changed), ["restricted restricted"]);
  const [line] = plan([core({ lastContact: "2026-11-01" }, { openOrder: true })]).decisions;
  assert.deepEqual([line?.reason, line?.until], ["openOrder", "2027-11-01"]);
});

test("an objection to marketing stops it and tells until when the rest is kept", () => {
  const { decisions, erase, restrict, all, emptied } = plan(
    [held([part("customerCore", ["name"], RUNNING), part("goneRule", ["email"], RUNNING)])],
    { ground: "directMarketing", holds: ["openMatter"] },
  );
  assert.deepEqual(
    decisions.map(({ outcome, reason, until }) => [outcome, reason, until]),
    [
      ["kept", "directMarketingStopped", "2027-11-22"],
      ["kept", "directMarketingStopped", undefined],
    ],
  );
  assert.deepEqual([erase, restrict, all, emptied], [[], [], false, []]);
});

test("what has one fate is one line, every category once", () => {
  const rows = (...days: string[]) =>
    held(
      days.map((day, n) =>
        part("invoicingMaterial", ["name", "invoices"], { financialYearEnd: day }, { row: `r${n}` }),
      ),
      { kind: "invoices", register: "invoices" },
    );
  const lines = (one: Holding) => plan([one]).decisions.map(({ categories, until }) => [categories, until]);
  assert.deepEqual(lines(rows("2024-03-31", "2024-12-31")), [[["name", "invoices"], "2030-12-31"]]);
  assert.deepEqual(lines(rows("2024-03-31", "2025-12-31")), [
    [["name", "invoices"], "2030-12-31"],
    [["name", "invoices"], "2031-12-31"],
  ]);
});
