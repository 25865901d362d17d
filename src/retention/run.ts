// The run: what the preview shows, subject by subject, each in a transaction of its own, judged once more under the lock.
import type { z } from "zod";
import type { Description } from "../description/schema.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import type { EventDays } from "../policy/keepUntil.ts";
import { kinds, registers } from "../registers/all.ts";
import { contactsLeft } from "../registers/customers/contacts.ts";
import { lastDay, waitsForPayment } from "../registers/ends.ts";
import { enter, replayErasures } from "../registers/evidence/ledger.ts";
import { stateOf } from "../registers/permissions/state.ts";
import type { Doomed, Holding } from "../registers/register.ts";
import { type Day, dayInHelsinki } from "../values/Day.ts";
import { Problem } from "../values/problem.ts";
import { addresses, carryOut, forgetProofs } from "./carryOut.ts";
import { contactJob, holdingsOf } from "./contacts.ts";
import type { Due, DueRun } from "./contract.ts";
import { findDue, type Job } from "./due.ts";
import { permissionsAfter } from "./permissionsAfter.ts";

export const previewRetention = async (gate: Gate): Promise<z.infer<typeof Due>> => (await findDue(gate)).answer;

/**
 * Erases what is due today and finishes what waited for its grace. Answers what was due, and how many items were carried out.
 * @throws Problem `clockJumped` (409) where the clock is not believed and nobody has confirmed it; `retentionPaused` (409) while there is still
 * time to look; nothing is erased then
 */
export async function runRetention(gate: Gate): Promise<z.infer<typeof DueRun>> {
  const { answer, jobs, proofs } = await findDue(gate);
  if (answer.doubt) throw new Problem("clockJumped", 409);
  if (answer.pause) throw new Problem("retentionPaused", 409, { until: answer.pause.until });
  let erased = 0;
  const [contacts, others] = [jobs.filter(({ because }) => because), jobs.filter(({ because }) => !because)];
  for (const [subject, theirs] of Map.groupBy(others, (job) => job.subject))
    erased += await carryOutJobs(gate, subject, theirs, { many: true });
  erased += await eraseContacts(
    gate,
    contacts.map(({ subject }) => subject),
    { many: true },
  );
  for (const [subject, theirs] of Map.groupBy(proofs, (proof) => proof.subject))
    erased += await eraseProofs(
      gate,
      subject,
      theirs.map(({ id }) => id),
    );
  // The keys of all of them go in one rewriting; a crash before it leaves open entries that the next start carries out.
  await replayErasures(gate);
  return { ...answer, erased };
}

/** Proofs of consents whose time has ended, and their line of the ledger, in one transaction. */
async function eraseProofs(gate: Gate, subject: string, ids: readonly string[]): Promise<number> {
  await gate.right(system(), { right: "retention", verb: "erase", subject, kinds: [] }, async (steps) => {
    await enter(steps, await forgetProofs(steps, ids), "retention");
  });
  return ids.length;
}

/**
 * Erases contact persons whose organisation is no longer there, each judged under the lock; one whose organisation is still there, or whom another
 * purpose holds, stays. Answers how many rules of registers were carried out.
 */
export async function eraseContacts(gate: Gate, subjects: readonly string[], { many = false } = {}): Promise<number> {
  const left = subjects.length === 0 ? new Set<string>() : new Set(await contactsLeft(gate));
  let erased = 0;
  for (const subject of subjects.filter((one) => left.has(one)))
    erased += await carryOutJobs(gate, subject, "organisationGone", { many });
  return erased;
}

/**
 * Carries out one subject's jobs, judged once more under the lock. Answers how many rules of registers were carried out. `many`: the caller
 * destroys the keys of all its subjects together. "organisationGone": a contact person, whose jobs are found under the lock.
 */
export async function carryOutJobs(
  gate: Gate,
  subject: string,
  jobs: readonly Job[] | "organisationGone",
  { many = false } = {},
): Promise<number> {
  const work = async (steps: Steps) => {
    const holdings = await holdingsOf(steps);
    // Since the search something may have gone, or a delivery may have come: only what is still the same is carried out.
    const { description } = gate.inForce();
    const state = await stateOf(steps.permissions());
    const day = dayInHelsinki(steps.at);
    const still =
      jobs === "organisationGone"
        ? await contactNow(gate, steps, day)
        : jobs.filter((job) => stillEnds(description, job, holdings, state.holds, day));
    if (still.length === 0) throw new NothingDue();
    const goes = new Map(still.map((job) => [job.kind, job.ends.flatMap(({ doomed }) => doomed)]));
    const emptied = holdings.filter((holding) => empties(holding, goes.get(holding.kind) ?? []));
    const reached = registers.filter(({ contactOf }) => contactOf).map(({ name }) => name);
    const contactGoes = emptied.some(({ kind }) => reached.includes(kind));
    const permissions = permissionsAfter({
      description,
      ground: "noLongerNeeded",
      today: day,
      consents: contactGoes ? state.consents : [],
      objections: state.objections,
      contactGoes,
      hasAddress: contactGoes && (await addresses(steps)).length > 0,
    });
    const erase = still.map(({ kind, register }) => ({ kind, register, doomed: goes.get(kind) ?? [] }));
    const restrict = still.flatMap(({ register, ends }) =>
      ends
        .filter(({ atEnd }) => atEnd === "restrict")
        .map(({ rule }) => ({
          register,
          purposes: description.retention[rule]?.restrictTo ?? [],
          until: null,
          ground: "retention",
        })),
    );
    const all = emptied.length === holdings.length;
    const ground =
      jobs === "organisationGone" ? jobs : still.every(({ shown }) => shown) ? "retentionShown" : "retention";
    await carryOut(gate, steps, { erase, restrict, permissions, all }, ground, { many });
    return still.reduce((count, job) => count + new Set(job.ends.map(({ rule }) => rule)).size, 0);
  };
  return gate.right(system(), { right: "retention", verb: "erase", subject, kinds }, work).catch((error) => {
    if (error instanceof NothingDue) return 0;
    throw error;
  });
}

/** Takes the transaction back with its event: the log must not tell of an erasure that erased nothing. */
class NothingDue extends Error {}

async function contactNow(gate: Gate, steps: Steps, day: Day): Promise<Job[]> {
  const { job, hold } = await contactJob(gate, steps, day);
  return job && hold === null ? [job] : [];
}

const system = () => systemCaller("retention");

function stillEnds(
  description: Description,
  { kind, ends }: Job,
  holdings: readonly Holding[],
  holds: readonly string[],
  day: Day,
): boolean {
  const holding = holdings.find((one) => one.kind === kind);
  if (!holding || holds.some((id) => description.holds[id]?.registers.includes(holding.register))) return false;
  const told: EventDays = Object.assign({}, ...holdings.map(({ tells }) => tells));
  const openInvoice = holdings.some((one) => one.openInvoice);
  return ends.every(({ rule: id, row, categories }) => {
    const part = holding.parts.find(
      (one) => one.rule === id && one.row === row && one.items.some(({ category }) => categories.includes(category)),
    );
    const rule = description.retention[id];
    if (!part || !rule || part.items.some(({ category }) => !categories.includes(category))) return false;
    if (openInvoice && part.items.some((item) => waitsForPayment(rule, row, item))) return false;
    const until = lastDay(rule, { ...told, ...part.events }, holding.openOrder);
    return until !== null && until < day;
  });
}

const empties = ({ parts }: Holding, doomed: readonly Doomed[]): boolean =>
  parts.every(({ rule, row, items }) =>
    items.every(({ category }) =>
      doomed.some((one) => one.rule === rule && one.row === row && one.categories.includes(category)),
    ),
  );
