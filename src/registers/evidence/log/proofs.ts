// Short proofs against a signed checkpoint, in the form that scripts/verify.mjs takes.
import type { Gate } from "../../../gate/gate.ts";
import { consistencyRanges, inclusionRanges, type Range } from "../../../keys/tree.ts";
import { hashOfRange } from "./edge.ts";
import type { LogEntry } from "./event.ts";
import { asLog } from "./serving.ts";
import { eventsOf, type LogGrant, leafOfEvent, type StoredCheckpoint } from "./store.ts";

/** `path`: hashes in hex, the leaf's neighbour first (RFC 6962 section 2.1.1). `checkpoint`: the signed note. */
export type InclusionProof = LogEntry & { kind: "inclusion"; path: string[]; checkpoint: string };

/** That the tree of one checkpoint is the beginning of the other's (RFC 6962 section 2.1.2). */
export type ConsistencyProof = { kind: "consistency"; from: string; to: string; path: string[] };

/** null where the event has no leaf yet, or none under this checkpoint. */
export const proveInclusion = (
  gate: Gate,
  eventId: number,
  { size, note }: StoredCheckpoint,
): Promise<InclusionProof | null> =>
  asLog(gate, "read", async (grant) => {
    const leaf = await leafOfEvent(grant, eventId);
    if (!leaf || leaf.index >= size) return null;
    const event = (await eventsOf(grant, [eventId])).get(eventId) ?? null;
    const path = await hashesOf(grant, inclusionRanges(leaf.index, size));
    return { kind: "inclusion", index: leaf.index, hash: leaf.hash.toString("hex"), event, path, checkpoint: note };
  });

export const proveConsistency = (gate: Gate, from: StoredCheckpoint, to: StoredCheckpoint): Promise<ConsistencyProof> =>
  asLog(gate, "read", async (grant) => ({
    kind: "consistency",
    from: from.note,
    to: to.note,
    path: await hashesOf(grant, consistencyRanges(from.size, to.size)),
  }));

async function hashesOf(grant: LogGrant, ranges: readonly Range[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const range of ranges) hashes.push((await hashOfRange(grant, range)).toString("hex"));
  return hashes;
}
