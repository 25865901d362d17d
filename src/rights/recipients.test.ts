// To whom data has gone, told in the company's own words; only from what the log has seen go.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Text } from "../description/schema.ts";
import { inLanguage } from "../description/text.ts";
import type { Seen } from "../registers/evidence/seen.ts";
import { describe } from "../test/descriptions.ts";
import { labelIn, labelsOf } from "./labels.ts";
import { recipientsOf, staysInside } from "./recipients.ts";

const { description } = await describe("walttia");
const inEnglish = (text: Text | undefined) => text && inLanguage(description, text, "en");
const seen = (flow: string | null, more: Partial<Seen> = {}): Seen => ({
  at: new Date("2026-11-22T10:00:00Z"),
  roles: ["invoicing"],
  verb: "disclose",
  register: "customers",
  purpose: "invoicing",
  categories: ["name"],
  flow,
  own: false,
  system: false,
  ...more,
});
const to = (flow: string, changed = description) => recipientsOf(changed, [seen(flow)], "en").map((one) => one.to);

test("a processor, a named recipient and a register with its system and who runs it are told by their names", () => {
  const office = description.processors.accountingOffice;
  assert.ok(office);
  assert.deepEqual(to("toAccountant"), [inEnglish(office.label)]);
  const provider = description.processors[String(description.systems.invoicing?.runBy)];
  assert.ok(provider);
  assert.deepEqual(to("erpToInvoicing"), [
    `${inEnglish(description.registers.invoices?.label)}, Invoicing program, ${inEnglish(provider.label)}`,
  ]);
  assert.deepEqual(to("toPaperCalendar"), [`${inEnglish(description.registers.customers?.label)}, Paper calendar`]);
  const flow = description.flows.toAccountant;
  assert.ok(flow);
  const other = (end: typeof flow.to) => ({ ...description, flows: { other: { ...flow, to: end } } });
  assert.deepEqual(to("other", other({ recipient: { fi: "Verohallinto", en: "The Tax Administration" } })), [
    "The Tax Administration",
  ]);
  assert.deepEqual(to("other", other({ register: "invoices" })), [inEnglish(description.registers.invoices?.label)]);
});

test("the person themselves, and a flow that is no longer there or never was, keep the flow's id", () => {
  assert.deepEqual(to("lowRiskByEmail"), ["lowRiskByEmail"]);
  assert.deepEqual(to("goneSince"), ["goneSince"]);
  assert.deepEqual(to("constructor"), ["constructor"]);
});

test("only what really went counts, once a flow, with all its categories and the newest day", () => {
  const told = recipientsOf(
    description,
    [
      seen("toAccountant", { at: new Date("2026-11-22T10:00:00Z"), categories: ["name", "orders"] }),
      seen("toAccountant", { verb: "read" }),
      seen(null),
      seen("toAccountant", { at: new Date("2026-10-01T10:00:00Z"), categories: ["invoices", "name"] }),
      seen("erpToInvoicing", { at: new Date("2026-09-01T10:00:00Z") }),
    ],
    "fi",
  );
  assert.deepEqual(
    told.map(({ to: _, ...rest }) => rest),
    [
      { flow: "toAccountant", categories: ["name", "orders", "invoices"], last: "2026-11-22T10:00:00.000Z", times: 2 },
      { flow: "erpToInvoicing", categories: ["name"], last: "2026-09-01T10:00:00.000Z", times: 1 },
    ],
  );
});

test("of a move inside the program only what there is of the person is told; of what left it, all that may have gone", () => {
  const all = ["name", "businessId"];
  const toldOf = (flow: string, held: string[]) =>
    recipientsOf(description, [seen(flow, { categories: all })], "en", new Set(held))[0]?.categories;
  assert.deepEqual(toldOf("erpToInvoicing", ["name"]), ["name"]);
  assert.deepEqual(toldOf("toAccountant", ["name"]), all);
  assert.deepEqual(toldOf("erpToInvoicing", []), all, "nothing is left to see it by");
});

test("a label is the company's, else the program's own word for a category, else the id", () => {
  const { categories } = description;
  assert.equal(labelIn(description, categories, "email", "en"), inEnglish(categories.email?.label));
  assert.equal(labelIn(description, {}, "consentProof", "en"), "Proof of consent");
  assert.equal(labelIn(description, categories, "nowhere", "en"), "nowhere");
  assert.equal(labelIn(description, categories, "constructor", "en"), "constructor");
  const labels = labelsOf(description, "sv");
  assert.deepEqual(Object.keys(labels).sort(), ["categories", "purposes", "registers", "roles", "sources"]);
  assert.equal(labels.purposes.bookkeeping, "Bokföring");
  assert.deepEqual(Object.keys(labels.roles), Object.keys(description.roles));
});

test("only what goes to another register of this program stays inside it", () => {
  const { flows } = description;
  assert.deepEqual(
    Object.keys(flows).filter((id) => staysInside(description, id)),
    Object.keys(flows).filter((id) => {
      const to = flows[id]?.to;
      return to && "register" in to && to.system !== undefined && description.systems[to.system]?.kind === "builtIn";
    }),
  );
  assert.ok(staysInside(description, "erpToInvoicing"));
  for (const outside of ["toPaperCalendar", "toAccountant", "goneSince", "constructor"])
    assert.ok(!staysInside(description, outside), outside);
});
