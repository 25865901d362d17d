import { OWNED } from "../../gate/owned.ts";
import { neverDue, type Register } from "../register.ts";

const reason =
  "the people who work with the register: their accounts end with who keeps accounts, not with a customer's request, and no customer's id is ever theirs";

export const staff: Register = {
  ...neverDue,
  name: "staff",
  tables: OWNED.staff,
  apart: { account: reason, account_role: reason, session: reason },
  exportOf: async () => [],
  eraseOf: async () => [],
};
