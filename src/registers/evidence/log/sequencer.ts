// Gives every event its place in the tree: exactly once, in the order of transactions, and never before an older one can no longer appear.
import type { Gate } from "../../../gate/gate.ts";
import type { Frontier } from "../../../keys/tree.ts";
import { edgeAt, isKept } from "./edge.ts";
import { leafOf } from "./event.ts";
import { asLog } from "./serving.ts";
import {
  addLeaves,
  anyWaiting,
  type Leaf,
  lockPosition,
  moveTo,
  type Node,
  type Position,
  position,
  takeWaiting,
} from "./store.ts";

/** Leaves of one transaction. */
export const BATCH = 1000;

export type Sequencer = {
  /** One batch; answers how many leaves it added, fewer than `BATCH` where no more are waiting. */
  step(): Promise<number>;
};

/**
 * Leaves, nodes and the position are one transaction, so that a crash leaves all or nothing of a batch. The edge in memory is only a shorter way:
 * it follows what was committed, and is read anew where the position is not where it was left.
 */
export function openSequencer(gate: Gate): Sequencer {
  let edge: Frontier | null = null;
  let seen: Position | null = null;

  async function step(): Promise<number> {
    // Looking locks and writes nothing: an idle register leaves no trace of it in the write-ahead log.
    const waits = await asLog(gate, "read", async (grant) => anyWaiting(grant, seen ?? (await position(grant))));
    if (!waits) return 0;
    const done = await asLog(gate, "collect", async (grant) => {
      const before = await lockPosition(grant);
      const taken = await takeWaiting(grant, before, BATCH);
      const known = edge?.size === before.size ? { edge: edge.copy(), missing: [] } : await edgeAt(grant, before.size);
      const leaves: Leaf[] = [];
      const nodes: Node[] = [...known.missing];
      for (const { event } of taken) {
        const hash = leafOf(event);
        leaves.push({ index: known.edge.size, event_id: event.id, hash });
        known.edge.grow(hash, (subtree, completed) => {
          if (isKept(subtree)) nodes.push({ ...subtree, hash: completed });
        });
      }
      await addLeaves(grant, leaves, nodes);
      const last = taken.at(-1);
      const after = last ? { ...before, size: known.edge.size, xid: last.xid, event_id: last.event.id } : before;
      if (last) await moveTo(grant, after);
      return { edge: known.edge, after, added: leaves.length };
    });
    edge = done.edge;
    seen = done.after;
    return done.added;
  }

  return { step };
}
