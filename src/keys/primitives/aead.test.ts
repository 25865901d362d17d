import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { decrypt, encrypt, encryptWith, newKey, secretKey } from "./aead.ts";
import { hex, noVectors, vectors } from "./wycheproof.test-data.ts";

test("Wycheproof AES-GCM through the wrapper", { skip: noVectors }, (context) => {
  const count = { accepted: 0, rejected: 0, outOfPolicy: 0 };
  for (const group of vectors("aes_gcm_test.json")) {
    for (const { tcId, key, iv, aad, msg, ct, tag, result } of group.tests) {
      const box = hex(iv + ct + tag);
      if (group.keySize !== 256) {
        assert.throws(() => secretKey(hex(key)), RangeError, `case ${tcId}`);
        count.outOfPolicy += 1;
      } else if (group.ivSize !== 96 || group.tagSize !== 128) {
        if (result === "valid") assert.equal(decrypt(secretKey(hex(key)), hex(aad), box), null, `case ${tcId}`);
        assert.throws(() => encryptWith(secretKey(hex(key)), hex(iv), hex(aad), hex(msg)), RangeError, `case ${tcId}`);
        count.outOfPolicy += 1;
      } else if (result === "valid") {
        assert.deepEqual(encryptWith(secretKey(hex(key)), hex(iv), hex(aad), hex(msg)), box, `case ${tcId}`);
        assert.deepEqual(decrypt(secretKey(hex(key)), hex(aad), box), hex(msg), `case ${tcId}`);
        count.accepted += 1;
      } else {
        assert.equal(decrypt(secretKey(hex(key)), hex(aad), box), null, `case ${tcId}`);
        count.rejected += 1;
      }
    }
  }
  context.diagnostic(JSON.stringify(count));
  assert.ok(count.accepted > 30 && count.rejected > 20, "enough vectors were run");
});

test("a box with any bit flipped, any byte missing or another tag length does not open", () => {
  const { key } = newKey();
  const associated = randomBytes(100);
  let refused = 0;
  for (const length of [0, 1, 15, 16, 17, 40]) {
    const plain = randomBytes(length);
    const box = encrypt(key, associated, plain);
    assert.deepEqual(decrypt(key, associated, box), plain);
    for (let bit = 0; bit < box.length * 8; bit += 1) {
      const altered = Buffer.from(box);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(decrypt(key, associated, altered), null);
      refused += 1;
    }
    for (let end = 0; end < box.length; end += 1) assert.equal(decrypt(key, associated, box.subarray(0, end)), null);
  }
  assert.ok(refused > 2000);
});

test("no nonce is given twice", () => {
  const { key } = newKey();
  const nonces = new Set<string>();
  for (let count = 0; count < 5000; count += 1)
    nonces.add(encrypt(key, Buffer.alloc(0), Buffer.alloc(0)).subarray(0, 12).toString("hex"));
  assert.equal(nonces.size, 5000);
});
