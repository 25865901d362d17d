import { OWNED } from "../../gate/owned.ts";
import { keyIdOf } from "../../keys/sealed.ts";
import { neverDue, type Register, sealing } from "../register.ts";

/** Staff's own values end with the account, under no rule of the description. */
const RULE = "staff";

const reason =
  "the people who work with the register: their accounts end by a period of their own (staff.accounts), not with a customer's request, and no customer's id is ever theirs";

export const staff: Register = {
  ...neverDue,
  ...sealing("staff"),
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
    return [{ rule: RULE, categories: ["staffName", "staffLogin"], keys: await grant.retireKeys(RULE) }];
  },
  async renew(steps, isFormer) {
    const grant = steps.staff();
    const [row] = await grant.selectFrom("account").select(["subject_id", "sealed_name", "sealed_login"]).execute();
    if (!row || ![row.sealed_name, row.sealed_login].some((sealed) => isFormer(keyIdOf(sealed)))) return;
    const kept = [
      { category: "staffName", row: row.subject_id, sealed: row.sealed_name },
      { category: "staffLogin", row: row.subject_id, sealed: row.sealed_login },
    ] as const;
    const [name, login] = await grant.open(kept.map((one) => ({ ...one, subject_id: row.subject_id })));
    if (name == null || login == null) return;
    const [newName, newLogin] = await grant.sealAgain([
      { ...kept[0], value: name, rule: RULE },
      { ...kept[1], value: login, rule: RULE },
    ]);
    if (!newName || !newLogin) throw new Error("sealing answered less than was asked");
    await grant.update("account").set({ sealed_name: newName.sealed, sealed_login: newLogin.sealed }).execute();
  },
};
