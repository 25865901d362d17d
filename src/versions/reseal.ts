// Values are sealed under the rule that ends them: when a new version moves a category to another rule, they are sealed under it before it
// is in force. Each subject is a transaction of its own, so that what a crash leaves is whole, readable, and found by the next run.
import type { InForce } from "../description/inForce.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { underDescription } from "../gate/under.ts";
import { kinds, registers } from "../registers/all.ts";
import { enter, replayErasures } from "../registers/evidence/ledger.ts";
import { toMove } from "./touched.ts";

export type Resealing = {
  /** Subjects sealed before their old keys are destroyed together. */
  batch?: number;
  /** After each batch: how many subjects are done. */
  onBatch?: (done: number) => Promise<void> | void;
};

const BATCH = 500;

/** Seals under `force` all that stands under another rule than it says. Answers how many subjects. */
export async function reseal(gate: Gate, force: InForce, { batch = BATCH, onBatch }: Resealing = {}): Promise<number> {
  const there = underDescription(gate, force);
  let done = 0;
  for (const { name, counts, subjectsOf } of registers) {
    if (name !== "customers" && name !== "invoices") continue;
    const moving = toMove({ kind: name, counts: (await counts?.(there)) ?? [] }, force.description);
    for (let after = FIRST; moving.length > 0; ) {
      const subjects = (await subjectsOf?.(there, moving, after, batch)) ?? [];
      for (const subject of subjects) await settle(there, subject);
      // A crash before this leaves open entries of the ledger, which the next start carries out.
      await replayErasures(gate);
      done += subjects.length;
      if (subjects.length > 0) await onBatch?.(done);
      const last = subjects.at(-1);
      if (last === undefined || subjects.length < batch) break;
      after = last;
    }
  }
  return done;
}

const FIRST = "00000000-0000-0000-0000-000000000000";

async function settle(there: Gate, subject: string): Promise<void> {
  const caller = systemCaller("version");
  await there.right(caller, { right: "resealing", verb: "change", subject, kinds }, async (steps) => {
    for (const register of registers) {
      const gone = (await register.settle?.(steps)) ?? [];
      const entries = gone.map((one) => ({ ...one, register: register.name, graceDays: 0 }));
      await enter(steps, entries, "resealed");
    }
  });
}
