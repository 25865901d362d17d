import type { KeyObject } from "node:crypto";
import { KeyringFault } from "../fault.ts";
import { decrypt, encryptWith, nonceBytes, tagBytes } from "./aead.ts";

/** What one chunk holds; only the last may hold less, and only of nothing at all is it empty. */
export const chunkBytes = 64 * 1024;
const sealedChunkBytes = chunkBytes + tagBytes;
const nothing = new Uint8Array(0);

/**
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is the number of the chunk and whether it is the last, so
 * that chunks left out, added, repeated or moved do not open. The key must be of this one content, since its nonces begin at 0.
 */
export async function* sealChunks(key: KeyObject, plain: Source): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { bytes, last } of cut(plain, chunkBytes)) {
    yield encryptWith(key, nonceOf(number, last), nothing, bytes).subarray(nonceBytes);
    number += 1;
  }
}

/** Each chunk when it is known to be genuine; that nothing is missing, at the end only. Throws `tampered`. */
export async function* openChunks(key: KeyObject, sealed: Source): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { bytes, last } of cut(sealed, sealedChunkBytes)) {
    const plain = decrypt(key, nothing, Buffer.concat([nonceOf(number, last), bytes]));
    if (!plain || (plain.length === 0 && number > 0)) throw new KeyringFault("tampered");
    yield plain;
    number += 1;
  }
}

export type Source = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** The same bytes in pieces of one size; at least one piece, the last marked and never empty behind another. */
async function* cut(source: Source, size: number): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    held.push(part);
    length += part.length;
    if (length <= size) continue;
    const whole = Buffer.concat(held);
    let at = 0;
    // One piece is kept back: whether it is the last is not known yet.
    for (; whole.length - at > size; at += size) yield { bytes: whole.subarray(at, at + size), last: false };
    held = [whole.subarray(at)];
    length = whole.length - at;
  }
  yield { bytes: Buffer.concat(held), last: true };
}
