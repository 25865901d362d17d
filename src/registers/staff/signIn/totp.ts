// Codes of an authenticator app (RFC 6238): six digits, thirty seconds, SHA-1 as every app knows it.
import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";

const PERIOD_SECONDS = 30;
const PERIOD_MS = PERIOD_SECONDS * 1000;

/** 160 random bits in base32 (RFC 4226 section 4 R6). */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** The address that an app reads, and the rows of its QR code ("1" is dark). */
export function shown(secret: string, company: string, login: string): { uri: string; code: string[] } {
  const uri = totp(secret, company, login).toString();
  const { data } = encode(uri, { ecc: "M", border: 0 });
  return { uri, code: data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")) };
}

/** The time step whose code it is: this one, or the one before for a code that was on its way (section 5.2); null where it is neither. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const step = Math.floor(now.getTime() / PERIOD_MS);
  const away = totp(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return away === null || away > 0 ? null : step + away;
}

const totp = (secret: string, issuer = "", label = "") =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_SECONDS });
