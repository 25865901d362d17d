// Accounts come from invitations only; the first one is printed by the server itself.
import type { z } from "zod";
import type { Visit } from "../../api/serve.ts";
import { type Caller, systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { hashPassword } from "../../keys/password.ts";
import { digest, randomToken } from "../../keys/token.ts";
import { invalid, notFound, Problem } from "../../values/problem.ts";
import { newId } from "../../values/Uuid.ts";
import type { changeAccount, redeemInvitation } from "./contract.ts";
import {
  addInvitation,
  isOpenInvitation,
  useInvitation,
  withdrawInvitations,
  withdrawInvitationsOf,
} from "./invitationStore.ts";
import type { SomebodySignedIn } from "./me.ts";
import { endSessionsOf } from "./sessionStore.ts";
import { loginMac } from "./signIn.ts";
import { addAccount, findAccount, hasAccounts, holdersOf, replaceRoles, setDisabled } from "./store.ts";

const INVITATION_MS = 48 * 3600_000;
const ask = { register: "staff", verb: "collect", place: "roles" } as const;

/** A link that works once, for two days. Throws `invalid.role` for a role the description does not know. */
export async function inviteAccount(
  gate: Gate,
  caller: Caller,
  roles: readonly string[],
): Promise<{ secret: string; endsAt: Date }> {
  checkRoles(gate, roles);
  const secret = randomToken();
  const endsAt = new Date(gate.clock.now().getTime() + INVITATION_MS);
  await gate.serving(caller, ask, (grant) => addInvitation(grant, { digest: digest(secret), roles, endsAt }));
  return { secret, endsAt };
}

/** The invitation of the first account, with every role that keeps something of the register; null where an account exists. Earlier ones stop working. */
export async function inviteFirst(gate: Gate): Promise<string | null> {
  const caller: Caller = systemCaller("start");
  const { roles } = gate.inForce().description;
  const keepers = Object.keys(roles).filter((id) => roles[id]?.keeps.includes("accounts"));
  const secret = randomToken();
  return gate.serving(caller, ask, async (grant) => {
    if (await hasAccounts(grant)) return null;
    await withdrawInvitations(grant);
    const endsAt = new Date(gate.clock.now().getTime() + INVITATION_MS);
    await addInvitation(grant, { digest: digest(secret), roles: keepers, endsAt });
    return secret;
  });
}

/** Makes the account and answers who it is. Throws `invitationSpent` and `loginTaken`. */
export async function redeem(
  gate: Gate,
  body: z.output<NonNullable<typeof redeemInvitation.body>>,
  { caller }: Visit,
): Promise<SomebodySignedIn> {
  const hash = digest(body.secret);
  const look = { ...ask, verb: "read", silent: true } as const;
  // Asked before the costly hash of the password, so that strangers cannot keep the server busy.
  if (!(await gate.serving(caller, look, (grant) => isOpenInvitation(grant, hash)))) await spent(gate, caller);
  const passwordHash = await hashPassword(body.password);
  const id = newId();
  const roles = await gate.serving(caller, { ...ask, subject: id }, async (grant) => {
    const given = await useInvitation(grant, hash);
    if (given === null) throw new Problem("invitationSpent", 410);
    const { name, login, language } = body;
    await addAccount(grant, {
      name,
      login,
      loginMac: loginMac(gate, login),
      passwordHash,
      language,
      roles: given,
      by: id,
    });
    return given;
  });
  const known = gate.inForce().description.roles;
  return { kind: "staff", id, roles: roles.filter((role) => Object.hasOwn(known, role)) };
}

async function spent(gate: Gate, caller: Caller): Promise<never> {
  await gate.noteRefusal(caller, { verb: "collect", register: "staff" }, "signIn", "roles");
  throw new Problem("invitationSpent", 410);
}

/** One change after another: two keepers who close each other at once must not both succeed. */
let turn: Promise<unknown> = Promise.resolve();

/** Throws `lastKeeper` where nobody would be left who can look after accounts. */
export function changeAccountOf(...change: Parameters<typeof changeNow>): Promise<void> {
  const mine = turn.then(() => changeNow(...change));
  turn = mine.catch(() => undefined);
  return mine;
}

async function changeNow(
  gate: Gate,
  caller: Caller,
  id: string,
  change: z.output<NonNullable<typeof changeAccount.body>>,
): Promise<void> {
  if (change.roles) checkRoles(gate, change.roles);
  const { roles } = gate.inForce().description;
  const keepers = Object.keys(roles).filter((role) => roles[role]?.keeps.includes("accounts"));
  await gate.serving(caller, { register: "staff", verb: "change", place: "roles" }, async (grant) => {
    if (!(await findAccount(grant, id))) throw notFound();
    const before = await holdersOf(grant, keepers);
    const stays = !change.disabled && (change.roles?.some((role) => keepers.includes(role)) ?? true);
    if (!stays && before.includes(id) && before.length === 1) throw new Problem("lastKeeper", 409);
  });
  await gate.serving(caller, { register: "staff", verb: "change", place: "roles", subject: id }, async (grant) => {
    if (change.roles) await replaceRoles(grant, change.roles, caller.actor.id);
    if (change.disabled !== undefined) await setDisabled(grant, change.disabled);
    if (change.disabled) await endSessionsOf(grant);
    const keeps = change.roles?.some((role) => keepers.includes(role)) ?? true;
    if (change.disabled || !keeps) await withdrawInvitationsOf(grant, id);
  });
}

function checkRoles(gate: Gate, roles: readonly string[]): void {
  const known = gate.inForce().description.roles;
  if (!roles.every((role) => Object.hasOwn(known, role))) throw invalid("role");
}
