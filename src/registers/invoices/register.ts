import { OWNED } from "../../gate/owned.ts";
import { registerOfKind } from "../../policy/decide.ts";
import { type Register, sealing } from "../register.ts";
import { dueOn, eraseOf, holdingOf, people, tells } from "./erase.ts";
import { exportOf } from "./export.ts";
import { counts, renew, settle, subjectsOf } from "./settle.ts";

export const invoices: Register = {
  ...sealing("invoices"),
  name: "invoices",
  tables: OWNED.invoices,
  apart: {
    uncertain_transfer: "the number of an invoice that was issued and lost with a restore: it is never given again",
  },
  exportOf: async (steps, voice) => (steps.kinds.includes("invoices") ? exportOf(steps.of("invoices"), voice) : []),
  holdingOf: async (steps) => (steps.kinds.includes("invoices") ? holdingOf(steps.of("invoices")) : null),
  eraseOf: async (steps, doomed) => (doomed.length === 0 ? [] : eraseOf(steps.of("invoices"), doomed)),
  due: dueOn,
  people,
  counts: async (gate) => (registerOfKind(gate.inForce().description, "invoices") === undefined ? [] : counts(gate)),
  subjectsOf,
  settle: async (steps) => (steps.kinds.includes("invoices") ? settle(steps.of("invoices")) : []),
  renew: async (steps, isFormer) => {
    if (steps.kinds.includes("invoices")) await renew(steps.of("invoices"), isFormer);
  },
  tells,
};
