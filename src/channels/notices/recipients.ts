// Whom to tell: those whose role keeps backups; else the description's responsible person.
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { findAccount, listAccounts } from "../../registers/staff/store.ts";
import { isEmail } from "../../values/Email.ts";
import { isLanguage, type Language } from "../../values/Language.ts";

export type Recipient = { email: string; language: Language };

/** Reading the addresses is an act of its own and stands in the log. */
export async function recipientsOf(gate: Gate): Promise<Recipient[]> {
  const { description } = gate.inForce();
  const keepers = new Set(
    Object.keys(description.roles).filter((id) => description.roles[id]?.keeps.includes("backups")),
  );
  const caller = () => systemCaller("notices");
  const ask = { register: "staff", verb: "read", place: "roles" } as const;
  const accounts = await gate.serving(caller(), ask, async (grant) => {
    const lines = await listAccounts(grant);
    return lines.filter((line) => line.disabledAt === null && line.roles.some((role) => keepers.has(role)));
  });
  const told: Recipient[] = [];
  for (const { id, login } of accounts) {
    const account = await gate.serving(caller(), { ...ask, subject: id, silent: true }, (grant) =>
      findAccount(grant, id),
    );
    if (account && isEmail(login)) told.push({ email: login, language: account.language });
  }
  if (told.length > 0) return told;
  const { email } = description.responsiblePerson;
  const [language = "fi"] = description.languages;
  return isEmail(email) && isLanguage(language) ? [{ email, language }] : [];
}
