// What has come to its end on a day: found by indexes on event days, judged by `keepUntil`. The preview shows it, the run carries out the same.
import type { z } from "zod";
import type { Description, RetentionOf } from "../description/schema.ts";
import type { Gate } from "../gate/gate.ts";
import type { CustomerData } from "../gate/owned.ts";
import { registerOfKind } from "../policy/decide.ts";
import { registers } from "../registers/all.ts";
import { endsAs, lastDay, waitsForPayment } from "../registers/ends.ts";
import { approvals, shownSince } from "../registers/evidence/approvals.ts";
import { lookAtClock } from "../registers/evidence/clock.ts";
import { erasedOn } from "../registers/evidence/ledger.ts";
import { pauseNow } from "../registers/evidence/pauses.ts";
import { lockedOn, marksOf, type ProofOver, proofPeople, proofsOver } from "../registers/permissions/register.ts";
import type { Candidate, Doomed, Told } from "../registers/register.ts";
import { addDays, type Day, dayInHelsinki } from "../values/Day.ts";
import { peopleADay, SHOWN_MS } from "../values/safety.ts";
import { contactsDue } from "./contacts.ts";
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
  /** An end of a draw that was shown a day ago: not counted. */
  shown?: boolean;
  /** A contact person whose organisation goes: no day of their own has come, so their holding is judged anew when their turn comes. */
  because?: "organisationGone";
};
export type Found = { answer: Answer; jobs: Job[]; proofs: ProofOver[] };

/** Nothing is erased here. */
export async function findDue(gate: Gate): Promise<Found> {
  const { doubt, seenAt } = await lookAtClock(gate);
  const now = gate.clock.now();
  const day = dayInHelsinki(now);
  const pause = await pauseNow(gate);
  const answer: Answer = {
    day,
    items: [],
    held: [],
    limits: [],
    draws: [],
    clock: doubt === null ? "ok" : "jumped",
    doubt: doubt && { why: doubt, now: now.toISOString(), seenAt: seenAt?.toISOString() ?? null },
    pause: pause && { why: pause.why, until: pause.until.toISOString() },
  };
  const jobs: Job[] = [];
  const ended = await endedOn(gate, day, answer.held);
  const done = await erasedOn(gate, day);
  const locked = await lockedOn(gate, day);
  const allowed = await allowedNow(gate);
  const shown = await shownSince(gate, new Date(now.getTime() - SHOWN_MS));
  for (const register of registers) {
    const kind = register.name;
    if (kind !== "customers" && kind !== "invoices") continue;
    const id = registerOfKind(gate.inForce().description, kind);
    if (id === undefined) continue;
    const all = ended.filter((job) => job.kind === kind);
    const people = await register.people(gate);
    const before = new Set([...(done.get(kind) ?? []), ...(locked.get(id) ?? [])]).size;
    const free = all.filter((job) => wasShown(gate.inForce().description, job, shown));
    const counted = all.filter((job) => !free.includes(job));
    const share = { limit: peopleADay(people), before, more: allowed.get(id) };
    const some = [...free.map((job) => ({ ...job, shown: true })), ...withinLimit(counted, share)];
    const limit = Math.max(share.limit, share.more?.people ?? 0);
    const line = { register: id, people, limit, due: all.length };
    if (people > 0 || all.length > 0) answer.limits.push(free.length > 0 ? { ...line, shown: free.length } : line);
    answer.draws.push(...drawsOf(gate.inForce().description, all, free));
    jobs.push(...some);
  }
  jobs.push(...(await contactsDue(gate, jobs, day, answer.held)));
  answer.items.push(...jobs.flatMap(itemsOf));
  const proofs = await proofsOver(gate, day);
  const people = await proofPeople(gate);
  const subjects = [...Map.groupBy(proofs, ({ subject }) => subject)].map(([subject, theirs]) => ({
    subject,
    dueOn: addDays(theirs.map(({ until }) => until).sort()[0] ?? day, 1),
  }));
  const share = {
    limit: peopleADay(people),
    before: done.get("permissions")?.size ?? 0,
    more: allowed.get("permissions"),
  };
  const firstOnes = new Set(withinLimit(subjects, share).map(({ subject }) => subject));
  const some = proofs.filter(({ subject }) => firstOnes.has(subject));
  const limit = Math.max(share.limit, share.more?.people ?? 0);
  if (people > 0) answer.limits.push({ register: "permissions", people, limit, due: subjects.length });
  answer.items.push(...some.map(proofItem));
  return { answer, jobs, proofs: some };
}

type Share = { limit: number; before: number; more: { people: number; dueBy: string } | undefined };

/** A mistake in a description or a clock should not empty a register in one night: so many a day, and what a second person has allowed of what had ended then. */
function withinLimit<T extends { dueOn: Day }>(all: readonly T[], { limit, before, more }: Share): T[] {
  const some: T[] = [];
  for (const one of all) {
    const most = more && one.dueOn <= more.dueBy ? Math.max(limit, more.people) : limit;
    if (some.length + before < most) some.push(one);
  }
  return some;
}

/** What a second person has allowed, under the version in force. */
async function allowedNow(gate: Gate): Promise<ReadonlyMap<string, { people: number; dueBy: string }>> {
  const { version } = gate.inForce().description;
  const rows = (await approvals(gate)).filter((one) => one.approvedAt !== null && one.version === version);
  return new Map(rows.toReversed().map(({ register, people, dueBy }) => [register, { people, dueBy }]));
}

/** Ends of a draw or of another event of the company's own: everybody at once by their nature, and known from the day of the event on. */
export const boundToEvent = ({ events }: Description, { from }: RetentionOf): boolean =>
  from === "raffleDraw" || Object.hasOwn(events, from);

/** Ends that a draw brings, by rule. */
function drawsOf(description: Description, all: readonly Job[], free: readonly Job[]): Answer["draws"] {
  const ends = all.flatMap((job) => job.ends.map((end) => ({ ...end, job })));
  const bound = ends.filter(({ rule }) => {
    const known = description.retention[rule];
    return known !== undefined && boundToEvent(description, known);
  });
  return [...Map.groupBy(bound, ({ rule }) => rule)].map(([rule, some]) => ({
    register: some[0]?.job.register ?? "",
    rule,
    people: new Set(some.map(({ job }) => job.subject)).size,
    free: some.every(({ job }) => free.includes(job)),
  }));
}

const wasShown = (description: Description, { ends }: Job, shown: ReadonlyMap<string, string>): boolean =>
  ends.every(({ rule: id, dueOn }) => {
    const rule = description.retention[id];
    return rule !== undefined && boundToEvent(description, rule) && dueOn <= (shown.get(id) ?? "");
  });

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
function itemsOf({ register, subject, ends, because }: Job): Answer["items"] {
  return [...Map.groupBy(ends, ({ rule }) => rule)].map(([rule, parts]) => ({
    register,
    subjectId: subject,
    rule,
    categories: [...new Set(parts.flatMap(({ categories }) => categories))],
    dueOn: parts.map(({ dueOn }) => dueOn).sort()[0] ?? "",
    atEnd: parts[0]?.atEnd ?? "erase",
    ...(because === undefined ? {} : { because }),
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
