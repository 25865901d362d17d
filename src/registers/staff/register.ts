import { OWNED } from "../../gate/owned.ts";
import { neverDue, type Register } from "../register.ts";

const reason =
  "the people who work with the register: their accounts end by a period of their own (staff.accounts), not with a customer's request, and no customer's id is ever theirs";

export const staff: Register = {
  ...neverDue,
  name: "staff",
  tables: OWNED.staff,
  apart: { account: reason, account_role: reason, session: reason },
  exportOf: async () => [],
  /** The account with everything it signed in with and gave; nothing where the subject has none. */
  async eraseOf(steps, _, all) {
    if (!all) return [];
    const grant = steps.staff();
    const { numDeletedRows } = await grant.delete("account").executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return [];
    await grant.delete("account_role").execute();
    await grant.delete("session").execute();
    await grant.delete("invitation").where("created_by", "=", steps.subject).execute();
    return [{ rule: "staff", categories: ["staffName", "staffLogin"], keys: await grant.retireKeys("staff") }];
  },
};
