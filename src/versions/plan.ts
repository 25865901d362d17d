// What a new version would change on the live data: asked before anybody decides. Nothing is changed here.
import { check } from "../description/check.ts";
import { type Change, compare } from "../description/compare.ts";
import { type Finding, parse } from "../description/parse.ts";
import type { Gate } from "../gate/gate.ts";
import type { Candidate } from "../registers/evidence/versions.ts";
import { newlyDue } from "./newlyDue.ts";
import { consentsHeld, type Holds, holdsNow, leftBehind, requestsDue, saidAbout, toMove } from "./touched.ts";

/**
 * People of one register that a change touches. `held`: they have what disappears or changes. `due`: what they have would be due at once.
 * `said`: an objection, a ban, a consent or a restriction of theirs names what disappears. `moved`: what they have is sealed anew under another rule. `left`: what they have no rule would ever end, or nobody could reach.
 */
export type Touch = {
  what: "held" | "due" | "moved" | "left" | "consented" | "said";
  register: string;
  people: number;
};
export type PlannedChange = Change & {
  touches: readonly Touch[];
  /** Endangers somebody: put in force only by a person who has seen it. */
  asks: boolean;
  /** Cannot be put in force while the register holds these people. */
  stops: boolean;
};
export type Plan = { version: string; before: string; findings: readonly Finding[]; changes: readonly PlannedChange[] };

/** `gate`: under the description in force. */
export async function planOf(gate: Gate, { force, text }: Candidate): Promise<Plan> {
  const { description: before } = gate.inForce();
  const after = force.description;
  const changes = compare(before, after);
  const holds = await holdsNow(gate);
  const due = changes.some(({ code }) => RETENTION.has(code)) ? await newlyDue(gate, force, holds) : () => 0;
  const planned: PlannedChange[] = [];
  for (const change of changes) planned.push(await touchedBy(gate, change, holds, due, force));
  return { version: after.version, before: before.version, findings: check(parse(text)), changes: planned };
}

/** What people agreed to or refused stands in words and names of the description: it cannot be carried over to others. */
const OF_THEIR_WORDS = new Set<string>(["consentWording", "purposeGone"]);
const RETENTION = new Set<string>(["retentionShorter", "retentionLonger", "retentionMoved"]);

async function touchedBy(
  gate: Gate,
  change: Change,
  holds: readonly Holds[],
  due: (register: string, category: string) => number,
  next: Candidate["force"],
): Promise<PlannedChange> {
  const { description: after } = next;
  const { code, facts } = change;
  const id = code === "registerGone" ? facts.id : facts.register;
  const held = holds.find(({ register }) => register === id);
  const category = facts.category ?? "";
  const touches: Touch[] = [];
  const touch = (what: Touch["what"], register: string, people: number) => {
    if (people > 0) touches.push({ what, register, people });
  };
  if (code === "consentWording") touch("consented", "permissions", await consentsHeld(gate, facts.consent ?? ""));
  if (code === "purposeGone") touch("said", "permissions", await saidAbout(gate, facts.id ?? ""));
  if (code === "requestsKept") touch("due", "requests", await requestsDue(gate, next));
  if (held && code === "registerGone") touch("left", held.register, held.people);
  if (held && code === "categoryGone") {
    const left = change.path.endsWith(".type") ? held.counts : leftBehind(held, after);
    touch("held", held.register, peopleOf(held.counts, category));
    touch("left", held.register, peopleOf(left, category));
  }
  if (held && code === "retentionShorter") touch("held", held.register, peopleOf(held.counts, category));
  if (held && RETENTION.has(code)) {
    touch("due", held.register, due(held.register, category));
    touch("moved", held.register, peopleOf(toMove(held, after), category));
  }
  const stops = touches.some(({ what }) => what === "left") || (OF_THEIR_WORDS.has(code) && touches.length > 0);
  const endangers = change.endangers || (code === "purposeGone" && touches.length > 0);
  const asks = endangers && touches.some(({ what }) => what !== "moved");
  return { ...change, endangers, touches, asks, stops };
}

const peopleOf = (counts: Holds["counts"], category: string): number =>
  counts.filter((count) => count.category === category).reduce((sum, { people }) => sum + people, 0);
