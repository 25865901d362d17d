import { argon2, randomBytes } from "node:crypto";
import { sameBytes } from "./primitives/derive.ts";

/** Argon2id (RFC 9106): 64 MiB, three passes, one lane; about a tenth of a second, outside the event loop. */
const cost: Argon2Cost = { memory: 65_536, passes: 3, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;
/** A stored hash that asks for more than this is refused: it would be a way to exhaust the memory. */
const limits = { memory: 1_048_576, passes: 16, parallelism: 8 };
/** Each takes 64 MiB: sign-ins wait for each other rather than the machine running out of memory. */
const atOnce = 2;

/** PHC string `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`. The password is normalised (NFC), so any keyboard gives the same. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return phc(cost, salt, await argon2id(password, salt, cost, hashBytes));
}

/** Whether the password fits. null (no such account) and an unreadable hash cost the same work and give false. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const known = stored === null ? null : parse(stored);
  const { salt, hash, cost: asked } = known ?? { salt: Buffer.alloc(saltBytes), hash: Buffer.alloc(hashBytes), cost };
  const derived = await argon2id(password, salt, asked, hash.length);
  return sameBytes(derived, hash) && known !== null;
}

/** True when a hash was made with other costs than today's: make it anew at the next sign-in. */
export function isOutdated(stored: string): boolean {
  const known = parse(stored);
  return !known || phc(cost, known.salt, known.hash) !== stored;
}

/** `memory` in KiB. */
export type Argon2Cost = { memory: number; passes: number; parallelism: number };

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

const phc = ({ memory, passes, parallelism }: Argon2Cost, salt: Uint8Array, hash: Uint8Array) =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;

const phcShape = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,86})$/;

function parse(stored: string): { cost: Argon2Cost; salt: Buffer; hash: Buffer } | null {
  const [, memory, passes, parallelism, salt = "", hash = ""] = phcShape.exec(stored) ?? [];
  const asked = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return isBearable(asked)
    ? { cost: asked, salt: Buffer.from(salt, "base64"), hash: Buffer.from(hash, "base64") }
    : null;
}

/** Whether costs that stand in a file are within what a machine can be asked for. */
export const isBearable = ({ memory, passes, parallelism }: Argon2Cost): boolean =>
  passes >= 1 &&
  passes <= limits.passes &&
  parallelism >= 1 &&
  parallelism <= limits.parallelism &&
  memory >= 8 * parallelism &&
  memory <= limits.memory;

let running = 0;
const waiting: (() => void)[] = [];

/** Argon2id of the password in NFC, `tagLength` bytes. */
export async function argon2id(
  password: string,
  nonce: Uint8Array,
  asked: Argon2Cost,
  tagLength: number,
): Promise<Buffer> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const message = Buffer.from(password.normalize("NFC"));
      argon2("argon2id", { message, nonce, tagLength, ...asked }, (error, derived) =>
        error ? reject(error) : resolve(derived),
      );
    });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
