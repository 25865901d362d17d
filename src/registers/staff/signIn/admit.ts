// The last door of every way in: an account that is open today, with the roles that the description knows.
import type { Caller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import { dayInHelsinki } from "../../../values/Day.ts";
import { Problem } from "../../../values/problem.ts";
import type { SomebodySignedIn } from "../me.ts";
import { findAccount, rolesOf } from "../store.ts";
import { CAME_IN } from "./news.ts";
import { rolesInUse, standingOf } from "./withheld.ts";

const ABOUT = { verb: "read", register: "staff" } as const;

/** Writes down that the person came in, or with another `place` that they were known again. Throws `signInFailed` where the account is closed or its last day has passed. */
export async function admit(gate: Gate, caller: Caller, id: string, place = CAME_IN): Promise<SomebodySignedIn> {
  const nobody: SomebodySignedIn = { kind: "staff", id, roles: [] };
  const today = dayInHelsinki(gate.clock.now());
  const silent = { ...ABOUT, place: "roles", silent: true } as const;
  const account = await gate.serving(caller, silent, (grant) => findAccount(grant, id));
  if (!account || account.disabled || (account.endsOn !== null && account.endsOn < today))
    return refuseSignIn(gate, caller, account ? [id] : []);
  const ask = { ...ABOUT, place, subject: id };
  const { description } = gate.inForce();
  const roles = await gate.serving({ ...caller, actor: nobody }, ask, async (grant) =>
    rolesInUse(description, await rolesOf(grant, id), await standingOf(grant, id, account.endsOn)),
  );
  return { ...nobody, roles };
}

/** The same answer whatever was wrong. */
export async function refuseSignIn(
  gate: Gate,
  caller: Caller,
  subjects: readonly string[],
  code = "signInFailed",
): Promise<never> {
  await gate.noteRefusal(caller, ABOUT, "signIn", "roles", subjects);
  throw new Problem(code, 401);
}
