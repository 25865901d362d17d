// Carrying out an erasure, asked for or due: rows go and locks are set in the gate's transaction, with the ledger; keys are destroyed once it is committed.
import { banMark } from "../gate/bans.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import type { CustomerData } from "../gate/owned.ts";
import { registers } from "../registers/all.ts";
import { destroy, type Entry, enter } from "../registers/evidence/ledger.ts";
import { ban, forgetConsents, object, restrict, withdraw } from "../registers/permissions/state.ts";
import type { Doomed } from "../registers/register.ts";
import type { Day } from "../values/Day.ts";
import type { PermissionPlan } from "./permissionsAfter.ts";

export type Work = {
  erase: readonly { kind: CustomerData; register: string; doomed: readonly Doomed[] }[];
  restrict: readonly { register: string; purposes: readonly string[]; until: Day | null; ground: string }[];
  permissions: PermissionPlan;
  /** Nothing of the person is left in any register. */
  all: boolean;
};

/**
 * Answers the day on which the last of the keys goes, if they can be destroyed (`finishErasures` tells); null where nothing was sealed. `ground`: a code, never words of a person. `many`: the
 * caller destroys the keys of all its subjects together by `replayErasures`, because each destroying rewrites the keyring.
 */
export async function carryOut(
  gate: Gate,
  steps: Steps,
  work: Work,
  ground: string,
  { many = false } = {},
): Promise<Day | null> {
  const marks =
    work.permissions.ban.length > 0 ? (await addresses(steps)).map((address) => banMark(gate.keys, address)) : [];
  const beside = steps.permissions();
  await withdraw(beside, work.permissions.withdraw);
  await object(beside, work.permissions.object);
  for (const lock of work.restrict) await restrict(beside, lock);

  const entries: Entry[] = [];
  const { retention } = gate.inForce().description;
  for (const register of registers) {
    const mine = work.erase.find(({ kind }) => kind === register.name);
    for (const gone of await register.eraseOf(steps, mine?.doomed ?? [], work.all))
      entries.push({ ...gone, register: register.name, graceDays: retention[gone.rule]?.graceDays ?? 0 });
  }
  for (const mark of marks) await ban(beside, mark, work.permissions.ban);
  await forgetConsents(beside, work.permissions.forget);
  const { ids, keys, dueOn } = await enter(steps, entries, ground);
  // The rows are gone whatever becomes of the keys: the entry stays open and is tried again, and the answer is not a failure to erase.
  if (!many) steps.afterCommit(() => destroy(gate, ids, keys).catch(() => undefined));
  return dueOn;
}

/** Where the person can be reached, as the registers hold it. */
export async function addresses(steps: Steps): Promise<string[]> {
  const found: string[] = [];
  for (const register of registers) found.push(...((await register.contactOf?.(steps)) ?? []));
  return found;
}
