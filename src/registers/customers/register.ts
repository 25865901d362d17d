import { OWNED } from "../../gate/owned.ts";
import { registerOfKind } from "../../policy/decide.ts";
import { type Register, sealing } from "../register.ts";
import { eraseOf } from "./erase.ts";
import { contactOf, exportOf } from "./export.ts";
import { dueOn, holdingOf, people } from "./holding.ts";
import { tellGone } from "./search/gone.ts";
import { counts, renew, settle, subjectsOf } from "./settle.ts";

export const customers: Register = {
  ...sealing("customers"),
  name: "customers",
  tables: OWNED.customers,
  apart: {
    customer_search: "keyed words of the values, from which nothing can be read: erased with them, nothing to export",
  },
  exportOf: async (steps, voice) => (steps.kinds.includes("customers") ? exportOf(steps.of("customers"), voice) : []),
  holdingOf: async (steps) => (steps.kinds.includes("customers") ? holdingOf(steps.of("customers")) : null),
  eraseOf: async (steps, doomed) => {
    if (doomed.length === 0) return [];
    steps.afterCommit(async () => tellGone(steps.subject));
    return eraseOf(steps.of("customers"), doomed);
  },
  contactOf: async (steps) => (steps.kinds.includes("customers") ? contactOf(steps.of("customers")) : []),
  due: dueOn,
  people,
  counts: async (gate) => (registerOfKind(gate.inForce().description, "customers") === undefined ? [] : counts(gate)),
  subjectsOf,
  settle: async (steps) => (steps.kinds.includes("customers") ? settle(steps.of("customers")) : []),
  renew: async (steps, isFormer) => {
    if (steps.kinds.includes("customers")) await renew(steps.of("customers"), isFormer);
  },
};
