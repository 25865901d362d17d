// Small things of the keyring's folder at their edges: what a changed program would let through.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Disk } from "./disk/disk.ts";
import { memoryFiles } from "./disk/memoryFiles.ts";
import { parseNotes, signersOf, signNote, verifierKey } from "./note.ts";
import { headOf, newObject, objectHeadBytes, objectKey, ownerOf } from "./objects.ts";
import { passphraseFile } from "./passphraseFile.ts";
import { newKey } from "./primitives/aead.ts";
import { privateKey, publicBytes, signature as sign } from "./primitives/curves.ts";
import { KeptRing } from "./ring/keptRing.ts";
import { outerId } from "./ring/keyId.ts";
import { load } from "./ring/load.ts";
import { changesFor } from "./ring/newKeys.ts";
import { idOf, placeBytes } from "./ring/table.ts";
import { isSignedBy, runningDigest } from "./running.ts";
import { idBytesOf, keyIdOf, Sealer, sealedOverhead } from "./sealed.ts";
import { Sealing } from "./sealing.ts";
import { digest, digestHex, randomCode, randomToken } from "./token.ts";
import {
  consistencyRanges,
  continues,
  emptyRoot,
  Frontier,
  includes,
  inclusionRanges,
  leafHash,
  nodeHash,
  subtreesOf,
} from "./tree.ts";
import { Turns } from "./turns.ts";

const seed = Buffer.alloc(32, 3);
const key = privateKey("ed25519", seed);
const publicKey = publicBytes(key);
const text = Buffer.from("what was signed");

test("a signature is of this key over these bytes, and of no other length", () => {
  const signature = sign(key, text);
  assert.equal(isSignedBy(publicKey, text, signature), true);
  assert.equal(isSignedBy(publicKey, Buffer.from("something else"), signature), false);
  assert.equal(isSignedBy(publicBytes(privateKey("ed25519", Buffer.alloc(32, 4))), text, signature), false);
  for (const wrong of [signature.subarray(1), Buffer.concat([signature, Buffer.of(0)]), Buffer.alloc(0)])
    assert.equal(isSignedBy(publicKey, text, wrong), false);
  for (const wrong of [publicKey.subarray(1), Buffer.concat([publicKey, Buffer.of(0)]), Buffer.alloc(0)])
    assert.equal(isSignedBy(wrong, text, signature), false);
});

test("a digest of pieces is the digest of the whole", () => {
  const digest = runningDigest();
  for (const piece of ["what ", "", "was signed"]) digest.add(Buffer.from(piece));
  assert.equal(digest.hex(), createHash("sha256").update(text).digest("hex"));
});

test("a passphrase is the file without its last line's end; none where no file is named; empty where it cannot be read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-passphrase-"));
  after(() => rm(folder, { recursive: true }));
  const file = join(folder, "passphrase");
  assert.equal(passphraseFile(undefined), undefined);
  for (const [written, read] of [
    ["a quiet harbour", "a quiet harbour"],
    ["a quiet harbour\n", "a quiet harbour"],
    ["a quiet harbour\r\n", "a quiet harbour"],
    [" two\nlines \n\n", " two\nlines \n"],
  ] as const) {
    await writeFile(file, written);
    assert.equal(await passphraseFile(file)?.(), read);
  }
  assert.equal(await passphraseFile(join(folder, "away"))?.(), "");
});

test("ranges and proofs that no tree has are refused", () => {
  assert.throws(() => subtreesOf({ start: 1, end: 3 }), RangeError);
  assert.deepEqual(subtreesOf({ start: 2, end: 3 }), [{ level: 0, index: 2 }]);
  assert.deepEqual(subtreesOf({ start: 0, end: 0 }), []);
  for (const [index, size] of [
    [-1, 3],
    [3, 3],
    [0, 0],
  ] as const)
    assert.throws(() => inclusionRanges(index, size), RangeError);
  assert.throws(() => consistencyRanges(-1, 3), RangeError);
  assert.throws(() => consistencyRanges(4, 3), RangeError);
  assert.deepEqual([consistencyRanges(0, 3), consistencyRanges(3, 3)], [[], []]);
  const [a, b] = [leafHash(Buffer.from("a")), leafHash(Buffer.from("b"))];
  const root = nodeHash(a, b);
  assert.equal(includes(a, 0, 2, [b], root), true);
  for (const [index, size] of [
    [0.5, 2],
    [-1, 2],
    [2, 2],
    [0, Number.NaN],
    [0, 1],
  ] as const)
    assert.equal(includes(a, index, size, [b], root), false, `${index} ${size}`);
  assert.equal(includes(a, 0, 2, [], root), false);
  assert.equal(includes(a, 0, 2, [b, b], root), false);
  assert.equal(continues([1, a], [2, root], [b]), true);
  assert.equal(continues([0, emptyRoot()], [2, root], []), true);
  for (const [first, second, path] of [
    [[0.5, a], [2, root], [b]],
    [[-1, a], [2, root], [b]],
    [[3, a], [2, root], [b]],
    [[0, a], [2, root], []],
    [[0, emptyRoot()], [2, root], [b]],
    [[2, root], [2, a], []],
    [[2, root], [2, root], [b]],
    [[1, a], [2, root], []],
    [
      [1, a],
      [2, root],
      [b, b],
    ],
    [[1, b], [2, root], [b]],
  ] as const)
    assert.equal(continues([first[0], first[1]], [second[0], second[1]], path), false, `${first[0]} ${second[0]}`);
  const frontier = new Frontier();
  frontier.grow(a);
  const copy = frontier.copy();
  frontier.grow(b);
  assert.deepEqual([copy.size, copy.root(), frontier.size, frontier.root()], [1, a, 2, root]);
});

test("a signature of a known key that does not fit makes the note a forgery, also where another fits", () => {
  const other = privateKey("ed25519", Buffer.alloc(32, 5));
  const known = (one: typeof key) => verifierKey("log.example", publicBytes(one));
  const signer = (one: typeof key, by = one) => ({
    publicKey: publicBytes(one),
    sign: (bytes: Uint8Array) => sign(by, bytes),
  });
  const [good] = parseNotes(signNote("a\n", "log.example", [signer(key), signer(other)]));
  assert.ok(good);
  assert.deepEqual(signersOf(good, [known(key), known(other)]), [known(key), known(other)]);
  assert.deepEqual(signersOf(good, [known(other)]), [known(other)]);
  const [bad] = parseNotes(signNote("a\n", "log.example", [signer(key), signer(other, key)]));
  assert.ok(bad);
  assert.throws(() => signersOf(bad, [known(key), known(other)]), { code: "forged" });
  assert.deepEqual(signersOf(bad, [known(key)]), [known(key)], "of a stranger's signature nothing is said");
  assert.throws(() => signersOf(bad, []), { code: "unsigned" });
  const short = {
    ...good,
    signatures: good.signatures.map((one) => ({ ...one, signature: one.signature.subarray(1) })),
  };
  assert.throws(() => signersOf(short, [known(key)]), { code: "forged" });
});

const installation = "0123abcd-4567-89ef-a0b1-c2d3e4f50617";
const place = { register: "customers", category: "name", row: installation, subject: installation };
const id = Buffer.alloc(16, 9);

test("a sealed value is 45 bytes more, begins with its format and key, and shorter is none", () => {
  const [sealer, owner] = [new Sealer(installation), newKey().key];
  for (const plain of [Buffer.alloc(0), text]) {
    const sealed = sealer.seal(owner, id, place, plain);
    assert.equal(sealed.length, plain.length + sealedOverhead);
    assert.equal(sealed[0], 1);
    assert.equal(keyIdOf(sealed), id.toString("hex"));
    assert.deepEqual(idBytesOf(new Uint8Array(sealed)), id);
    assert.deepEqual(sealer.open(owner, place, sealed), plain);
    assert.throws(() => new Sealer(installation.replace("0", "1")).open(owner, place, sealed), { code: "tampered" });
  }
  const shortest = sealer.seal(owner, id, place, Buffer.alloc(0));
  const otherFormat = Buffer.from(shortest);
  otherFormat[0] = 2;
  for (const wrong of [Buffer.alloc(0), shortest.subarray(0, -1), otherFormat])
    assert.throws(() => keyIdOf(wrong), { code: "tampered" });
});

test("an object's head says whose it is and opens to its key only whole and in its place", async () => {
  const owner = newKey().key;
  const { key: chunks, head } = newObject(installation, place, id, owner);
  assert.equal(head.length, objectHeadBytes);
  assert.equal(head[0], 2);
  assert.deepEqual(ownerOf(head), id);
  assert.ok(objectKey(installation, place, head, owner).equals(chunks));
  assert.ok(objectKey(installation, place, Buffer.concat([head, text]), owner).equals(chunks));
  for (const [wrong, of] of [
    [{ ...place, category: "mail" }, owner],
    [place, newKey().key],
  ] as const)
    assert.throws(() => objectKey(installation, wrong, head, of), { code: "tampered" });
  const otherFormat = Buffer.from(head);
  otherFormat[0] = 1;
  for (const wrong of [head.subarray(0, -1), otherFormat, Buffer.alloc(0)])
    assert.throws(() => ownerOf(wrong), { code: "tampered" });
  for (const parts of [
    [head],
    [head.subarray(0, 5), head.subarray(5), text],
    [Buffer.concat([head, text]), text],
    [text],
    [],
  ]) {
    const { head: found, rest } = await headOf(parts);
    const whole = Buffer.concat(parts);
    assert.deepEqual(found, whole.subarray(0, objectHeadBytes));
    const behind: Uint8Array[] = [];
    for await (const part of rest) behind.push(part);
    assert.deepEqual(Buffer.concat(behind), whole.subarray(objectHeadBytes));
  }
});

test("a token is 32 random bytes in 43 characters, a code six groups of four letters that cannot be mistaken, and a digest is SHA-256", () => {
  const tokens = new Set(Array.from({ length: 50 }, randomToken));
  assert.equal(tokens.size, 50);
  for (const token of tokens) assert.match(token, /^[\w-]{43}$/);
  const codes = Array.from({ length: 200 }, randomCode);
  assert.equal(new Set(codes).size, 200);
  for (const code of codes) assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(new Set(codes.join("").replaceAll("-", "")).size, 32, "every letter comes up");
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.deepEqual([digestHex("abc"), digest(Buffer.from("abc")).toString("hex")], [abc, abc]);
});

test("what a sealing forgets it opens anew from the ring: no key outlives its row in memory", async () => {
  const limits = { block: 4, perVersion: 100, perKey: 100 };
  const [disk, now] = [new Disk(memoryFiles()), () => 1];
  const kept = new KeptRing(disk, await load(disk, { mode: "create", limits, now }), { limits, now });
  const idCheck = newKey().key;
  const owner = { register: place.register, subject: place.subject, rule: "warranty", version: 1 };
  await kept.add(changesFor({ ring: kept.ring, root: kept.root, idCheck, made: 1 }, [owner]));
  const sealing = new Sealing(kept, new Turns(), { idCheck, limits });
  const row = kept.ring.table.row(0);
  const [inner, whole] = [idOf(row), Buffer.from(row)];
  const [sealed = assert.fail()] = await sealing.seal([{ place, key: outerId(inner), plain: text }]);
  const opened = () => sealing.open([{ place, sealed }]);
  for (const forget of [() => sealing.forget([inner]), () => sealing.clear()]) {
    assert.deepEqual(opened(), [text]);
    row.fill(0, placeBytes);
    assert.deepEqual(opened(), [text], "premise: it was kept open");
    forget();
    assert.throws(opened, { code: "corrupt" });
    row.set(whole);
  }
});
