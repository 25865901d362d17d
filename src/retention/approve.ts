// More than a day's limit, asked by one person and allowed by another. Where the company has one person with the duty, time stands in for the second.
import { type Caller, systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { type Asked, allowMore, approvals, askMore } from "../registers/evidence/approvals.ts";
import { clockIsRight } from "../registers/evidence/clock.ts";
import type { Names } from "../registers/names.ts";
import { holdersOf } from "../registers/staff/store.ts";
import { parseDay } from "../values/Day.ts";
import { notFound, Problem } from "../values/problem.ts";
import { ALONE_WAIT_MS } from "../values/safety.ts";
import type { Approval } from "./contract.ts";
import { findDue } from "./due.ts";

/** What only a person may say: a program's token has nobody behind it who has looked. @throws Problem `personNeeded` (403) */
export function asPerson(caller: Caller): Caller {
  if (caller.actor.kind !== "staff") throw new Problem("personNeeded", 403);
  return caller;
}

/** @throws Problem `nothingBeyond` (409) where no more is due in the register than the day allows */
export async function askApproval(gate: Gate, caller: Caller, register: string): Promise<string> {
  const { answer } = await findDue(gate);
  const line = answer.limits.find((one) => one.register === register);
  if (!line) throw notFound();
  const people = line.due - (line.shown ?? 0);
  const now = new Set(answer.items.filter((one) => one.register === register).map(({ subjectId }) => subjectId)).size;
  if (people <= now - (line.shown ?? 0)) throw new Problem("nothingBeyond", 409);
  return askMore(gate, asPerson(caller), { register, people, dueBy: parseDay(answer.day) });
}

/**
 * Answers until when it counts.
 * @throws Problem `approvalNeedsAnother` (403), `approvalNotYet` (409), `approvalStale` (409) under another version of the description than it was
 * asked under, `clockJumped` (409) where the hours of waiting cannot be counted
 */
export async function approveAsked(gate: Gate, caller: Caller, id: string): Promise<Date> {
  const { actor } = asPerson(caller);
  const asked = (await approvals(gate)).find((one) => one.id === id && one.approvedAt === null);
  if (!asked) throw notFound();
  if (asked.version !== gate.inForce().description.version) throw new Problem("approvalStale", 409);
  if (!(await clockIsRight(gate))) throw new Problem("clockJumped", 409);
  const { youMay } = mayApprove(gate, asked, actor.id, await keepers(gate));
  if (youMay === "another") throw new Problem("approvalNeedsAnother", 403);
  if (youMay === "later") throw new Problem("approvalNotYet", 409);
  const until = await allowMore(gate, caller, asked);
  if (!until) throw notFound();
  return until;
}

export async function listApprovals(gate: Gate, caller: Caller, names: Names): Promise<Approval[]> {
  const { version } = gate.inForce().description;
  const all = (await approvals(gate)).filter((one) => one.version === version);
  const people = all.flatMap(({ askedBy, approvedBy }) => (approvedBy === null ? [askedBy] : [askedBy, approvedBy]));
  const known = await names(caller, people);
  const others = await keepers(gate);
  return all.map((one) => ({
    id: one.id,
    register: one.register,
    people: one.people,
    dueBy: one.dueBy,
    askedAt: one.askedAt.toISOString(),
    askedBy: one.askedBy,
    ...named("askedByName", known.get(one.askedBy)),
    approvedAt: one.approvedAt?.toISOString() ?? null,
    ...named("approvedByName", known.get(one.approvedBy ?? "")),
    validUntil: one.validUntil?.toISOString() ?? null,
    ...mayApprove(gate, one, caller.actor.id, others),
  }));
}

function mayApprove(
  gate: Gate,
  { askedBy, askedAt, approvedAt }: Asked,
  me: string,
  keepers: readonly string[],
): Pick<Approval, "youMay" | "from"> {
  if (approvedAt !== null) return { youMay: "done" };
  if (me !== askedBy) return { youMay: keepers.includes(me) ? "now" : "another" };
  if (keepers.length !== 1) return { youMay: "another" };
  const from = new Date(askedAt.getTime() + ALONE_WAIT_MS);
  return { youMay: gate.clock.now() < from ? "later" : "now", from: from.toISOString() };
}

/** People who can sign in and keep retention. */
function keepers(gate: Gate): Promise<string[]> {
  const { roles } = gate.inForce().description;
  const keeping = Object.keys(roles).filter((id) => roles[id]?.keeps.includes("retention"));
  const caller: Caller = systemCaller("retention");
  const ask = { register: "staff", verb: "read", place: "roles", silent: true } as const;
  return gate.serving(caller, ask, (grant) => holdersOf(grant, keeping));
}

const named = <K extends string>(key: K, name: string | undefined): Partial<Record<K, string>> =>
  name === undefined ? {} : ({ [key]: name } as Partial<Record<K, string>>);
