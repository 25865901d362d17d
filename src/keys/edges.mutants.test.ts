// Small things of the keyring's folder at their edges: what a changed program would let through.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parseNotes, signersOf, signNote, verifierKey } from "./note.ts";
import { passphraseFile } from "./passphraseFile.ts";
import { privateKey, publicBytes, signature as sign } from "./primitives/curves.ts";
import { isSignedBy, runningDigest } from "./running.ts";
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
