// The tree as its tables keep it: the hash of each range from a few hundred rows, and the right edge that the next leaf is added to.
import { Frontier, type Hash, type Range, rootOver, type Subtree, subtreesOf } from "../../../keys/tree.ts";
import { Problem } from "../../../values/problem.ts";
import { type LogGrant, leavesIn, type Node, nodesAt, nodesIn } from "./store.ts";

/** Nodes are kept at every eighth level, as the tiles of C2SP tlog-tiles are cut. */
const LEVELS = 8;
const LEAVES_AT_ONCE = 10_000;

export const isKept = ({ level }: Subtree): boolean => level % LEVELS === 0;

async function hashOfSubtree(grant: LogGrant, { level, index }: Subtree): Promise<Hash> {
  const kept = Math.floor(level / LEVELS) * LEVELS;
  const count = 2 ** (level - kept);
  const range = { start: index * count, end: (index + 1) * count };
  const rows = kept === 0 ? await leavesIn(grant, range) : await nodesIn(grant, { level: kept, ...range });
  // Somebody has taken rows away: nothing may be told or signed of such a tree.
  if (rows.length !== count) throw new Problem("logBroken", 500, { index: index * 2 ** level });
  const subtree = new Frontier();
  for (const { hash } of rows) subtree.grow(hash);
  return subtree.root();
}

/** As RFC 6962 hashes it where it stands in a tree. Throws `logBroken` where rows are missing. */
export async function hashOfRange(grant: LogGrant, range: Range): Promise<Hash> {
  const hashes: Hash[] = [];
  for (const subtree of subtreesOf(range)) hashes.push(await hashOfSubtree(grant, subtree));
  return rootOver(hashes);
}

/** The edge of the tree of `size` leaves, and nodes that are missing in their table: a restore puts back leaves only. */
export async function edgeAt(grant: LogGrant, size: number): Promise<{ edge: Frontier; missing: Node[] }> {
  const known = Math.min((await nodesAt(grant, LEVELS)) * 2 ** LEVELS, size - (size % 2 ** LEVELS));
  const hashes: Hash[] = [];
  for (const subtree of subtreesOf({ start: 0, end: known })) hashes.push(await hashOfSubtree(grant, subtree));
  const edge = Frontier.of(known, hashes);
  const missing: Node[] = [];
  while (edge.size < size) {
    const end = Math.min(edge.size + LEAVES_AT_ONCE, size);
    const leaves = await leavesIn(grant, { start: edge.size, end });
    if (leaves.length !== end - edge.size) throw new Problem("logBroken", 500, { index: edge.size });
    for (const { hash } of leaves)
      edge.grow(hash, (subtree, completed) => {
        if (isKept(subtree)) missing.push({ ...subtree, hash: completed });
      });
  }
  return { edge, missing };
}
