// Values whose keys the keyring does not hold. A copy of the keyring is some minutes older than the last row, and what was sealed under keys made after it
// opens for nobody: a restore says how much that is, and never passes it by in silence.
import type { Gate } from "../gate/gate.ts";
import type { Owner } from "../gate/owned.ts";
import type { KeyId } from "../keys/keys.ts";
import { epochOfId } from "../keys/ring/keyId.ts";
import { registers } from "../registers/all.ts";
import { eachLedgerKeys } from "../registers/evidence/ledger.ts";

type Lost = Map<KeyId, { register: Owner; values: number }[]>;

/**
 * Before anything is opened. A key of a later epoch than the keyring's makes opening fail, because an old copy may have been put in the living one's place;
 * in a restore it has been, knowingly. Epochs go on until none is later: then such values are as those of destroyed keys, absent, and the people they belong
 * to can be read, corrected and erased.
 */
export async function passLostEpochs(gate: Gate): Promise<void> {
  const epochs = [...(await lostKeys(gate)).keys()].map((id) => epochOfId(Buffer.from(id, "hex")));
  const newest = epochs.reduce((most, epoch) => Math.max(most, epoch), 0);
  while (gate.keys.state().epoch < newest) await gate.keys.rotateEpoch();
}

/** How many values of each register cannot be opened although nobody has erased them: their key is unknown and stands in no line of the ledger. */
export async function unreadableValues(gate: Gate): Promise<Partial<Record<Owner, number>>> {
  const lost = await lostKeys(gate);
  if (lost.size > 0)
    await eachLedgerKeys(gate, (keys) => {
      for (const key of keys) lost.delete(key);
    });
  const counts: Partial<Record<Owner, number>> = {};
  for (const uses of lost.values())
    for (const { register, values } of uses) counts[register] = (counts[register] ?? 0) + values;
  return counts;
}

async function lostKeys(gate: Gate): Promise<Lost> {
  const held = new Set([...gate.keys.list()].map(({ id }) => id));
  const lost: Lost = new Map();
  for (const { name: register, keysInUse } of registers)
    await keysInUse(gate, (page) => {
      for (const { key, values } of page)
        if (!held.has(key)) lost.set(key, [...(lost.get(key) ?? []), { register, values }]);
    });
  return lost;
}
