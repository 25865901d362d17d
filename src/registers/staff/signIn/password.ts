// A password: the same time and the same answer whether or not there is such an account, and every attempt in the log.
import type { z } from "zod";
import type { Visit } from "../../../api/serve.ts";
import type { Gate } from "../../../gate/gate.ts";
import { hashPassword, isOutdated, verifyPassword } from "../../../keys/password.ts";
import { Problem } from "../../../values/problem.ts";
import type { signIn } from "../contract.ts";
import { findLogin } from "../store.ts";
import { refuseSignIn } from "./admit.ts";
import { takeCode } from "./codes.ts";
import type { Way } from "./contract.ts";
import { loginMac } from "./macs.ts";
import type { SignInAttempts } from "./sessions.ts";
import { renewHash, secondFactorOf } from "./store.ts";

/** Hashing takes 64 MiB each: beyond these the server says that it is busy. */
const MOST_AT_ONCE = 40;
let underWay = 0;

type Found = { id: string; passwordHash: string | null };
/** `recovery`: a recovery code was used up by it. */
type Known = { id: string; way: Way; recovery: boolean };
type Typed = { password: string; code?: string | undefined };
const SILENT = { register: "staff", verb: "read", place: "roles", silent: true } as const;

/** Answers whose account it is. Throws `signInFailed`, `secondFactorNeeded`, `codeWrong`, `tooManyAttempts` or `busy`. */
export async function signInWith(
  gate: Gate,
  attempts: SignInAttempts,
  { login, ...typed }: z.output<NonNullable<typeof signIn.body>>,
  visit: Visit,
): Promise<Known> {
  const mac = loginMac(gate, login);
  const find = () => gate.serving(visit.caller, SILENT, (grant) => findLogin(grant, mac));
  return checked(gate, attempts, { key: mac.toString("base64url"), find, typed }, visit);
}

/** That one who is signed in is still themselves. Throws as `signInWith`. */
export function proveWith(
  gate: Gate,
  attempts: SignInAttempts,
  id: string,
  typed: Typed,
  visit: Visit,
): Promise<Known> {
  const find = () =>
    gate.serving(visit.caller, { ...SILENT, subject: id }, async (grant) => {
      const row = await grant.selectFrom("account").select("password_hash").executeTakeFirst();
      return row ? { id, passwordHash: row.password_hash } : null;
    });
  return checked(gate, attempts, { key: `proof ${id}`, find, typed }, visit);
}

async function checked(
  gate: Gate,
  attempts: SignInAttempts,
  { key, find, typed }: { key: string; find: () => Promise<Found | null>; typed: Typed },
  { caller, request }: Visit,
): Promise<Known> {
  const here = `${key} ${request.ip}`;
  await expectFew(gate, caller, Math.max(attempts.here.waitSeconds(here), attempts.anywhere.waitSeconds(key)));
  if (underWay >= MOST_AT_ONCE) throw new Problem("busy", 503);
  attempts.here.count(here);
  attempts.anywhere.count(key);

  const found = await find();
  underWay++;
  const fits = await verifyPassword(typed.password, found?.passwordHash ?? null).finally(() => underWay--);
  if (!fits || !found?.passwordHash) return refuseSignIn(gate, caller, found ? [found.id] : []);
  const { id, passwordHash } = found;
  const code = await checkCode(gate, attempts, id, typed.code, caller);
  attempts.here.forgive(here);
  attempts.anywhere.forgive(key);

  if (isOutdated(passwordHash)) {
    const newer = await hashPassword(typed.password);
    await gate.serving(caller, { ...SILENT, verb: "change", subject: id }, (grant) => renewHash(grant, newer));
  }
  return { id, way: code === null ? "password" : "passwordAndCode", recovery: code === "recovery" };
}

/** Only whoever knows the password learns that a code is asked for. null: none is. */
async function checkCode(
  gate: Gate,
  attempts: SignInAttempts,
  id: string,
  code: string | undefined,
  caller: Visit["caller"],
): Promise<"app" | "recovery" | null> {
  const ofOne = { ...SILENT, subject: id } as const;
  const factor = await gate.serving(caller, ofOne, secondFactorOf);
  if (!factor) return null;
  if (code === undefined || code === "") throw new Problem("secondFactorNeeded", 401);
  await expectFew(gate, caller, attempts.code.waitSeconds(id));
  attempts.code.count(id);
  const used = await gate.serving(caller, { ...ofOne, verb: "change" }, (grant) => takeCode(gate, grant, code));
  if (used === null) return refuseSignIn(gate, caller, [id], "codeWrong");
  attempts.code.forgive(id);
  return used;
}

async function expectFew(gate: Gate, caller: Visit["caller"], seconds: number): Promise<void> {
  if (seconds === 0) return;
  await gate.noteRefusal(caller, { verb: "read", register: "staff" }, "tooMany", "roles");
  throw new Problem("tooManyAttempts", 429, { seconds });
}
