// Signing in: the same time and the same answer whether or not there is such an account, and every attempt in the log.
import type { z } from "zod";
import type { Visit } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { hashPassword, isOutdated, verifyPassword } from "../../keys/password.ts";
import { Problem } from "../../values/problem.ts";
import type { signIn } from "./contract.ts";
import type { SomebodySignedIn } from "./me.ts";
import { findLogin, rolesOf, setPasswordHash } from "./store.ts";

type Counted = { waitSeconds(key: string): number; count(key: string): void; forgive(key: string): void };
/** `here`: this sign-in name from this address. `anywhere`: this name from any; short, so that a stranger cannot lock a person out for long. */
export type SignInAttempts = { here: Counted; anywhere: Counted };

/** Hashing takes 64 MiB each: beyond these the server says that it is busy. */
const MOST_AT_ONCE = 40;
let underWay = 0;

/** Upper or lower case, composed or not: one address, one account. */
export const loginMac = (gate: Gate, login: string): Buffer =>
  gate.keys.mac("login", login.trim().normalize("NFC").toLowerCase());

/** Answers who it is. Throws `signInFailed`, `tooManyAttempts` or `busy`. */
export async function signInWith(
  gate: Gate,
  attempts: SignInAttempts,
  { login, password }: z.output<NonNullable<typeof signIn.body>>,
  { caller, request }: Visit,
): Promise<SomebodySignedIn> {
  const about = { verb: "read", register: "staff" };
  const mac = loginMac(gate, login);
  const anywhere = mac.toString("base64url");
  const here = `${anywhere} ${request.ip}`;
  const seconds = Math.max(attempts.here.waitSeconds(here), attempts.anywhere.waitSeconds(anywhere));
  if (seconds > 0) {
    await gate.noteRefusal(caller, about, "tooMany", "roles");
    throw new Problem("tooManyAttempts", 429, { seconds });
  }
  if (underWay >= MOST_AT_ONCE) throw new Problem("busy", 503);
  attempts.here.count(here);
  attempts.anywhere.count(anywhere);

  const silent = { register: "staff", verb: "read", place: "roles", silent: true } as const;
  const found = await gate.serving(caller, silent, (grant) => findLogin(grant, mac));
  underWay++;
  const fits = await verifyPassword(password, found?.passwordHash ?? null).finally(() => underWay--);
  if (!fits || !found || found.disabled) {
    await gate.noteRefusal(caller, about, "signIn", "roles", found ? [found.id] : []);
    throw new Problem("signInFailed", 401);
  }
  attempts.here.forgive(here);
  attempts.anywhere.forgive(anywhere);

  const newer = isOutdated(found.passwordHash) ? await hashPassword(password) : null;
  const unknownRoles: SomebodySignedIn = { kind: "staff", id: found.id, roles: [] };
  const ask = { register: "staff", verb: "read", place: "roles", subject: found.id } as const;
  const roles = await gate.serving({ ...caller, actor: unknownRoles }, ask, async (grant) => {
    if (newer !== null) await setPasswordHash(grant, newer);
    return rolesOf(grant, found.id);
  });
  const known = gate.inForce().description.roles;
  return { ...unknownRoles, roles: roles.filter((role) => Object.hasOwn(known, role)) };
}
