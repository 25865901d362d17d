// Keyed hashes by which an account and its ways are found; without the key a copy of the database tells of nobody.
import type { Gate } from "../../../gate/gate.ts";

/** Upper or lower case, composed or not: one address, one account. */
export const loginMac = (gate: Gate, login: string): Buffer =>
  gate.keys.mac("login", login.trim().normalize("NFC").toLowerCase());

/** Of a passkey's credential id, in base64url. */
export const credentialMac = (gate: Gate, credential: string): Buffer => gate.keys.mac("passkey", credential);

/** However a person writes it: with or without hyphens and spaces, in capitals or not. A code belongs to one account. */
export const codeMac = (gate: Gate, subject: string, code: string): Buffer =>
  gate.keys.mac("recoveryCode", `${subject} ${code.toUpperCase().replace(/[^0-9A-Z]/g, "")}`);

/** OpenID Connect Core 1.0 section 2: issuer and subject together name a person, nothing else does. */
export const identityMac = (gate: Gate, { issuer, sub }: { issuer: string; sub: string }): Buffer =>
  gate.keys.mac("outsideIdentity", JSON.stringify([issuer, sub]));
