// Roles that an account was given and does not have now. Those that ask for two factors (ASVS 5.0 6.3.3) are judged by the account and not by the session: while
// a password alone opens it, whoever has the password would have the role, however its owner came in today. Those that end wait for a last day: a description
// that makes a role one of another organisation's people, or one that only inspects, says so of accounts that were made before it.
import type { Description } from "../../../description/schema.ts";
import { rolesThatEnd } from "../../../policy/lastDay.ts";
import type { StaffGrant } from "../store.ts";

/** What an account's roles depend on beside the description. `endsOn`: its last day, ISO 8601. */
export type Standing = { byPasswordAlone: boolean; endsOn: string | null };
export type Withheld = { role: string; waitsFor: "secondFactor" | "lastDay" };

export const standingOf = async (grant: StaffGrant, id: string, endsOn: string | null): Promise<Standing> => ({
  byPasswordAlone: await opensByPasswordAlone(grant, id),
  endsOn,
});

/** A password opens the account and no code is asked for beside it. */
async function opensByPasswordAlone(grant: StaffGrant, id: string): Promise<boolean> {
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

/** The roles that wait, and for what. `null`: a program's token, which is asked for neither. */
export function rolesWithheld(
  description: Description,
  roles: readonly string[],
  standing: Standing | null,
): Withheld[] {
  const ending = standing?.endsOn === null ? rolesThatEnd(description, roles) : [];
  return roles.flatMap((role): Withheld[] => {
    if (standing?.byPasswordAlone && needsTwo(description, role)) return [{ role, waitsFor: "secondFactor" }];
    return ending.includes(role) ? [{ role, waitsFor: "lastDay" }] : [];
  });
}

/** The roles that count now: those that the description knows, and that do not wait. */
export function rolesInUse(description: Description, roles: readonly string[], standing: Standing | null): string[] {
  const waiting = rolesWithheld(description, roles, standing).map(({ role }) => role);
  return roles.filter((role) => Object.hasOwn(description.roles, role) && !waiting.includes(role));
}
