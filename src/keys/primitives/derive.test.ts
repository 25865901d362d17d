import assert from "node:assert/strict";
import { test } from "node:test";
import { secretKey } from "./aead.ts";
import { hkdf, hmac, sameBytes } from "./derive.ts";
import { hex, noVectors, vectors } from "./wycheproof.test-data.ts";

test("Wycheproof HMAC-SHA-256 through the wrapper", { skip: noVectors }, (context) => {
  const count = { accepted: 0, rejected: 0, outOfPolicy: 0 };
  for (const group of vectors("hmac_sha256_test.json")) {
    for (const { tcId, key, msg, tag, result } of group.tests) {
      if (group.keySize !== 256) {
        assert.throws(() => secretKey(hex(key)), RangeError);
        count.outOfPolicy += 1;
        continue;
      }
      const mac = hmac(secretKey(hex(key)), hex(msg)).subarray(0, group.tagSize / 8);
      assert.equal(sameBytes(mac, hex(tag)), result === "valid", `case ${tcId}`);
      count[result === "valid" ? "accepted" : "rejected"] += 1;
    }
  }
  context.diagnostic(JSON.stringify(count));
  assert.ok(count.accepted > 20 && count.rejected > 20, "enough vectors were run");
});

test("Wycheproof HKDF-SHA-256 through the wrapper", { skip: noVectors }, (context) => {
  const count = { accepted: 0, rejected: 0 };
  for (const { tests } of vectors("hkdf_sha256_test.json")) {
    for (const { tcId, ikm, salt, info, size, okm, result } of tests) {
      if (result === "invalid") {
        assert.throws(() => hkdf(hex(ikm), hex(salt), hex(info), size), `case ${tcId}`);
        count.rejected += 1;
      } else {
        assert.deepEqual(hkdf(hex(ikm), hex(salt), hex(info), size), hex(okm), `case ${tcId}`);
        count.accepted += 1;
      }
    }
  }
  context.diagnostic(JSON.stringify(count));
  assert.ok(count.accepted > 50 && count.rejected > 0, "enough vectors were run");
});
