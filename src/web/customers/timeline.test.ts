import assert from "node:assert/strict";
import { test } from "node:test";
import type { Customer, Order } from "../../registers/customers/contract.ts";
import { parseDay } from "../../values/Day.ts";
import { timelineOf } from "./timeline.ts";

const origin = (at: string, keepUntil: string | null, source = "phone") => ({
  ...{ source, at, by: "colleague", purpose: "customerCare", basis: "contract", ground: null },
  ...{ rule: "customerCore", keepUntil },
});
const customer: Customer = {
  ...{ id: "0190a0b0-0000-7000-8000-000000000000", kind: "person", organisationId: null, purpose: "customerCare" },
  ...{ createdAt: "2026-11-01T08:00:00Z", masked: [], contacts: [], awaitingAnswerSince: null, restricted: null },
  origins: {
    name: origin("2026-11-01T08:00:00Z", "2027-11-01"),
    email: origin("2026-11-01T08:00:00Z", "2027-11-01"),
    phone: origin("2026-11-20T08:00:00Z", "2027-11-20", "meeting"),
    orders: origin("2026-11-02T08:00:00Z", null),
  },
};
const order: Order = {
  ...{ id: "0190a0b0-0000-7000-8000-000000000001", customerId: customer.id, createdAt: "2026-11-10T08:00:00Z" },
  ...{ lines: [], priceIncludesVat: false, totalCents: 12_300, warrantyPeriod: "P5Y" },
  ...{ deliveredOn: "2026-11-12", warrantyEndsOn: "2031-11-12", invoicedOn: null },
};
const today = parseDay("2026-11-22");
const told = (seen: Parameters<typeof timelineOf>[0]) =>
  timelineOf(seen, today).map(({ day, kind, ahead }) => `${day} ${kind}${ahead ? " ahead" : ""}`);

test("what is furthest ahead stands first, what came first stands last", () => {
  assert.deepEqual(told({ customer, orders: [order] }), [
    "2031-11-12 warrantyEnd ahead",
    "2027-11-20 keepUntil ahead",
    "2027-11-01 keepUntil ahead",
    "2026-11-20 values",
    "2026-11-12 delivery",
    "2026-11-10 order",
    "2026-11-02 values",
    "2026-11-01 values",
  ]);
});

test("what has a day alone follows its order the same day, in the order of its steps, and what came later that day stands above it", () => {
  const at = "2026-11-20";
  const invoice = {
    ...{ id: order.id, customerId: customer.id, orderId: order.id, number: "2026000001", issuedOn: at, dueOn: at },
    ...{ netCents: 1, vatCents: 1, totalCents: 2, missing: [], paidOn: at },
  };
  const origins = { phone: origin(`${at}T08:00:00Z`, null), email: origin(`${at}T15:00:00Z`, null) };
  const sameDay = { ...order, createdAt: `${at}T09:00:00Z`, deliveredOn: at, warrantyEndsOn: null };
  assert.deepEqual(told({ customer: { ...customer, origins }, orders: [sameDay], invoices: [invoice] }), [
    ...[`${at} values`, `${at} paid`, `${at} invoice`, `${at} delivery`, `${at} order`, `${at} values`],
  ]);
  // The order was written down on a day before: when on this day it was delivered, nobody knows.
  const before = { ...sameDay, createdAt: "2026-11-19T09:00:00Z" };
  assert.deepEqual(told({ customer: { ...customer, origins }, orders: [before], invoices: [invoice] }), [
    ...[`${at} values`, `${at} values`, `${at} paid`, `${at} invoice`, `${at} delivery`, "2026-11-19 order"],
  ]);
});

test("what was written down at one moment is one entry, and a register that may not be read adds nothing", () => {
  const values = timelineOf({ customer }, today).filter((entry) => entry.kind === "values");
  assert.deepEqual(
    values.map((entry) => entry.kind === "values" && entry.categories),
    [["phone"], ["orders"], ["name", "email"]],
  );
});

test("an unpaid invoice has its day to pay, ahead or gone by; a paid one has the day it was paid", () => {
  const invoice = {
    ...{ id: order.id, customerId: customer.id, orderId: order.id, number: "2026000001", issuedOn: "2026-11-01" },
    ...{ netCents: 1, vatCents: 1, totalCents: 2, missing: [], dueOn: "2026-11-15", paidOn: null },
  };
  const only = (paidOn: string | null) =>
    told({ customer: { ...customer, origins: {} }, invoices: [{ ...invoice, paidOn }] });
  assert.deepEqual(only(null), ["2026-11-15 invoiceDue", "2026-11-01 invoice"]);
  assert.deepEqual(only("2026-11-14"), ["2026-11-14 paid", "2026-11-01 invoice"]);
});

test("permissions stand where they were given and where they ended", () => {
  const permissions = {
    consents: [
      {
        ...{
          consent: "newsletter",
          purpose: "directMarketing",
          channels: ["email"],
          wording: 1,
          source: "webForm",
          lastDay: null,
        },
        ...{ givenAt: "2026-01-01T10:00:00Z", withdrawnAt: "2026-02-01T10:00:00Z" },
      },
    ],
    objections: [{ purpose: "directMarketing", at: "2026-03-01T10:00:00Z", liftedAt: null }],
    restrictions: [
      {
        ...{ register: "customers", purposes: ["warranty"], until: "2027-01-01", at: "2026-04-01T10:00:00Z" },
        liftedAt: null,
      },
    ],
    holds: [],
    objectable: [],
    offered: [],
  };
  assert.deepEqual(told({ customer: { ...customer, origins: {} }, permissions }), [
    "2027-01-01 restrictionEnd ahead",
    "2026-04-01 restriction",
    "2026-03-01 objection",
    "2026-02-01 withdrawal",
    "2026-01-01 consent",
  ]);
});
