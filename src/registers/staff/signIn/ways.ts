// The ways of one account: adding and taking away, never the last that opens the door.
import type { z } from "zod";
import type { Caller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import { hashPassword } from "../../../keys/password.ts";
import { notFound, Problem } from "../../../values/problem.ts";
import { MOST_PASSKEYS } from "../../../values/safety.ts";
import type { StaffGrant } from "../store.ts";
import { makeRecoveryCodes } from "./codes.ts";
import type { readWays } from "./contract.ts";
import { type NewsKind, placeOfNews } from "./news.ts";
import { expectOwnPassword } from "./passwordRules.ts";
import * as store from "./store.ts";
import { stepOf } from "./totp.ts";

/** `outside`: whether there is a sign-in service now, without which an identity there opens nothing. */
export type OutsideNow = () => { label: string } | null;
type Where = { gate: Gate; outside: OutsideNow };

const asked = (caller: Caller, verb: "read" | "change", place = "staff") =>
  ({ register: "staff", verb, place, subject: caller.actor.id }) as const;

/** The one who calls, their rows only. A change that they are told of has its own name in the log. */
const own = <T>(
  gate: Gate,
  caller: Caller,
  as: "read" | "change" | NewsKind,
  work: (grant: StaffGrant) => Promise<T>,
) =>
  gate.serving(
    caller,
    as === "read" || as === "change" ? asked(caller, as) : asked(caller, "change", placeOfNews(as)),
    work,
  );

export function waysOf(gate: Gate, caller: Caller): Promise<z.input<typeof readWays.response>> {
  return own(gate, caller, "read", async (grant) => {
    const account = await store.lockAccount(grant);
    if (!account) throw notFound();
    const factor = await store.secondFactorOf(grant);
    const passkeys = await store.listPasskeys(grant);
    const outside = await store.listOutside(grant);
    return {
      login: account.login,
      endsOn: account.endsOn,
      password: account.passwordHash === null ? null : { changedAt: account.passwordAt?.toISOString() ?? null },
      passkeys: passkeys.map(({ createdAt, usedAt, ...rest }) => ({
        ...rest,
        createdAt: createdAt.toISOString(),
        usedAt: usedAt?.toISOString() ?? null,
      })),
      secondFactor: factor && {
        since: factor.since.toISOString(),
        codesLeft: await store.recoveryCodesLeft(grant),
      },
      outside: outside.map(({ createdAt, ...rest }) => ({ ...rest, createdAt: createdAt.toISOString() })),
    };
  });
}

/** Throws `passwordCommon`. */
export async function changePassword(gate: Gate, caller: Caller, password: string): Promise<void> {
  const account = await own(gate, caller, "read", store.lockAccount);
  if (!account) throw notFound();
  expectOwnPassword(password, wordsAround(gate, account));
  const hash = await hashPassword(password);
  await own(gate, caller, "passwordSet", (grant) => store.setPassword(grant, hash));
}

/** Words of the company and of the person: the first that anybody would try. */
export const wordsAround = (gate: Gate, { name, login }: { name: string; login: string }): string[] => {
  const { controller } = gate.inForce().description;
  return [controller.name, controller.businessId, name, ...login.split(/[@.]/)];
};

/** What removing takes away, judged by what is left after it in one transaction. Throws `lastWay`, `notFound`. */
export const removeWay = (
  { gate, outside }: Where,
  caller: Caller,
  as: NewsKind,
  remove: (grant: StaffGrant) => Promise<boolean>,
): Promise<void> =>
  own(gate, caller, as, async (grant) => {
    await store.lockAccount(grant);
    if (!(await remove(grant))) throw notFound();
    const left = await store.countWays(grant);
    if (left.password + left.passkeys + (outside() ? left.outside : 0) === 0) throw new Problem("lastWay", 409);
    // Codes stand beside a password: without one nobody asks for them.
    if (left.password === 0) await store.removeSecondFactor(grant);
  });

/** Throws `passkeyKnown` and `tooManyPasskeys`. */
export const keepPasskey = (gate: Gate, caller: Caller, passkey: store.NewPasskey): Promise<string> =>
  own(gate, caller, "passkeyAdded", async (grant) => {
    if ((await store.countWays(grant)).passkeys >= MOST_PASSKEYS)
      throw new Problem("tooManyPasskeys", 409, { count: MOST_PASSKEYS });
    if (!(await store.addPasskey(grant, passkey))) throw new Problem("passkeyKnown", 409);
    return passkey.id;
  });

/** The code shows that the app has the secret; that code is used up by it. Throws `codeWrong`, `passwordFirst`. */
export const keepSecondFactor = (gate: Gate, caller: Caller, secret: string, code: string): Promise<string[]> =>
  own(gate, caller, "factorOn", async (grant) => {
    if ((await store.countWays(grant)).password === 0) throw new Problem("passwordFirst", 409);
    const step = stepOf(secret, code.replace(/\s/g, ""), grant.at);
    if (step === null) throw new Problem("codeWrong", 422);
    await store.setSecondFactor(grant, secret, step);
    return makeRecoveryCodes(gate, grant);
  });

export const renewCodes = (gate: Gate, caller: Caller): Promise<string[]> =>
  own(gate, caller, "codesRenewed", async (grant) => {
    if (!(await store.secondFactorOf(grant))) throw notFound();
    return makeRecoveryCodes(gate, grant);
  });

export const takeSecondFactor = (gate: Gate, caller: Caller): Promise<void> =>
  own(gate, caller, "factorOff", async (grant) => {
    if (!(await store.removeSecondFactor(grant))) throw notFound();
  });

export const renamePasskey = (gate: Gate, caller: Caller, id: string, label: string): Promise<void> =>
  own(gate, caller, "change", async (grant) => {
    if (!(await store.renamePasskey(grant, id, label))) throw notFound();
  });

/** What the browser must know to make or to use a passkey of the one who calls. */
export const forPasskeys = (gate: Gate, caller: Caller) =>
  gate.serving(caller, { ...asked(caller, "read"), silent: true }, async (grant) => {
    const account = await store.lockAccount(grant);
    if (!account) throw notFound();
    return { account, has: await store.credentialsOf(grant) };
  });
