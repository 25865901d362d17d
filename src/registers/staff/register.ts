import { OWNED, STAFF_CATEGORIES } from "../../gate/owned.ts";
import { neverDue, type Register, sealing } from "../register.ts";
import { RULE, renewStaff } from "./renew.ts";

/** What goes with the account in the same transaction. */
const WITH_THE_ACCOUNT = [
  "account_role",
  "session",
  "passkey",
  "second_factor",
  "recovery_code",
  "outside_identity",
  "saved_view",
] as const;

const reason =
  "the people who work with the register: their accounts end by a period of their own (staff.accounts), not with a customer's request, and no customer's id is ever theirs";

export const staff: Register = {
  ...neverDue,
  ...sealing("staff"),
  name: "staff",
  tables: OWNED.staff,
  apart: {
    account: reason,
    account_role: reason,
    session: reason,
    passkey: reason,
    second_factor: reason,
    recovery_code: reason,
    outside_identity: reason,
    saved_view: reason,
  },
  exportOf: async () => [],
  /** The account with everything it signed in with and gave; nothing where the subject has none. */
  async eraseOf(steps, _, all) {
    if (!all) return [];
    const grant = steps.staff();
    const { numDeletedRows } = await grant.delete("account").executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return [];
    for (const table of WITH_THE_ACCOUNT) await grant.delete(table).execute();
    const { subject } = steps;
    const theirs = grant.delete("invitation");
    await theirs
      .where((where) => where.or([where("created_by", "=", subject), where("account_id", "=", subject)]))
      .execute();
    return [{ rule: RULE, categories: [...STAFF_CATEGORIES], keys: await grant.retireKeys(RULE) }];
  },
  renew: (steps, isFormer) => renewStaff(steps.staff(), isFormer),
};
