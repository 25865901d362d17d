// What has come to its end on a day: found by indexes on event days, judged by `keepUntil`. The preview shows it, the run carries out the same.
import type { z } from "zod";
import type { RetentionOf } from "../description/schema.ts";
import type { Gate } from "../gate/gate.ts";
import type { CustomerData } from "../gate/owned.ts";
import { registerOfKind } from "../policy/decide.ts";
import { registers } from "../registers/all.ts";
import { endsAs, lastDay, waitsForPayment } from "../registers/ends.ts";
import { clockSays } from "../registers/evidence/clock.ts";
import { erasedOn } from "../registers/evidence/ledger.ts";
import { lockedOn, marksOf, type ProofOver, proofPeople, proofsOver } from "../registers/permissions/register.ts";
import type { Candidate, Doomed, Told } from "../registers/register.ts";
import { addDays, type Day, dayInHelsinki } from "../values/Day.ts";
import type { Due } from "./contract.ts";

type Answer = z.infer<typeof Due>;
/** One subject's work in one register on the day. */
export type Job = {
  kind: CustomerData;
  register: string;
  subject: string;
  dueOn: Day;
  /** What goes now, and the rules under which the register is locked instead. */
  ends: {
    rule: string;
    row: string | null;
    categories: string[];
    dueOn: Day;
    atEnd: RetentionOf["atEnd"];
    doomed: Doomed[];
  }[];
};
export type Found = { answer: Answer; jobs: Job[]; proofs: ProofOver[] };

/** Nothing is erased here. `confirmClock`: somebody has looked at the clock and found it right. */
export async function findDue(gate: Gate, { confirmClock = false } = {}): Promise<Found> {
  const clock = await clockSays(gate, confirmClock);
  const day = dayInHelsinki(gate.clock.now());
  const answer: Answer = { day, items: [], held: [], limits: [], clock };
  const jobs: Job[] = [];
  const ended = await endedOn(gate, day, answer.held);
  const done = await erasedOn(gate, day);
  const locked = await lockedOn(gate, day);
  for (const register of registers) {
    const kind = register.name;
    if (kind !== "customers" && kind !== "invoices") continue;
    const id = registerOfKind(gate.inForce().description, kind);
    if (id === undefined) continue;
    const all = ended.filter((job) => job.kind === kind);
    const people = await register.people(gate);
    const before = new Set([...(done.get(kind) ?? []), ...(locked.get(id) ?? [])]);
    const limit = limitOf(people);
    const now = all.slice(0, Math.max(0, limit - before.size));
    if (people > 0 || all.length > 0) answer.limits.push({ register: id, people, limit, due: all.length });
    jobs.push(...now);
  }
  answer.items.push(...jobs.flatMap(itemsOf));
  const proofs = await proofsOver(gate, day);
  const people = await proofPeople(gate);
  const left = Math.max(0, limitOf(people) - (done.get("permissions")?.size ?? 0));
  const firstOnes = new Set([...new Set(proofs.map(({ subject }) => subject))].slice(0, left));
  const some = proofs.filter(({ subject }) => firstOnes.has(subject));
  if (people > 0) answer.limits.push({ register: "permissions", people, limit: limitOf(people), due: proofs.length });
  answer.items.push(...some.map(proofItem));
  return { answer, jobs, proofs: some };
}

/** Everything that has come to its end by the day, before the daily limit; who is held is listed in `held` and left. */
export async function endedOn(gate: Gate, day: Day, held: Answer["held"] = []): Promise<Job[]> {
  const told = await everythingTold(gate);
  const jobs: Job[] = [];
  for (const register of registers) {
    const kind = register.name;
    if (kind !== "customers" && kind !== "invoices") continue;
    const id = registerOfKind(gate.inForce().description, kind);
    if (id === undefined) continue;
    jobs.push(...(await judge(gate, { kind, register: id }, await register.due(gate, day, told), told, day, held)));
  }
  return jobs;
}

/** A mistake in a description or a clock should not empty a register in one night: the larger of 20 people and 5 % a day. */
const limitOf = (people: number): number => Math.max(20, Math.floor(people / 20));

async function everythingTold(gate: Gate): Promise<Told> {
  const openInvoices = new Set<string>();
  const days = new Map<string, Record<string, Day | undefined>>();
  for (const register of registers) {
    const told = await register.tells?.(gate);
    for (const subject of told?.openInvoices ?? []) openInvoices.add(subject);
    for (const [subject, known] of told?.days ?? []) days.set(subject, { ...days.get(subject), ...known });
  }
  return { openInvoices, days };
}

/** One job a subject, the longest overdue first; who is held is listed and left. */
async function judge(
  gate: Gate,
  { kind, register }: { kind: CustomerData; register: string },
  candidates: readonly Candidate[],
  told: Told,
  day: Day,
  held: Answer["held"],
): Promise<Job[]> {
  const { description } = gate.inForce();
  const bySubject = Map.groupBy(candidates, ({ subject }) => subject);
  const marks = await marksOf(gate, [...bySubject.keys()]);
  const jobs: Job[] = [];
  for (const [subject, theirs] of bySubject) {
    const ends: Job["ends"] = [];
    let hold: string | undefined;
    for (const { part, openOrder } of theirs) {
      const rule = description.retention[part.rule];
      const until = rule ? lastDay(rule, part.events, openOrder) : null;
      if (!rule || until === null || until >= day) continue;
      hold ??= marks.holds.get(subject)?.find((id) => description.holds[id]?.registers.includes(rule.register));
      if (rule.atEnd === "restrict" && marks.locked.get(subject)?.has(rule.register)) continue;
      const waiting = part.items.some(
        (item) => told.openInvoices.has(subject) && waitsForPayment(rule, part.row, item),
      );
      if (waiting) {
        hold ??= "openInvoice";
        continue;
      }
      const categories = part.items.map(({ category }) => category);
      const doomed =
        rule.atEnd === "restrict"
          ? []
          : doomedOf(categories, (category) => endsAs(description, rule, category, part.row) === "anonymised", part);
      ends.push({ rule: part.rule, row: part.row, categories, dueOn: addDays(until, 1), atEnd: rule.atEnd, doomed });
    }
    if (hold !== undefined) held.push({ register, subjectId: subject, hold });
    const stopped = hold !== undefined && hold !== "openInvoice";
    const first = ends.map(({ dueOn }) => dueOn).sort()[0];
    if (!stopped && first !== undefined) jobs.push({ kind, register, subject, dueOn: first, ends });
  }
  return jobs.sort((a, b) => (a.dueOn === b.dueOn ? (a.subject < b.subject ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1));
}

function doomedOf(
  categories: readonly string[],
  anonymised: (category: string) => boolean,
  { rule, row }: { rule: string; row: string | null },
): Doomed[] {
  return [true, false].flatMap((anonymise) => {
    const some = categories.filter((category) => anonymised(category) === anonymise);
    return some.length === 0 ? [] : [{ rule, row, categories: some, anonymise }];
  });
}

/** One line a subject and rule, however many invoices it is. */
function itemsOf({ register, subject, ends }: Job): Answer["items"] {
  return [...Map.groupBy(ends, ({ rule }) => rule)].map(([rule, parts]) => ({
    register,
    subjectId: subject,
    rule,
    categories: [...new Set(parts.flatMap(({ categories }) => categories))],
    dueOn: parts.map(({ dueOn }) => dueOn).sort()[0] ?? "",
    atEnd: parts[0]?.atEnd ?? "erase",
  }));
}

const proofItem = ({ subject, consent, until }: ProofOver): Answer["items"][number] => ({
  register: "permissions",
  subjectId: subject,
  rule: consent,
  categories: ["consentProof"],
  dueOn: addDays(until, 1),
  atEnd: "erase",
});
