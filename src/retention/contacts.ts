// Contact persons whose organisation goes. They are persons of their own, and what was kept of them was kept for it: they go with it, unless another
// purpose holds them (a hold, a law, a consent of their own).
import { systemCaller } from "../gate/caller.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import { kinds, registers } from "../registers/all.ts";
import { contactsLeft, contactsOf } from "../registers/customers/contacts.ts";
import { stateOf } from "../registers/permissions/state.ts";
import type { Holding } from "../registers/register.ts";
import type { Day } from "../values/Day.ts";
import type { Due } from "./contract.ts";
import type { Job } from "./due.ts";

/** Those of organisations that have gone or go with these jobs. Each is looked at as a person with holdings; nothing is erased. */
export async function contactsDue(gate: Gate, jobs: readonly Job[], day: Day, held: Due["held"]): Promise<Job[]> {
  const going = new Map<string, Set<string>>();
  for (const { kind, subject, ends } of jobs)
    if (kind === "customers")
      going.set(
        subject,
        new Set(ends.filter(({ atEnd }) => atEnd !== "restrict").flatMap(({ categories }) => categories)),
      );
  const mine = new Set(jobs.map(({ subject }) => subject));
  const ids = [...new Set([...(await contactsLeft(gate)), ...(await contactsOf(gate, going))])];
  const found: Job[] = [];
  for (const id of ids.filter((one) => !mine.has(one))) {
    const { job, hold } = await lookAt(gate, id, (steps) => contactJob(gate, steps, day));
    if (hold !== null && job) held.push({ register: job.register, subjectId: id, hold });
    else if (job) found.push(job);
  }
  return found;
}

/** What would go of a contact person, and what holds it: the id of a hold, or "consent" where they have said themselves that they want to be written to. */
export async function contactJob(
  gate: Gate,
  steps: Steps,
  day: Day,
): Promise<{ job: Job | null; hold: string | null }> {
  const { description } = gate.inForce();
  const state = await stateOf(steps.permissions());
  const holding = (await holdingsOf(steps)).find(({ kind }) => kind === "customers");
  if (!holding) return { job: null, hold: null };
  const ends = holding.parts.flatMap(({ rule, row, items }) => {
    if (row !== null || description.retention[rule]?.onRequest === "keep") return [];
    const categories = items.map(({ category }) => category);
    return [
      {
        rule,
        row,
        categories,
        dueOn: day,
        atEnd: "erase" as const,
        doomed: [{ rule, row, categories, anonymise: false }],
      },
    ];
  });
  const job: Job = {
    kind: "customers",
    register: holding.register,
    subject: steps.subject,
    dueOn: day,
    ends,
    because: "organisationGone",
  };
  const hold = state.holds.find((id) => description.holds[id]?.registers.includes(holding.register)) ?? null;
  const consented = state.consents.some(({ withdrawnOn }) => withdrawnOn === null);
  const openOrder = holding.openOrder ? "openOrder" : null;
  return { job: ends.length > 0 ? job : null, hold: hold ?? (consented ? "consent" : null) ?? openOrder };
}

export async function holdingsOf(steps: Steps): Promise<Holding[]> {
  const held: Holding[] = [];
  for (const register of registers) {
    const holding = await register.holdingOf(steps);
    if (holding) held.push(holding);
  }
  return held;
}

/** Looks at one person without leaving a mark: the transaction is taken back with its event. */
async function lookAt<T>(gate: Gate, subject: string, work: (steps: Steps) => Promise<T>): Promise<T> {
  const caller = systemCaller("retention");
  const looked: { value?: T } = {};
  await gate
    .right(caller, { right: "retention", verb: "read", subject, kinds }, async (steps) => {
      looked.value = await work(steps);
      throw new OnlyLooked();
    })
    .catch((error) => {
      if (!(error instanceof OnlyLooked)) throw error;
    });
  return looked.value as T;
}

class OnlyLooked extends Error {}
