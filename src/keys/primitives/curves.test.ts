import assert from "node:assert/strict";
import { test } from "node:test";
import { agreed, isSignature, newSeed, privateKey, publicBytes, publicKey, signature } from "./curves.ts";
import { hex, noVectors, vectors } from "./wycheproof.test-data.ts";

test("Wycheproof Ed25519 through the wrapper", { skip: noVectors }, (context) => {
  const count = { accepted: 0, rejected: 0, skipped: 0 };
  for (const { publicKey: key, tests } of vectors("ed25519_test.json")) {
    for (const { tcId, msg, sig, result } of tests) {
      assert.equal(isSignature(hex(key.pk), hex(msg), hex(sig)), result === "valid", `case ${tcId}`);
      count[result === "valid" ? "accepted" : "rejected"] += 1;
    }
  }
  context.diagnostic(JSON.stringify(count));
  assert.deepEqual(count, { accepted: 88, rejected: 63, skipped: 0 });
});

test("Wycheproof X25519 through the wrapper: an agreement that everybody knows is none", {
  skip: noVectors,
}, (context) => {
  const count = { accepted: 0, rejected: 0, skipped: 0 };
  for (const { tests } of vectors("x25519_test.json")) {
    for (const { tcId, public: other, private: own, shared, flags } of tests) {
      const secret = agreed(privateKey("x25519", hex(own)), hex(other));
      const known = flags.includes("ZeroSharedSecret");
      assert.deepEqual(secret, known ? null : hex(shared), `case ${tcId}`);
      count[known ? "rejected" : "accepted"] += 1;
    }
  }
  context.diagnostic(JSON.stringify(count));
  // The rejected ones are classified "acceptable": RFC 7748 section 6.1 leaves it to us, and we refuse.
  assert.deepEqual(count, { accepted: 487, rejected: 31, skipped: 0 });
});

test("what one signs the other verifies; what they agree on is the same; other lengths are refused", () => {
  const [mine, yours] = [newSeed(), newSeed()];
  const signing = privateKey("ed25519", mine);
  const bytes = Buffer.from("checkpoint");
  const signed = signature(signing, bytes);
  assert.equal(signed.length, 64);
  assert.ok(isSignature(publicBytes(signing), bytes, signed));
  assert.ok(!isSignature(publicBytes(privateKey("ed25519", yours)), bytes, signed));
  const [a, b] = [privateKey("x25519", mine), privateKey("x25519", yours)];
  assert.deepEqual(agreed(a, publicBytes(b)), agreed(b, publicBytes(a)));
  assert.throws(() => privateKey("ed25519", mine.subarray(1)), RangeError);
  assert.throws(() => publicKey("x25519", Buffer.alloc(33)), RangeError);
});
