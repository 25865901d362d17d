// The Merkle tree of RFC 6962 section 2.1: leaves in an order that can only grow, one root for all of them, short proofs that a leaf is in it and
// that a smaller tree is its beginning. Pure; sizes and indexes are whole numbers up to 2^53.
import { createHash } from "node:crypto";

/** SHA-256, 32 bytes. */
export type Hash = Buffer;
/** Leaves from `start` up to and without `end`. */
export type Range = { start: number; end: number };
/** A complete subtree: the `index`th of those with 2^level leaves. */
export type Subtree = { level: number; index: number };

const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
// A leaf can never be taken for a node: they are hashed with different first bytes.
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const leafHash = (entry: Uint8Array): Hash => sha256(LEAF, entry);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Hash => sha256(NODE, left, right);
/** The root of no leaves at all. */
export const emptyRoot = (): Hash => sha256();

/** The root over complete subtrees from left to right, each smaller than the one before it. */
export function rootOver(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (last === undefined) return emptyRoot();
  return hashes.slice(0, -1).reduceRight((root, left) => nodeHash(left, root), last);
}

/**
 * The tree's right edge: all that adding leaves needs, at most one hash a level. `grow` and `root` take O(log n).
 */
export class Frontier {
  #size = 0;
  #hashes: Hash[] = [];

  /** Of a tree with `size` leaves; `hashes` as `subtreesOf({ start: 0, end: size })` names them. */
  static of(size: number, hashes: readonly Hash[]): Frontier {
    if (hashes.length !== subtreesOf({ start: 0, end: size }).length) throw new RangeError("not the edge of the tree");
    const frontier = new Frontier();
    frontier.#size = size;
    frontier.#hashes = [...hashes];
    return frontier;
  }

  get size(): number {
    return this.#size;
  }

  copy(): Frontier {
    return Frontier.of(this.#size, this.#hashes);
  }

  /** Adds a leaf by its hash. `completed` hears of each larger subtree that it completes, the smallest first. */
  grow(leaf: Hash, completed?: (subtree: Subtree, hash: Hash) => void): void {
    let hash = leaf;
    let level = 0;
    let index = this.#size;
    while (index % 2 === 1) {
      const left = this.#hashes.pop();
      if (left === undefined) throw new RangeError("not the edge of the tree");
      hash = nodeHash(left, hash);
      index = (index - 1) / 2;
      level += 1;
      completed?.({ level, index }, hash);
    }
    this.#hashes.push(hash);
    this.#size += 1;
  }

  root(): Hash {
    return rootOver(this.#hashes);
  }
}

/**
 * The complete subtrees that a range is made of, from left to right, each smaller than the one before it. For ranges as they stand in a tree:
 * beginning at a multiple of the largest power of two in their length.
 */
export function subtreesOf({ start, end }: Range): Subtree[] {
  const found: Subtree[] = [];
  let at = start;
  for (let level = 52; level >= 0; level--) {
    const leaves = 2 ** level;
    if (leaves > end - at) continue;
    if (at % leaves !== 0) throw new RangeError("no range of a tree");
    found.push({ level, index: at / leaves });
    at += leaves;
  }
  return found;
}

/** Ranges whose hashes are the audit path of a leaf in a tree of `size` (section 2.1.1), the leaf's neighbour first. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (index < 0 || index >= size) throw new RangeError("the leaf is not in the tree");
  const path: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** Ranges whose hashes prove that the tree of `first` leaves is the beginning of the tree of `second` (section 2.1.2). */
export function consistencyRanges(first: number, second: number): Range[] {
  if (first < 0 || first > second) throw new RangeError("the first tree is larger than the second");
  if (first === 0 || first === second) return [];
  const path: Range[] = [];
  let [start, end] = [0, second];
  while (end !== first) {
    const middle = start + split(end - start);
    if (first <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // The first tree as a whole is known to whoever asks: only a part of it has to be told.
  if (start > 0) path.push({ start, end });
  return path.reverse();
}

/** The largest power of two smaller than `n`, where the tree of `n` leaves is parted. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Whether the path leads from the leaf to the root (RFC 9162 section 2.1.3.2). */
export function includes(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const neighbour of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(neighbour, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else hash = nodeHash(hash, neighbour);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.equals(root);
}

/** Whether the tree with the first root is the beginning of the tree with the second (RFC 9162 section 2.1.4.2). */
export function continues(
  [first, firstRoot]: readonly [number, Hash],
  [second, secondRoot]: readonly [number, Hash],
  path: readonly Hash[],
): boolean {
  if (!Number.isSafeInteger(first) || first < 0 || first > second) return false;
  if (first === second) return path.length === 0 && firstRoot.equals(secondRoot);
  if (first === 0) return path.length === 0 && firstRoot.equals(emptyRoot());
  let [at, last] = [first - 1, second - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // Where the first tree is one complete subtree its own root begins the path.
  const [start, ...rest] = at === 0 ? [firstRoot, ...path] : path;
  if (start === undefined) return false;
  let [one, other] = [start, start];
  for (const neighbour of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [one, other] = [nodeHash(neighbour, one), nodeHash(neighbour, other)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else other = nodeHash(other, neighbour);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && one.equals(firstRoot) && other.equals(secondRoot);
}

const half = (n: number): number => Math.floor(n / 2);
