// Accounts come from invitations only; the first one is printed by the server itself.
import type { z } from "zod";
import type { Visit } from "../../api/serve.ts";
import { type Caller, systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { hashPassword } from "../../keys/password.ts";
import { digest, randomToken } from "../../keys/token.ts";
import { rolesThatEnd } from "../../policy/lastDay.ts";
import { addDays, dayInHelsinki, parseDay, startInHelsinki } from "../../values/Day.ts";
import { invalid, notFound, Problem } from "../../values/problem.ts";
import { OUTSIDE_DAYS } from "../../values/safety.ts";
import { newId } from "../../values/Uuid.ts";
import type { changeAccount, Newcomer } from "./contract.ts";
import {
  addInvitation,
  openInvitation,
  useInvitation,
  useWayBack,
  withdrawInvitations,
  withdrawInvitationsOf,
} from "./invitationStore.ts";
import type { SomebodySignedIn } from "./me.ts";
import { endSessionsOf } from "./sessionStore.ts";
import { loginMac } from "./signIn/macs.ts";
import { placeOfNews } from "./signIn/news.ts";
import { expectOwnPassword } from "./signIn/passwordRules.ts";
import { lockAccount, setPassword } from "./signIn/store.ts";
import { wordsAround } from "./signIn/ways.ts";
import { rolesInUse, standingOf } from "./signIn/withheld.ts";
import {
  addAccount,
  endedBefore,
  findAccount,
  hasAccounts,
  holdersOf,
  replaceRoles,
  rolesOf,
  type StaffGrant,
  setDisabled,
  setEndsOn,
} from "./store.ts";

const INVITATION_MS = 48 * 3600_000;
const ask = { register: "staff", verb: "collect", place: "roles" } as const;

/**
 * A link that works once, for two days. `endsOn`: the last day of the account. Throws `invalid.role` for a role the description does not know, and as
 * `expectEnd` does.
 */
export async function inviteAccount(
  gate: Gate,
  caller: Caller,
  roles: readonly string[],
  endsOn: string | null = null,
): Promise<{ secret: string; endsAt: Date }> {
  checkRoles(gate, roles);
  expectEnd(gate, roles, endsOn);
  const secret = randomToken();
  const endsAt = new Date(gate.clock.now().getTime() + INVITATION_MS);
  const invitation = { digest: digest(secret), roles, endsAt, accountEndsOn: endsOn };
  await gate.serving(caller, ask, (grant) => addInvitation(grant, invitation));
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
    await addInvitation(grant, { digest: digest(secret), roles: keepers, endsAt, accountEndsOn: null });
    return secret;
  });
}

/** What the newcomer will sign in with, made before the account is; `id` of the account where the way names it already. */
export type FirstWay = {
  id?: string;
  passwordHash: string | null;
  add: (grant: StaffGrant) => Promise<void>;
};

/** Makes the account and answers who it is. Throws `invitationSpent` and `loginTaken`. */
export async function redeem(
  gate: Gate,
  newcomer: Newcomer,
  makeWay: () => Promise<FirstWay>,
  { caller }: Visit,
): Promise<SomebodySignedIn> {
  // Asked before the costly hash of a password, so that strangers cannot keep the server busy.
  await expectOpen(gate, newcomer.secret, caller);
  const way = await makeWay();
  const id = way.id ?? newId();
  const { name, login, language } = newcomer;
  const roles = await gate.serving(caller, { ...ask, subject: id }, async (grant) => {
    const given = await useInvitation(grant, digest(newcomer.secret));
    if (given === null) throw new Problem("invitationSpent", 410);
    await addAccount(grant, {
      name,
      login,
      loginMac: loginMac(gate, login),
      passwordHash: way.passwordHash,
      language,
      roles: given.roles,
      endsOn: given.endsOn,
      by: id,
    });
    await way.add(grant);
    return rolesInUse(gate.inForce().description, given.roles, await standingOf(grant, id, given.endsOn));
  });
  return { kind: "staff", id, roles };
}

/** Throws `invitationSpent` where the link makes no account (any more). */
export async function expectOpen(gate: Gate, secret: string, caller: Caller): Promise<void> {
  const look = { ...ask, verb: "read", silent: true } as const;
  const open = await gate.serving(caller, look, (grant) => openInvitation(grant, digest(secret)));
  if (open === null || open.accountId !== null) await spent(gate, caller);
}

/** A link with which a colleague who cannot get in chooses a new password; nobody else ever knows it (ASVS 5.0 6.4.6). Throws `notFound`. */
export async function giveWayBack(gate: Gate, caller: Caller, id: string): Promise<{ secret: string; endsAt: Date }> {
  const secret = randomToken();
  const endsAt = new Date(gate.clock.now().getTime() + INVITATION_MS);
  const given = { register: "staff", verb: "change", place: placeOfNews("linkGiven"), subject: id } as const;
  await gate.serving(caller, given, async (grant) => {
    const account = await findAccount(grant, id);
    if (!account || account.disabled) throw notFound();
    await addInvitation(grant, { digest: digest(secret), roles: [], endsAt, accountEndsOn: null, accountId: id });
  });
  return { secret, endsAt };
}

/** Whose account a link lets back into; null where it makes a new one. Throws `invitationSpent`. */
export async function lookAt(gate: Gate, caller: Caller, secret: string): Promise<Back | null> {
  const look = { ...ask, verb: "read", silent: true } as const;
  const open = await gate.serving(caller, look, (grant) => openInvitation(grant, digest(secret)));
  if (open === null) return spent(gate, caller);
  const id = open.accountId;
  if (id === null) return null;
  const account = await gate.serving(caller, { ...look, subject: id }, lockAccount);
  return account ? { id, login: account.login, name: account.name } : spent(gate, caller);
}
type Back = { id: string; login: string; name: string };

/**
 * Sets the password of the account that the link is for; its sessions end. Nobody is signed in by it: a code that the account asks for beside the password
 * is asked for as ever (ASVS 5.0 6.4.3). Answers whose it was. Throws `invitationSpent` and `passwordCommon`.
 */
export async function comeBack(gate: Gate, caller: Caller, secret: string, password: string): Promise<string> {
  const known = await lookAt(gate, caller, secret);
  if (known === null) return spent(gate, caller);
  expectOwnPassword(password, wordsAround(gate, known));
  const hash = await hashPassword(password);
  const byLink = { ...ask, verb: "change", place: placeOfNews("passwordByLink"), subject: known.id } as const;
  await gate.serving(caller, byLink, async (grant) => {
    if (!(await useWayBack(grant, digest(secret)))) throw new Problem("invitationSpent", 410);
    await setPassword(grant, hash);
    await endSessionsOf(grant);
  });
  return known.id;
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
  const { roles: given, disabled, endsOn } = change;
  if (given) checkRoles(gate, given);
  const { roles } = gate.inForce().description;
  const keepers = Object.keys(roles).filter((role) => roles[role]?.keeps.includes("accounts"));
  await gate.serving(caller, { register: "staff", verb: "change", place: "roles" }, async (grant) => {
    const account = await findAccount(grant, id);
    if (!account) throw notFound();
    const open = disabled === undefined ? !account.disabled : !disabled;
    const end = endsOn === undefined ? account.endsOn : endsOn;
    // A closed account may stay as it is; one that is open, or opened, has the end that its roles need.
    if (open && (given || endsOn !== undefined || disabled === false))
      expectEnd(gate, given ?? (await rolesOf(grant, id)), end);
    const before = await holdersOf(grant, keepers);
    const stays = !disabled && !endsOn && (given?.some((role) => keepers.includes(role)) ?? true);
    if (!stays && before.includes(id) && before.length === 1) throw new Problem("lastKeeper", 409);
  });
  const place = given ? placeOfNews("rolesChanged") : "roles";
  await gate.serving(caller, { register: "staff", verb: "change", place, subject: id }, async (grant) => {
    if (given) await replaceRoles(grant, given, caller.actor.id);
    if (endsOn !== undefined) await setEndsOn(grant, endsOn, endsOn === null ? null : endOf(endsOn));
    if (disabled !== undefined) await setDisabled(grant, disabled);
    if (disabled) await endSessionsOf(grant);
    const keeps = given?.some((role) => keepers.includes(role)) ?? true;
    if (disabled || !keeps) await withdrawInvitationsOf(grant, id);
  });
}

/** Closes the accounts whose last day has passed, with what they gave. Answers whose. */
export async function closeEnded(gate: Gate): Promise<string[]> {
  const caller = systemCaller("nightly");
  const today = dayInHelsinki(gate.clock.now());
  const look = { register: "staff", verb: "read", place: "staff", silent: true } as const;
  const ended = await gate.serving(caller, look, (grant) => endedBefore(grant, today));
  for (const id of ended)
    await gate.serving(caller, { register: "staff", verb: "change", place: "staff", subject: id }, async (grant) => {
      await setDisabled(grant, true);
      await endSessionsOf(grant);
      await withdrawInvitationsOf(grant, id);
    });
  return ended;
}

/** The moment after which an account whose last day it is does not work. */
export const endOf = (lastDay: string): Date => startInHelsinki(addDays(parseDay(lastDay), 1));

/**
 * People of another organisation and inspectors do not stay by being forgotten (`rolesThatEnd`): their account has a last day, within a year. Throws
 * `endNeeded`, `endTooFar` and `endPassed`.
 */
function expectEnd(gate: Gate, given: readonly string[], endsOn: string | null): void {
  const today = dayInHelsinki(gate.clock.now());
  const ends = rolesThatEnd(gate.inForce().description, given).length > 0;
  if (endsOn === null) {
    if (ends) throw new Problem("endNeeded", 422);
    return;
  }
  if (endsOn < today) throw new Problem("endPassed", 422);
  if (ends && endsOn > addDays(today, OUTSIDE_DAYS)) throw new Problem("endTooFar", 422, { days: OUTSIDE_DAYS });
}

function checkRoles(gate: Gate, roles: readonly string[]): void {
  const known = gate.inForce().description.roles;
  if (!roles.every((role) => Object.hasOwn(known, role))) throw invalid("role");
}
