import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword, isOutdated, verifyPassword } from "./password.ts";
import { digest, digestHex, randomToken } from "./token.ts";

test("a password fits its own hash and no other", async () => {
  const stored = await hashPassword("kolme sinistä venettä");
  assert.match(stored, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.equal(await verifyPassword("kolme sinistä venettä", stored), true);
  assert.equal(await verifyPassword("kolme sinistä venettä".normalize("NFD"), stored), true);
  assert.equal(await verifyPassword("kolme sinistä venettä ", stored), false);
  assert.equal(await verifyPassword("kolme sinistä venettä", null), false);
  assert.notEqual(await hashPassword("kolme sinistä venettä"), stored, "the salt is new each time");
  assert.equal(isOutdated(stored), false);
});

test("a hash of other costs is outdated; one that is unreadable or asks for too much never fits", async () => {
  assert.equal(isOutdated("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"), true);
  for (const bad of [
    "",
    "$argon2i$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=9999999,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  ])
    assert.equal(await verifyPassword("", bad), false);
});

test("tokens have 256 bits and their digest is SHA-256", () => {
  assert.equal(Buffer.from(randomToken(), "base64url").length, 32);
  assert.notEqual(randomToken(), randomToken());
  // FIPS 180-4, the example of one block.
  assert.equal(digestHex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(digest("abc").toString("hex"), digestHex(Buffer.from("abc")));
});
