// Roles that the description gives only to those who sign in with two factors (ASVS 5.0 6.3.3). Judged by the account and not by the session: while a password
// alone opens it, whoever has the password would have the role, however its owner came in today.
import type { Description } from "../../../description/schema.ts";
import type { StaffGrant } from "../store.ts";

/** A password opens the account and no code is asked for beside it. */
export async function opensByPasswordAlone(grant: StaffGrant, id: string): Promise<boolean> {
  const account = await grant
    .selectFrom("account")
    .select("password_hash")
    .where("subject_id", "=", id)
    .executeTakeFirst();
  if (!account?.password_hash) return false;
  const factor = await grant
    .selectFrom("second_factor")
    .select("subject_id")
    .where("subject_id", "=", id)
    .executeTakeFirst();
  return factor === undefined;
}

const needsTwo = (description: Description, role: string): boolean =>
  Object.hasOwn(description.roles, role) && description.roles[role]?.signIn === "twoFactors";

/** The roles that count now: those that the description knows, and does not withhold. */
export const rolesInUse = (description: Description, roles: readonly string[], byPasswordAlone: boolean): string[] =>
  roles.filter((role) => Object.hasOwn(description.roles, role) && !(byPasswordAlone && needsTwo(description, role)));

/** The roles that wait for a second factor. */
export const rolesWithheld = (description: Description, roles: readonly string[], byPasswordAlone: boolean): string[] =>
  roles.filter((role) => byPasswordAlone && needsTwo(description, role));
