import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import fc from "fast-check";
import {
  consistencyRanges,
  continues,
  emptyRoot,
  Frontier,
  type Hash,
  includes,
  inclusionRanges,
  leafHash,
  type Range,
  rootOver,
  subtreesOf,
} from "./tree.ts";

const sha256 = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** The definitions of RFC 6962 word for word, over whole lists. */
function mth(leaves: readonly Buffer[]): Hash {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), only);
  const k = below(leaves.length);
  return sha256(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}
function path(m: number, leaves: readonly Buffer[]): Hash[] {
  if (leaves.length <= 1) return [];
  const k = below(leaves.length);
  return m < k
    ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}
function proof(m: number, leaves: readonly Buffer[], whole = true): Hash[] {
  if (m === leaves.length) return whole ? [] : [mth(leaves)];
  const k = below(leaves.length);
  return m <= k
    ? [...proof(m, leaves.slice(0, k), whole), mth(leaves.slice(k))]
    : [...proof(m - k, leaves.slice(k), false), mth(leaves.slice(0, k))];
}
const below = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);

/** The eight leaves that the logs of Certificate Transparency test each other with, and the roots published for them. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  (hex) => Buffer.from(hex, "hex"),
);
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const grown = (leaves: readonly Buffer[]) => {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.grow(leafHash(leaf));
  return frontier;
};
/** The hash of a range as the log computes it: from complete subtrees. */
const hashOf = (leaves: readonly Buffer[], range: Range) =>
  rootOver(
    subtreesOf(range).map(({ level, index }) => mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))),
  );

const leavesOf = (size: number) => Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${n}`));
const sizes = fc.integer({ min: 1, max: 130 });

suite("the tree of RFC 6962", () => {
  test("gives the published roots", () => {
    assert.equal(emptyRoot().toString("hex"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert.deepEqual(new Frontier().root(), emptyRoot());
    for (const [n, root] of ROOTS.entries()) {
      assert.equal(mth(LEAVES.slice(0, n + 1)).toString("hex"), root, "the model itself");
      assert.equal(
        grown(LEAVES.slice(0, n + 1))
          .root()
          .toString("hex"),
        root,
      );
    }
  });

  test("grows to the root of the definition, and from any size on", () => {
    fc.assert(
      fc.property(sizes, fc.nat({ max: 130 }), (size, at) => {
        const leaves = leavesOf(size);
        const from = Math.min(at, size);
        const edge = subtreesOf({ start: 0, end: from }).map((subtree) =>
          hashOf(leaves, { start: subtree.index * 2 ** subtree.level, end: (subtree.index + 1) * 2 ** subtree.level }),
        );
        const frontier = Frontier.of(from, edge);
        for (const leaf of leaves.slice(from)) frontier.grow(leafHash(leaf));
        assert.deepEqual(frontier.root(), mth(leaves));
        assert.equal(frontier.size, size);
      }),
    );
    assert.throws(() => Frontier.of(3, [emptyRoot()]), RangeError);
  });

  test("tells of every complete subtree once, with its hash", () => {
    const leaves = leavesOf(21);
    const told = new Map<string, Hash>();
    const frontier = new Frontier();
    for (const leaf of leaves)
      frontier.grow(leafHash(leaf), ({ level, index }, hash) => told.set(`${level}/${index}`, hash));
    assert.equal(told.size, 10 + 5 + 2 + 1);
    for (const [name, hash] of told) {
      const [level = 0, index = 0] = name.split("/").map(Number);
      assert.deepEqual(hash, mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
    }
  });

  test("proves each leaf, by the definition's path, and no other", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, any) => {
        const [leaves, index] = [leavesOf(size), any % size];
        const found = inclusionRanges(index, size).map((range) => hashOf(leaves, range));
        assert.deepEqual(found, path(index, leaves));
        const [leaf, root] = [leafHash(leaves[index] ?? Buffer.of()), mth(leaves)];
        assert.ok(includes(leaf, index, size, found, root));
        assert.ok(!includes(leafHash(Buffer.from("x")), index, size, found, root));
        assert.ok(!includes(leaf, index, size, [...found, root], root));
        if (found.length > 0) assert.ok(!includes(leaf, index, size, found.slice(1), root));
        if (size > 1) assert.ok(!includes(leaf, (index + 1) % size, size, found, root));
        assert.ok(!includes(leaf, size, size, found, root) && !includes(leaf, -1, size, found, root));
      }),
    );
    assert.throws(() => inclusionRanges(3, 3), RangeError);
  });

  test("proves that a tree continues another, by the definition's path, and no other", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, any) => {
        const [leaves, first] = [leavesOf(size), 1 + (any % size)];
        const found = consistencyRanges(first, size).map((range) => hashOf(leaves, range));
        assert.deepEqual(found, proof(first, leaves));
        const [before, now] = [mth(leaves.slice(0, first)), mth(leaves)];
        assert.ok(continues([first, before], [size, now], found));
        assert.ok(!continues([first, leafHash(Buffer.of())], [size, now], found));
        assert.ok(!continues([first, before], [size, leafHash(Buffer.of())], found));
        assert.ok(!continues([first, before], [size, now], [...found, now]));
        assert.ok(!continues([size + 1, before], [size, now], found));
        if (found.length > 0) assert.ok(!continues([first, before], [size, now], found.slice(1)));
      }),
    );
    assert.ok(continues([0, emptyRoot()], [5, mth(leavesOf(5))], []));
    assert.throws(() => consistencyRanges(4, 3), RangeError);
  });
});
