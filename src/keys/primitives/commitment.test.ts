import assert from "node:assert/strict";
import { createCipheriv, type KeyObject, randomBytes } from "node:crypto";
import { test } from "node:test";
import { decrypt, newKey, nonceBytes, tagBytes } from "./aead.ts";
import { envelopeHeadBytes, envelopeKey, newEnvelope, openEnvelope, sealEnvelope } from "./envelope.ts";

/** GF(2^128) as GHASH has it (NIST SP 800-38D 6.3): the first bit of the block is the constant term. */
const one = 1n << 127n;
const modulus = 0xe1n << 120n;
function times(x: bigint, y: bigint): bigint {
  let [product, factor] = [0n, y];
  for (let bit = 127n; bit >= 0n; bit -= 1n) {
    if ((x >> bit) & 1n) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ modulus : factor >> 1n;
  }
  return product;
}
function power(x: bigint, exponent: bigint): bigint {
  let [result, base] = [one, x];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = times(result, base);
    base = times(base, base);
  }
  return result;
}
const inverse = (x: bigint) => power(x, (1n << 128n) - 2n);
const numberOf = (block: Uint8Array) => BigInt(`0x${Buffer.from(block).toString("hex") || "0"}`);
const blockOf = (number: bigint) => Buffer.from(number.toString(16).padStart(32, "0"), "hex");

function aesBlock(key: KeyObject, block: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-ecb", key, null);
  return cipher.update(block);
}

/** GHASH without associated data, of whole blocks. */
function ghash(key: KeyObject, text: Uint8Array): bigint {
  const h = numberOf(aesBlock(key, Buffer.alloc(16)));
  let hash = 0n;
  for (let at = 0; at < text.length; at += 16) hash = times(hash ^ numberOf(text.subarray(at, at + 16)), h);
  return times(hash ^ BigInt(text.length * 8), h);
}

/** One text with one tag that opens under both keys, each to another content: its last block is solved for. */
function openToBoth(a: KeyObject, b: KeyObject): Buffer {
  const nonce = randomBytes(nonceBytes);
  const text = Buffer.concat([randomBytes(48), Buffer.alloc(16)]);
  const mask = (key: KeyObject) => numberOf(aesBlock(key, Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])])));
  // The last block is multiplied by h twice: by itself and with the length behind it.
  const weight = (key: KeyObject) => power(numberOf(aesBlock(key, Buffer.alloc(16))), 2n);
  const difference = ghash(a, text) ^ mask(a) ^ ghash(b, text) ^ mask(b);
  text.set(blockOf(times(difference, inverse(weight(a) ^ weight(b)))), 48);
  return Buffer.concat([nonce, text, blockOf(ghash(a, text) ^ mask(a))]);
}

test("AES-GCM alone opens one text under two keys; an envelope does not", () => {
  const info = Buffer.from("place");
  const [first, second] = [randomBytes(32), randomBytes(32)];
  const sealed = newEnvelope(first, info);
  const other = newEnvelope(second, info);
  const both = openToBoth(sealed.key, other.key);
  const nothing = new Uint8Array(0);
  const [left, right] = [decrypt(sealed.key, nothing, both), decrypt(other.key, nothing, both)];
  assert.ok(left && right, "premise: the bare cipher opens it under both keys");
  assert.notDeepEqual(left, right, "to two contents");
  for (const head of [sealed.head, other.head]) {
    const opened = [first, second].map((secret) => openEnvelope(secret, info, Buffer.concat([head, both])));
    assert.equal(
      opened.filter((plain) => plain !== null).length,
      1,
      "whichever head is put before it, one of the two opens",
    );
  }
});

test("an envelope opens with its secret in its place, whole and unaltered, and in no other way", () => {
  const [secret, info, plain] = [randomBytes(32), Buffer.from("place"), randomBytes(32)];
  const sealed = sealEnvelope(secret, info, plain);
  assert.equal(sealed.length, plain.length + envelopeHeadBytes + nonceBytes + tagBytes);
  assert.deepEqual(openEnvelope(secret, info, sealed), plain);
  assert.equal(openEnvelope(randomBytes(32), info, sealed), null);
  assert.equal(openEnvelope(secret, Buffer.from("elsewhere"), sealed), null);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const altered = Buffer.from(sealed);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.equal(openEnvelope(secret, info, altered), null, `bit ${bit}`);
  }
  for (let end = 0; end < sealed.length; end += 1)
    assert.equal(openEnvelope(secret, info, sealed.subarray(0, end)), null);
  assert.equal(envelopeKey(newKey().key, info, sealed.subarray(0, envelopeHeadBytes)), null);
});
