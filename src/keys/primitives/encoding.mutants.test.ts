// Bytes written, read and sealed at their edges: lengths, ends and shapes.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { KeyringFault } from "../fault.ts";
import { decrypt, encrypt, encryptWith, newKey, secretKey } from "./aead.ts";
import { chunkBytes, openChunks, sealChunks } from "./chunks.ts";
import { agreed, isSignature, newSeed, privateKey, publicBytes, publicKey, signature } from "./curves.ts";
import { derivedKey, hkdf, hkdf512, hmac, sameBytes } from "./derive.ts";
import { encoded, Reader, uuidBytes, uuidText, Writer } from "./encoding.ts";
import { envelopeHeadBytes, envelopeKey, newEnvelope, openEnvelope, sealEnvelope } from "./envelope.ts";

const uuid = "0123abcd-4567-89ef-a0b1-c2d3e4f50617";
const hex = (text: string) => Buffer.from(text, "hex");

test("a UUID is 32 hex digits in five groups, and nothing around them", () => {
  const bytes = hex("0123abcd456789efa0b1c2d3e4f50617");
  assert.deepEqual(uuidBytes(uuid), bytes);
  assert.deepEqual(uuidBytes(uuid.toUpperCase()), bytes);
  assert.equal(uuidText(bytes), uuid);
  assert.equal(uuidText(new Uint8Array(bytes)), uuid);
  const [a = "", b = "", c = "", d = "", e = ""] = uuid.split("-");
  for (const wrong of [
    "",
    ` ${uuid}`,
    `${uuid}0`,
    `${uuid}\n`,
    `0${uuid}`,
    uuid.replaceAll("-", ""),
    uuid.replace("a", "g"),
    ...[0, 1, 2, 3, 4].flatMap((at) =>
      ["0", "-", null].map((more) =>
        [a, b, c, d, e].map((group, index) => (index !== at ? group : more ? group + more : group.slice(1))).join("-"),
      ),
    ),
  ])
    assert.throws(() => uuidBytes(wrong), TypeError, wrong);
});

test("a list has one encoding: each part behind its length, numbers in 8 bytes", () => {
  assert.deepEqual(encoded(), Buffer.alloc(0));
  assert.deepEqual(encoded("ä", 258, Buffer.of(9)), hex("00000002c3a4" + "000000080000000000000102" + "0000000109"));
  assert.deepEqual(encoded(2 ** 40 + 1), hex("00000008" + "0000010000000001"));
});

test("what a writer of any length wrote, a reader reads; past the end is damage", () => {
  for (const length of [0, 1, 239, 240, 241, 255, 256, 257, 511, 512, 513, 5000]) {
    const bytes = randomBytes(length);
    const written = new Writer()
      .u8(7)
      .bytes(bytes)
      .u32(0xfffffffe)
      .u64(2 ** 50)
      .text("åäö")
      .done();
    assert.equal(written.length, 1 + length + 4 + 8 + 4 + 6);
    const reader = new Reader(Buffer.from(written));
    assert.equal(reader.left, written.length);
    assert.equal(reader.u8(), 7);
    assert.deepEqual(reader.bytes(length), bytes);
    assert.deepEqual([reader.u32(), reader.u64()], [0xfffffffe, 2 ** 50]);
    assert.equal(reader.left, 10);
    assert.equal(reader.text(), "åäö");
    assert.equal(reader.left, 0);
    assert.equal(reader.bytes(0).length, 0);
    assert.throws(() => reader.u8(), KeyringFault);
  }
  for (const read of [
    (reader: Reader) => reader.u32(),
    (reader: Reader) => reader.u64(),
    (reader: Reader) => reader.text(),
  ])
    assert.throws(() => read(new Reader(Buffer.of(0, 0, 1))), { code: "corrupt" });
});

test("AES-256-GCM, HKDF and HMAC give what is published", () => {
  // Test case 16 of the GCM specification (McGrew, Viega 2004); RFC 5869 A.1; RFC 4231 4.2.
  const key = secretKey(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
  const nonce = hex("cafebabefacedbaddecaf888");
  const associated = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const plain = hex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
  );
  const box = hex(
    "cafebabefacedbaddecaf888" +
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
      "76fc6ece0f4e1768cddf8853bb2d551b",
  );
  assert.deepEqual(encryptWith(key, nonce, associated, plain), box);
  assert.deepEqual(encryptWith(key, nonce, associated, plain, Buffer.of(1, 2)), Buffer.concat([Buffer.of(1, 2), box]));
  assert.deepEqual(decrypt(key, associated, box), plain);
  for (const wrong of [nonce.subarray(1), Buffer.alloc(16)])
    assert.throws(() => encryptWith(key, wrong, associated, plain), RangeError);
  const okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
  assert.equal(
    hkdf(hex("0b".repeat(22)), hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42).toString("hex"),
    okm,
  );
  assert.notDeepEqual(
    hkdf512(hex("0b".repeat(22)), hex(""), hex(""), 42),
    hkdf(hex("0b".repeat(22)), hex(""), hex(""), 42),
  );
  const half = secretKey(Buffer.concat([hex("0b".repeat(20)), Buffer.alloc(12)]));
  const mac = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
  assert.equal(hmac(half, "Hi There").toString("hex"), mac, "a key is filled up with zeros");
  assert.equal(hmac(half, "Hi", Buffer.from(" There")).toString("hex"), mac);
  assert.equal(derivedKey(half, hex("01")).symmetricKeySize, 32);
  assert.ok(sameBytes(hex("0102"), hex("0102")));
  for (const other of ["0103", "01", "010203", ""]) assert.ok(!sameBytes(hex("0102"), hex(other)));
});

test("an empty text seals and opens; a box without room for nonce and tag opens to nothing", () => {
  const { key, bytes } = newKey();
  assert.ok(key.equals(secretKey(bytes)));
  for (const length of [31, 33, 0]) assert.throws(() => secretKey(Buffer.alloc(length)), RangeError);
  const box = encrypt(key, hex(""), hex(""));
  assert.equal(box.length, 28);
  assert.deepEqual(decrypt(key, hex(""), box), Buffer.alloc(0));
  for (const length of [0, 12, 16, 27]) assert.equal(decrypt(key, hex(""), box.subarray(0, length)), null);
});

test("an envelope's head fits its secret and place, whole", () => {
  const [secret, info] = [randomBytes(32), encoded("place")];
  const { key, head } = newEnvelope(secret, info);
  assert.equal(head.length, envelopeHeadBytes);
  assert.ok(envelopeKey(secret, info, head)?.equals(key));
  assert.ok(!newEnvelope(secret, info).key.equals(key), "a salt of its own");
  assert.equal(envelopeKey(secret, encoded("other"), head), null);
  assert.equal(envelopeKey(randomBytes(32), info, head), null);
  for (const wrong of [head.subarray(1), head.subarray(0, -1), Buffer.concat([head, Buffer.of(0)]), hex("")])
    assert.equal(envelopeKey(secret, info, wrong), null);
  const sealed = sealEnvelope(secret, info, hex("05"));
  assert.deepEqual(openEnvelope(secret, info, sealed), hex("05"));
  assert.equal(openEnvelope(secret, info, sealed.subarray(0, envelopeHeadBytes)), null);
});

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}

test("chunks are all full but the last, however the bytes come", async () => {
  const { key } = newKey();
  for (const length of [0, 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes]) {
    const plain = randomBytes(length);
    const sizes = Array.from({ length: Math.max(1, Math.ceil(length / chunkBytes)) }, (_, number) =>
      Math.min(chunkBytes, length - number * chunkBytes),
    );
    for (const source of [
      [plain],
      [hex(""), plain.subarray(0, 10), hex(""), plain.subarray(10)],
      length ? [plain] : [],
    ]) {
      const sealed = await all(sealChunks(key, source));
      assert.deepEqual(
        sealed.map((chunk) => chunk.length - 16),
        sizes,
      );
      const opened = await all(openChunks(key, sealed));
      assert.deepEqual(
        opened.map((chunk) => chunk.length),
        sizes,
      );
      assert.deepEqual(Buffer.concat(opened), plain);
    }
  }
});

test("an empty chunk behind another is refused, although its key made it", async () => {
  const { key } = newKey();
  const full = randomBytes(chunkBytes);
  const [first = assert.fail()] = await all(sealChunks(key, [full, hex("01")]));
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(1, 7);
  nonce[11] = 1;
  const empty = encryptWith(key, nonce, hex(""), hex("")).subarray(12);
  await assert.rejects(all(openChunks(key, [first, empty])), { code: "tampered" });
  await assert.rejects(all(openChunks(key, [])), { code: "tampered" });
});

test("keys of the curves have 32 bytes", () => {
  const seed = newSeed();
  assert.equal(seed.length, 32);
  const given = Buffer.from(seed);
  const key = privateKey("ed25519", given);
  assert.deepEqual(given, seed, "the caller's bytes are the caller's");
  const [open, text] = [publicBytes(key), hex("0102")];
  assert.equal(open.length, 32);
  assert.ok(isSignature(open, text, signature(key, text)));
  assert.ok(!isSignature(open, hex("0103"), signature(key, text)));
  for (const length of [0, 31, 33]) {
    assert.throws(() => privateKey("x25519", Buffer.alloc(length, 1)), RangeError);
    assert.throws(() => publicKey("ed25519", Buffer.alloc(length, 1)), RangeError);
  }
  const [one, other] = [privateKey("x25519", newSeed()), privateKey("x25519", newSeed())];
  assert.deepEqual(agreed(one, publicBytes(other)), agreed(other, publicBytes(one)));
  assert.equal(agreed(one, Buffer.alloc(32)), null, "a key of low order");
  assert.equal(agreed(one, Buffer.alloc(31)), null);
});
