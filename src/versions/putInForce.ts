// A new version takes force: at a start by itself where nobody can lose anything, else by a person who has seen what it does.
import type { InForce } from "../description/inForce.ts";
import type { Caller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { type Candidate, isBehindScreen, putInForce, standingOf } from "../registers/evidence/versions.ts";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { type Plan, planOf } from "./plan.ts";
import { type Resealing, reseal } from "./reseal.ts";

export type Applied = { outcome: "same" | "applied"; version: string; resealed: number };
export type Applying = { gate: Gate; takeForce: (force: InForce) => void };

/** At a start, `gate` under the version before: throws `descriptionEndangers`, and what `standingOf` throws. */
export async function startUnder(gate: Gate, candidate: Candidate): Promise<Date> {
  const since = await standing(gate, candidate);
  if (since) return since;
  const { changes } = await planOf(gate, candidate);
  const danger = changes.find(({ asks, stops, touches }) => asks || stops || touches.length > 0);
  const { file } = candidate.force;
  if (danger) throw new Problem("descriptionEndangers", 409, { file, place: danger.path });
  return write(gate, candidate, "system:start");
}

/** Whether the file at a start is only behind what was changed at the screen; then the version that stands goes on. */
export const staysBehind = (gate: Gate, candidate: Candidate): Promise<boolean> =>
  gate.serving(caller("system:version"), { ...ask, silent: true }, (grant) => isBehindScreen(grant, candidate));

/** `yes`: somebody has said yes to what the plan endangers. `base`: only where the version with this hash is still in force. `by`: a person at the screen; the command line when absent. */
export type Consent = { yes: boolean | ((plan: Plan) => boolean); base?: string; by?: Caller };

/**
 * Puts the candidate in force without a restart. Throws `descriptionLeavesBehind` where somebody's data would be left without a rule or out
 * of reach, `descriptionAsks` where somebody is endangered and nobody has said yes, and what `standingOf` throws. What fails half-way
 * leaves the old version in force and all values readable; the next `apply` or start goes on.
 */
export function apply(
  { gate, takeForce }: Applying,
  candidate: Candidate,
  { yes, base, by, ...resealing }: Consent & Resealing,
): Promise<Applied> {
  const mine = turn.then(async (): Promise<Applied> => {
    const { version } = candidate.force.description;
    if (base !== undefined) expectBase(gate, base);
    if (await standing(gate, candidate)) return { outcome: "same", version, resealed: 0 };
    refuse(await planOf(gate, candidate), candidate, yes);
    // Meanwhile both versions' rules are known: what is sealed under the new one's is still kept and ended by its own clock.
    takeForce(bridge(gate.inForce(), candidate.force));
    const resealed = await reseal(gate, candidate.force, resealing);
    const inForceAt = await (by ? writeAs(gate, candidate, by) : write(gate, candidate, "system:cli"));
    takeForce({ ...candidate.force, inForceAt });
    // What somebody wrote down under the old version between the last batch and now.
    return { outcome: "applied", version, resealed: resealed + (await reseal(gate, gate.inForce())) };
  });
  turn = mine.catch(() => undefined);
  return mine;
}

/** One after another: two versions at once would seal against each other. */
let turn: Promise<unknown> = Promise.resolve();

/** Finishes, or takes back, what a crash left between two versions: everything under the rules of the one in force. */
export function settleAll(gate: Gate): Promise<number> {
  const mine = turn.then(() => reseal(gate, gate.inForce()));
  turn = mine.catch(() => undefined);
  return mine;
}

function refuse(plan: Plan, { force }: Candidate, yes: Consent["yes"]): void {
  const { changes } = plan;
  const { file } = force;
  const stop = changes.find(({ stops }) => stops);
  if (stop) throw new Problem("descriptionLeavesBehind", 409, { file, place: stop.path });
  const ask = changes.find(({ asks }) => asks);
  if (ask && !(typeof yes === "function" ? yes(plan) : yes))
    throw new Problem("descriptionAsks", 409, { file, place: ask.path });
}

/** Two people at two screens: the later one sees first what the earlier one did. Throws `descriptionMoved`. */
export function expectBase(gate: Gate, base: string): void {
  const { hash, description } = gate.inForce();
  if (hash !== base) throw new Problem("descriptionMoved", 409, { version: description.version });
}

function bridge(before: InForce, { description: { retention } }: InForce): InForce {
  // The rules before come first: what is written now is still sealed under them.
  const added = Object.entries(retention).filter(([id]) => !Object.hasOwn(before.description.retention, id));
  const both = { ...before.description.retention, ...Object.fromEntries(added) };
  return { ...before, description: { ...before.description, retention: both } };
}

const caller = (id: string) => ({ actor: { kind: "system", id } as const, requestId: newId() });
const ask = { register: "evidence", verb: "change", place: "version" } as const;

const standing = (gate: Gate, candidate: Candidate): Promise<Date | null> =>
  gate.serving(caller("system:version"), { ...ask, silent: true }, (grant) => standingOf(grant, candidate));
const write = (gate: Gate, candidate: Candidate, by: string): Promise<Date> =>
  gate.serving(caller(by), ask, (grant) => putInForce(grant, candidate, by));
/** The place tells the event apart from other changes of the evidence. */
const writeAs = (gate: Gate, candidate: Candidate, by: Caller): Promise<Date> =>
  gate.serving({ actor: by.actor, requestId: by.requestId }, { ...ask, place: "description.version" }, (grant) =>
    putInForce(grant, candidate, by.actor.id),
  );
