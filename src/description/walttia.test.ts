// The facts of the company's own page, one by one: none may be lost when the description is edited.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "./parse.ts";
import type { Description } from "./schema.ts";

const { description } = parse(readFileSync(join(import.meta.dirname, "../../descriptions/walttia.yaml"), "utf8"));
assert.ok(description);
const d: Description = description;
const keys = Object.keys;

test("sources: e-mail, meeting, web forms, raffles, phone, referrals, and what people say on their own cards", () => {
  assert.deepEqual(keys(d.sources), ["email", "meeting", "webForm", "raffle", "phone", "referral", "ownCard"]);
  assert.equal(d.sources.referral?.from, "thirdParty");
});

test("purposes: the relationship, contracts and statute, services, offers and advice", () => {
  const kinds = Object.values(d.purposes).map((purpose) => purpose.kind);
  for (const kind of [
    "customerManagement",
    "serviceProvision",
    "invoicing",
    "bookkeeping",
    "warranty",
    "offers",
  ] as const)
    assert.ok(kinds.includes(kind), kind);
});

test("systems and where they are", () => {
  const where = Object.fromEntries(Object.entries(d.systems).map(([id, system]) => [id, system.location]));
  assert.deepEqual(where.erp, { country: "FI" });
  for (const id of ["invoicing", "mailbox", "electronicCalendar"]) assert.deepEqual(where[id], { area: "EEA" }, id);
  assert.ok(typeof where.paperCalendar === "object" && "carried" in where.paperCalendar);
  assert.equal(d.systems.paperCalendar?.highestRisk, "low");
  assert.ok(typeof where.contractFolders === "object" && "premises" in where.contractFolders);
  // The page's own six; the helpers are added to it.
  assert.equal(Object.values(d.systems).filter(({ kind }) => kind !== "helper").length, 6);
});

test("data collected: name, e-mail, phone, billing and delivery address, identity code", () => {
  for (const id of ["name", "email", "phone", "billingAddress", "deliveryAddress", "personalIdentityCode"]) {
    assert.ok(d.categories[id], id);
    assert.ok(d.registers.customers?.categories.includes(id), id);
  }
  assert.equal(d.categories.personalIdentityCode?.risk, "high");
});

test("where it is handled: marketing, sales and invoicing departments, and the administration", () => {
  for (const id of ["marketing", "sales", "invoicing"]) assert.ok(d.roles[id]?.department, id);
  for (const id of ["administration", "accountant", "responsiblePerson"]) assert.ok(d.roles[id], id);
});

test("how it moves: ERP to invoicing, low risk by e-mail, sensitive data to the accountant by secure mail only", () => {
  const flow = d.flows.erpToInvoicing;
  assert.equal(flow?.channel, "internal");
  assert.deepEqual(flow?.categories, ["name", "billingAddress", "businessId", "orders"]);
  const toAccountant = Object.values(d.flows).filter(
    ({ to }) => "processor" in to && to.processor === "accountingOffice",
  );
  assert.equal(toAccountant.length, 2);
  for (const { channel } of toAccountant) assert.equal(channel, "secureMail");
  const mailed = Object.values(d.flows).filter(({ channel }) => channel === "email");
  assert.ok(mailed.length > 0);
  for (const { categories } of mailed)
    for (const category of categories) assert.equal(d.categories[category]?.risk, "low", category);
});

test("registers: customers, invoicing, contracts, e-mail", () => {
  const labels = Object.values(d.registers).map(({ label }) => (typeof label === "string" ? label : label.fi));
  for (const label of ["Asiakasrekisteri", "Laskutusrekisteri", "Sopimusrekisteri", "Sähköpostirekisteri"])
    assert.ok(labels.includes(label), label);
});

test("controller, processor, responsible person; what nobody can know is unknown", () => {
  assert.equal(d.controller.name, "Walttia Oy");
  assert.equal(d.controller.businessId, "2643821-1");
  assert.equal(d.responsiblePerson.name, "Piia Vuorio");
  assert.ok(d.processors.accountingOffice);
  assert.equal(d.roles.accountant?.processor, "accountingOffice");
  for (const value of [d.controller.address, d.controller.iban, d.responsiblePerson.email, d.deputy])
    assert.equal(value, "unknown");
  for (const processor of Object.values(d.processors)) assert.equal(processor.agreement, "unknown");
});

test("retention: the warranty of 5 years from delivery, invoicing as the Accounting Act asks", () => {
  assert.equal(d.warranty?.period, "P5Y");
  const core = d.retention.customerCore;
  assert.deepEqual(
    [core?.from, core?.period, core?.onRequest, core?.restrictTo],
    ["warrantyEnd", "P0D", "restrict", ["warranty"]],
  );
  const invoices = d.retention.invoicingMaterial;
  assert.deepEqual([invoices?.from, invoices?.period, invoices?.onRequest], ["financialYearEnd", "P6Y", "keep"]);
  for (const rule of Object.values(d.retention)) assert.equal(rule.graceDays, 0);
});

test("rights: access, rectification, erasure on the page's three grounds", () => {
  assert.ok(d.rights.access && d.rights.rectification);
  for (const ground of ["consentWithdrawn", "objection", "directMarketing"] as const)
    assert.ok(d.rights.erasure?.grounds?.includes(ground), ground);
});

test("protection: firewall, virus and intrusion prevention, access rights, passwords, locked premises, few people", () => {
  for (const id of [
    "firewall",
    "antivirus",
    "intrusionPrevention",
    "accessRights",
    "personalPasswords",
    "lockedPremises",
    "limitedPeople",
  ])
    assert.ok(d.measures[id], id);
  assert.equal(d.notice.attached, true);
});

test("the salesperson never meets the identity code, and neither sales nor invoicing does the other's work", () => {
  const may = (role: string) => d.roles[role]?.may ?? [];
  for (const role of ["sales", "marketing", "invoicing", "accountant"])
    for (const { categories } of may(role)) assert.ok(!categories.includes("personalIdentityCode"), role);
  assert.ok(!may("sales").some(({ register }) => register === "invoices"));
  assert.ok(!may("invoicing").some(({ register, verbs }) => register === "customers" && verbs.includes("collect")));
});
