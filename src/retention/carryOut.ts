// Carrying out an erasure, asked for or due: rows go and locks are set in the gate's transaction, with the ledger; keys are destroyed once it is committed.
import { mentions } from "../db/fragments.ts";
import type { Description } from "../description/schema.ts";
import { banMark } from "../gate/bans.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import type { CustomerData } from "../gate/owned.ts";
import { kinds, registers } from "../registers/all.ts";
import { destroy, type Entry, enter } from "../registers/evidence/ledger.ts";
import { ban, forgetConsents, object, restrict, withdraw } from "../registers/permissions/state.ts";
import type { Doomed, Gone } from "../registers/register.ts";
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
  const everything = work.all;
  for (const register of registers) {
    const doomed = work.erase.find(({ kind }) => kind === register.name)?.doomed ?? [];
    for (const gone of await register.eraseOf(steps, doomed, everything)) {
      const line = { ...gone, register: register.name, everything };
      // What ends with the person and not by a rule of retention has no grace.
      const byRule = kinds.some((kind) => kind === register.name);
      entries.push(...(byRule ? entriesOf(line, doomed, retention) : [{ ...line, graceDays: 0 }]));
    }
  }
  for (const mark of marks) await ban(beside, mark, work.permissions.ban);
  entries.push(...(await forgetProofs(steps, work.permissions.forget)));
  await forgetAnswers(steps, [
    ...(everything ? [steps.subject] : []),
    ...work.erase.flatMap(({ doomed }) => doomed.flatMap(({ row }) => (row === null ? [] : [row]))),
  ]);
  const { ids, keys, dueOn } = await enter(steps, entries, ground);
  // The rows are gone whatever becomes of the keys: the entry stays open and is tried again, and the answer is not a failure to erase.
  if (!many) steps.afterCommit(() => destroy(gate, ids, keys).catch(() => undefined));
  return dueOn;
}

/** Proofs of consent that nothing asks to keep, with their lines for the ledger: they were never sealed, so that there is no key to destroy. */
export async function forgetProofs(steps: Steps, ids: readonly string[]): Promise<Entry[]> {
  if (ids.length === 0) return [];
  await forgetConsents(steps.permissions(), ids);
  const proof = { register: "permissions", rule: "consentProof", categories: ["consentProof"], rows: [...ids] };
  return [{ ...proof, keys: [], graceDays: 0 }];
}

/** Answers kept for repeated requests hold ids: those of what goes, go with it. */
export async function forgetAnswers(steps: Steps, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await steps.evidence().delete("idempotency").where(mentions("ids", ids)).execute();
}

/** What the ledger says of one rule: which rows where they end one by one, and what stays as nobody's. The keys stand on one line only. */
function entriesOf(
  gone: Gone & { register: string; everything: boolean },
  doomed: readonly Doomed[],
  retention: Description["retention"],
): Entry[] {
  const here = doomed.filter(({ rule }) => rule === gone.rule);
  const graceDays = retention[gone.rule]?.graceDays ?? 0;
  return [false, true].flatMap((anonymised) => {
    const some = here.filter(({ anonymise }) => anonymise === anonymised);
    if (some.length === 0) return [];
    const first = !anonymised || here.every(({ anonymise }) => anonymise);
    return [
      {
        ...gone,
        categories: [...new Set(some.flatMap(({ categories }) => categories))],
        keys: first ? gone.keys : [],
        rows: some.flatMap(({ row }) => (row === null ? [] : [row])),
        anonymised,
        graceDays,
      },
    ];
  });
}

/** Where the person can be reached, as the registers hold it. */
export async function addresses(steps: Steps): Promise<string[]> {
  const found: string[] = [];
  for (const register of registers) found.push(...((await register.contactOf?.(steps)) ?? []));
  return found;
}
