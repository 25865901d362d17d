import { createHash, randomBytes, randomInt } from "node:crypto";

/** 256 random bits as base64url (43 characters): sessions, bearer tokens, one-time links. Store only its `digest`. */
export const randomToken = (): string => randomBytes(32).toString("base64url");

/** Crockford's base32: no letter that could be taken for a digit. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 120 random bits in six groups of four, for a person to keep on paper: enough that a fast hash of it is safe (ASVS 5.0 6.5.2). */
export const randomCode = (): string =>
  Array.from(randomBytes(24), (byte, n) => `${n > 0 && n % 4 === 0 ? "-" : ""}${LETTERS[byte % 32]}`).join("");

/** So many random digits, for a person to copy from a letter: guessable, so tried few times and kept as a `mac` only. */
export const randomDigits = (length: number): string => Array.from({ length }, () => randomInt(10)).join("");

/** SHA-256, 32 bytes. For tokens of full entropy and for content; guessable things take `mac`, passwords `hashPassword`. */
export const digest = (content: string | Uint8Array): Buffer => createHash("sha256").update(content).digest();

/** SHA-256 in 64 hex digits, for printing beside what it is the hash of. */
export const digestHex = (content: string | Uint8Array): string => digest(content).toString("hex");
