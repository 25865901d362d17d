// Keys that no row uses: of an act that was rolled back, of a value that somebody took away, of a former version whose values are sealed anew. A key that
// opens nothing protects nobody, and an old copy of what it sealed should open for nobody.
import { setTimeout as pause } from "node:timers/promises";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import type { KeyLine } from "../keys/inventory.ts";
import { registers } from "../registers/all.ts";
import { asRetention } from "../registers/evidence/asRetention.ts";
import { destroy, enterUnused, waitingKeys } from "../registers/evidence/ledger.ts";
import { pausedAfterRestore } from "../registers/evidence/pauses.ts";
import { addUnused, unusedSince } from "../registers/evidence/unusedKeys.ts";

export type Collecting = {
  /** When the oldest copy of the database was begun that is kept; null where none is made. Where it cannot be told, former versions stay. */
  oldestCopy: () => Promise<Date | null>;
  /** Between sealing the reason for a look and writing it into the log no transaction is open: so long at least lies between the two looks. */
  settleMs?: number;
};

/** An act under way for so long does not exist: what has no row after it never gets one. */
const YOUNG_MS = 24 * 3600_000;
const SETTLE_MS = 60_000;

/**
 * Destroys keys older than 24 hours that no row uses; of former versions only those that no kept copy of the database needs. First they are given to nobody
 * any more, then whatever is under way ends, then it is looked again: a value sealed meanwhile keeps its key. Whatever it stops at, nothing is lost. Answers
 * how many keys went.
 */
export async function collectKeys(gate: Gate, { oldestCopy, settleMs = SETTLE_MS }: Collecting): Promise<number> {
  // Somebody may yet go back to a later moment, whose rows need keys that these rows do not.
  if (await pausedAfterRestore(gate)) return 0;
  const { current, former } = await candidates(gate);
  const going = new Set([...current.keys(), ...(await withoutCopies(gate, former, oldestCopy))]);
  if (going.size === 0) return 0;
  gate.keys.retire([...going]);
  await pause(settleMs);
  if (!(await gate.actsOver())) return 0;
  await dropUsed(gate, going);
  if (going.size === 0) return 0;
  const caller = systemCaller("retention");
  // Written down before it is done: one that a crash cuts short is seen too.
  await gate.serving(caller, { register: "evidence", verb: "erase", place: "keys.collect" }, async () => undefined);
  const entries = await enterUnused(
    gate,
    [...current.values()].filter(({ id }) => going.has(id)),
  );
  await gate.keys.destroy([...going]);
  await destroy(gate, entries, []);
  return going.size;
}

/** Old enough and without rows; `former`: there is a newer version of its owner's. */
async function candidates(gate: Gate): Promise<{ current: Map<string, KeyLine>; former: Set<string> }> {
  // A key of a register whose columns this program does not know is none of its business.
  const known = new Set<string>(registers.map(({ name }) => name));
  const before = gate.clock.now().getTime() - YOUNG_MS;
  const unused = new Set<string>();
  const current = new Map<string, KeyLine>();
  const former = new Set<string>();
  for (const line of gate.keys.list()) {
    const { id, register, madeAt } = line;
    if (!known.has(register) || (madeAt !== null && madeAt.getTime() > before)) continue;
    unused.add(id);
    if (line.current) current.set(id, line);
    else former.add(id);
  }
  if (unused.size > 0) await dropUsed(gate, unused);
  for (const id of current.keys()) if (!unused.has(id)) current.delete(id);
  for (const id of former) if (!unused.has(id)) former.delete(id);
  return { current, former };
}

/** The ledger last: keys of rows erased since the look stand in it, and wait there for their own day. */
async function dropUsed(gate: Gate, keys: Set<string>): Promise<void> {
  for (const register of registers)
    await register.keysInUse(gate, (page) => {
      for (const { key } of page) keys.delete(key);
    });
  for (const key of await waitingKeys(gate)) keys.delete(key);
}

async function withoutCopies(
  gate: Gate,
  former: ReadonlySet<string>,
  oldestCopy: Collecting["oldestCopy"],
): Promise<string[]> {
  const oldest = await oldestCopy().catch(() => new Date(0));
  if (oldest === null) return [...former];
  return asRetention(gate, "change", async (grant) => {
    await addUnused(grant, former);
    const since = await unusedSince(grant);
    return [...former].filter((id) => (since.get(id) ?? grant.at) < oldest);
  });
}
