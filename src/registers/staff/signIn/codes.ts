// The second factor beside a password: a code of an authenticator app, or one of the recovery codes.
import type { Gate } from "../../../gate/gate.ts";
import { randomCode } from "../../../keys/token.ts";
import { RECOVERY_CODES } from "../../../values/safety.ts";
import type { StaffGrant } from "../store.ts";
import { codeMac } from "./macs.ts";
import { replaceRecoveryCodes, secondFactorOf, takeRecoveryCode, takeStep } from "./store.ts";
import { stepOf } from "./totp.ts";

/** What the code was, where it is the grant's subject's and was never used. */
export async function takeCode(gate: Gate, grant: StaffGrant, code: string): Promise<"app" | "recovery" | null> {
  const factor = await secondFactorOf(grant);
  if (!factor) return null;
  const digits = code.replace(/\s/g, "");
  const step = stepOf(factor.secret, digits, grant.at);
  if (step !== null) return (await takeStep(grant, step)) ? "app" : null;
  if (/^\d*$/.test(digits)) return null;
  return (await takeRecoveryCode(grant, codeMac(gate, grant.subject, code))) ? "recovery" : null;
}

/** New ones of the grant's subject; the texts are told once, and only their keyed hashes stay. */
export async function makeRecoveryCodes(gate: Gate, grant: StaffGrant): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, randomCode);
  await replaceRecoveryCodes(
    grant,
    codes.map((code) => codeMac(gate, grant.subject, code)),
  );
  return codes;
}
