// The decision table, row by row: no database, one case a line of reasoning.
import assert from "node:assert/strict";
import { before, describe as suite, test } from "node:test";
import fc from "fast-check";
import type { Description } from "../description/schema.ts";
import type { ErasureGround } from "../description/terms.ts";
import type { Holding, Part } from "../registers/register.ts";
import { describe } from "../test/descriptions.ts";
import { type Day, parseDay } from "../values/Day.ts";
import { decideErasure } from "./decideErasure.ts";

const TODAY = parseDay("2026-11-22");
let walttia: Description;
let pyorapaja: Description;
before(async () => {
  walttia = (await describe("walttia")).description;
  pyorapaja = (await describe("pyorapaja")).description;
});

const CORE = ["name", "email", "phone", "billingAddress", "deliveryAddress", "orders"];
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
const customers = (parts: readonly Part[], more: Partial<Holding> = {}): Holding => ({
  kind: "customers",
  register: "customers",
  parts,
  openOrder: false,
  openInvoice: false,
  tells: {},
  ...more,
});
const invoices = (ends: readonly string[], more: Partial<Holding> = {}): Holding => ({
  kind: "invoices",
  register: "invoices",
  parts: ends.map((day, n) =>
    part("invoicingMaterial", ["name", "invoices"], { financialYearEnd: day }, { row: `row${n}` }),
  ),
  openOrder: false,
  openInvoice: false,
  tells: {},
  ...more,
});
const short = (
  description: Description,
  holdings: readonly Holding[],
  ground: ErasureGround = "noLongerNeeded",
  holds: string[] = [],
  today: Day = TODAY,
) =>
  decideErasure({ description, ground, today, holdings, holds }).decisions.map(
    ({ register, categories, outcome, until, reason }) =>
      `${register} ${categories.join("+")} ${outcome}${until ? ` ${until}` : ""} ${reason}`,
  );

suite("the decision table", () => {
  test("A: a prospect's data goes whole, whatever the ground", () => {
    const prospect = customers([
      part("customerCore", ["name", "email"], { collected: "2026-10-01", lastContact: "2026-10-01" }),
    ]);
    for (const ground of ["consentWithdrawn", "objection", "noLongerNeeded", "unlawful"] as const) {
      const plan = decideErasure({ description: walttia, ground, today: TODAY, holdings: [prospect], holds: [] });
      assert.deepEqual(
        plan.decisions.map(({ outcome, reason }) => [outcome, reason]),
        [["erased", "notNeeded"]],
      );
      assert.equal(plan.all, true);
      assert.deepEqual(plan.emptied, ["customers"]);
    }
  });

  test("B: warranty over, invoices kept by law until the end of their year", () => {
    const over = customers([
      part("customerCore", ["name", "orders"], { warrantyEnd: "2026-02-01", lastContact: "2024-02-01" }),
    ]);
    assert.deepEqual(short(pyorapaja, [over, invoices(["2024-12-31"])]), [
      "customers name+orders erased periodEnded",
      "invoices name+invoices kept 2030-12-31 keptByLaw",
    ]);
  });

  test("C, case 29: warranty running, invoice of four years ago", () => {
    const running = customers([
      part("customerCore", CORE, { delivery: "2022-11-22", warrantyEnd: "2027-11-22", lastContact: "2022-11-22" }),
      part("identityCode", ["personalIdentityCode"], { collected: "2026-10-01" }, { ground: "rental" }),
    ]);
    assert.deepEqual(short(walttia, [running, invoices(["2022-12-31"])]), [
      "customers name+email+phone+deliveryAddress+orders restricted 2027-11-22 restricted",
      "customers billingAddress erased notNeededForPurpose",
      "customers personalIdentityCode erased onRequest",
      "invoices name+invoices kept 2028-12-31 keptByLaw",
    ]);
  });

  test("D: an open invoice keeps the person until it is paid, and the code that secures it", () => {
    const open = [
      customers([
        part("customerCore", ["name"], { warrantyEnd: "2020-01-01" }),
        part("identityCode", ["personalIdentityCode"], { collected: "2020-01-01" }, { ground: "collection" }),
        part("calendarEntries", ["appointments"], { collected: "2026-11-01" }),
      ]),
      invoices(["2026-12-31"], { openInvoice: true }),
    ];
    assert.deepEqual(short(walttia, open), [
      "customers name kept openInvoice",
      "customers personalIdentityCode kept openInvoice",
      "customers appointments erased onRequest",
      "invoices name+invoices kept 2032-12-31 keptByLaw",
    ]);
  });

  test("E: a dispute keeps everything in the registers it names", () => {
    const held = short(
      walttia,
      [customers([part("customerCore", ["name"], { warrantyEnd: "2020-01-01" })])],
      "unlawful",
      ["openMatter"],
    );
    assert.deepEqual(held, ["customers name kept hold"]);
  });

  test("F: an objection to direct marketing erases nothing", () => {
    const plan = decideErasure({
      description: walttia,
      ground: "directMarketing",
      today: TODAY,
      holdings: [
        customers([
          part("customerCore", CORE, { warrantyEnd: "2027-11-22" }),
          part("identityCode", ["personalIdentityCode"], { collected: "2026-10-01" }),
        ]),
      ],
      holds: [],
    });
    assert.deepEqual(
      [...new Set(plan.decisions.map(({ outcome, reason }) => `${outcome} ${reason}`))],
      ["kept directMarketingStopped"],
    );
    assert.deepEqual(plan.erase, []);
    assert.deepEqual(plan.restrict, []);
  });

  test("G: other objections are decided as data no longer needed", () => {
    const running = customers([part("customerCore", ["name"], { warrantyEnd: "2027-11-22" })]);
    assert.deepEqual(short(walttia, [running], "objection"), ["customers name restricted 2027-11-22 restricted"]);
  });

  test("H: what the register may not hold goes although the rest stays", () => {
    const stray = customers([
      part("customerCore", ["name", "shoeSize"], { warrantyEnd: "2027-11-22" }),
      part("goneRule", ["diary"], {}),
    ]);
    assert.deepEqual(short(walttia, [stray], "unlawful"), [
      "customers name restricted 2027-11-22 restricted",
      "customers shoeSize erased notDeclared",
      "customers diary erased noRule",
    ]);
  });

  test("withdrawn consent: what stands on it goes, the rest is explained", () => {
    const mixed = customers([
      part("customerCore", ["email"], { warrantyEnd: "2027-11-22" }, { basis: "consent" }),
      part("customerCore", ["name"], { warrantyEnd: "2027-11-22" }),
    ]);
    assert.deepEqual(short(walttia, [mixed], "consentWithdrawn"), [
      "customers email erased restedOnConsent",
      "customers name kept 2027-11-22 otherBasis",
    ]);
  });

  test("J, case 32: on the last day still kept, on the next erased", () => {
    const core = customers([part("customerCore", ["name"], { warrantyEnd: "2026-12-15" })]);
    assert.deepEqual(short(walttia, [core], "noLongerNeeded", [], parseDay("2026-12-15")), [
      "customers name restricted 2026-12-15 restricted",
    ]);
    assert.deepEqual(short(walttia, [core], "noLongerNeeded", [], parseDay("2026-12-16")), [
      "customers name erased periodEnded",
    ]);
  });

  test("case 33: a voucher of a year that ended 31.3.2024 is kept through 31.12.2030", () => {
    const voucher = invoices(["2024-03-31"]);
    assert.deepEqual(short(walttia, [voucher], "noLongerNeeded", [], parseDay("2030-12-31")), [
      "invoices name+invoices kept 2030-12-31 keptByLaw",
    ]);
    assert.deepEqual(short(walttia, [voucher], "noLongerNeeded", [], parseDay("2031-01-01")), [
      "invoices name+invoices erased periodEnded",
    ]);
  });

  test("an order under way keeps the person, an old one that was never delivered does not", () => {
    const fresh = customers(
      [part("customerCore", ["name"], { warrantyEnd: "2020-01-01", lastContact: "2026-11-01" })],
      { openOrder: true },
    );
    assert.deepEqual(short(walttia, [fresh]), ["customers name kept 2027-11-01 openOrder"]);
    const old = customers([part("customerCore", ["name"], { lastContact: "2024-11-01" })], { openOrder: true });
    assert.deepEqual(short(walttia, [old]), ["customers name erased periodEnded"]);
  });

  test("a rule counted from a payment hears of it from the invoices", () => {
    const code = customers([
      part("identityCode", ["personalIdentityCode"], { collected: "2025-11-01" }, { ground: "credit" }),
    ]);
    const paid = invoices(["2026-12-31"], { tells: { receivableSettled: parseDay("2026-01-10") } });
    assert.equal(short(walttia, [code, paid])[0], "customers personalIdentityCode erased periodEnded");
    const later = customers([
      part("identityCode", ["personalIdentityCode"], { collected: "2026-11-01" }, { ground: "credit" }),
    ]);
    assert.equal(short(walttia, [later, paid])[0], "customers personalIdentityCode erased onRequest");
  });
});

test("every category has exactly one fate, and only what has a fate of erasure is erased", () => {
  const events = fc.dictionary(
    fc.constantFrom("warrantyEnd", "lastContact", "collected", "receivableSettled"),
    fc.constantFrom("2019-05-05", "2026-11-21", "2026-11-22", "2031-01-01"),
  );
  const parts = fc.array(
    fc.record({
      rule: fc.constantFrom("customerCore", "identityCode", "nowhere"),
      categories: fc.uniqueArray(fc.constantFrom(...CORE, "personalIdentityCode", "stray"), { minLength: 1 }),
      events,
    }),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(
      parts,
      fc.constantFrom<ErasureGround>("consentWithdrawn", "objection", "directMarketing", "noLongerNeeded", "unlawful"),
      fc.boolean(),
      (list, ground, openInvoice) => {
        const holding = customers(
          list.map(({ rule, categories, events: days }) => part(rule, categories, days)),
          { openInvoice },
        );
        const plan = decideErasure({ description: walttia, ground, today: TODAY, holdings: [holding], holds: [] });
        const doomed = plan.erase.flatMap((one) => one.doomed.flatMap(({ categories }) => categories)).length;
        const total = list.flatMap(({ categories }) => categories).length;
        assert.ok(doomed <= total);
        assert.equal(plan.all, doomed === total);
        if (ground === "directMarketing") assert.ok(plan.decisions.every(({ outcome }) => outcome === "kept"));
        for (const { reason } of plan.decisions) assert.ok(reason.length > 0);
      },
    ),
  );
});
