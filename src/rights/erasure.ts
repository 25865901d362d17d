// An erasure request: what would be done, and doing it. One computation for both.

import type { Description } from "../description/schema.ts";
import type { ErasureGround } from "../description/terms.ts";
import { inLanguage } from "../description/text.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import { registers } from "../registers/all.ts";
import { stateOf } from "../registers/permissions/state.ts";
import type { Holding } from "../registers/register.ts";
import { addresses, carryOut, type Work } from "../retention/carryOut.ts";
import { permissionsAfter } from "../retention/permissionsAfter.ts";
import { addDays, type Day, dayInHelsinki } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { notFound } from "../values/problem.ts";
import { type Decision, decideErasure } from "./decideErasure.ts";

type Asked = { ground: ErasureGround; language?: Language | undefined };
export type Answer = { decisions: Decision[]; consentsEnding: string[]; keysDestroyedOn: Day | null };

/** Nothing is written. @throws Problem `notFound` where nothing is held of the subject */
export async function previewErasure(gate: Gate, steps: Steps, asked: Asked): Promise<Answer> {
  const { decisions, consentsEnding, work } = await plan(gate, steps, asked);
  const { retention } = gate.inForce().description;
  const today = dayInHelsinki(steps.at);
  const days = work.erase.flatMap(({ doomed }) =>
    doomed.map(({ rule }) => addDays(today, retention[rule]?.graceDays ?? 0)),
  );
  return { decisions, consentsEnding, keysDestroyedOn: days.sort().at(-1) ?? null };
}

/** @throws Problem `notFound` where nothing is held of the subject */
export async function eraseSubject(gate: Gate, steps: Steps, asked: Asked): Promise<Answer> {
  const { decisions, consentsEnding, work } = await plan(gate, steps, asked);
  return { decisions, consentsEnding, keysDestroyedOn: await carryOut(gate, steps, work, asked.ground) };
}

async function plan(
  gate: Gate,
  steps: Steps,
  { ground, language }: Asked,
): Promise<{ decisions: Decision[]; consentsEnding: string[]; work: Work }> {
  const { description } = gate.inForce();
  const today = dayInHelsinki(steps.at);
  const holdings: Holding[] = [];
  const reached = new Set<string>();
  for (const register of registers) {
    const holding = await register.holdingOf(steps);
    if (!holding) continue;
    holdings.push(holding);
    if (register.contactOf) reached.add(holding.register);
  }
  const state = await stateOf(steps.permissions());
  if (holdings.length === 0 && state.consents.length === 0) throw notFound();
  const erasure = decideErasure({ description, ground, today, language, holdings, holds: state.holds });
  const permissions = permissionsAfter({
    description,
    ground,
    today,
    language,
    consents: state.consents,
    objections: state.objections,
    contactGoes: [...reached].every((register) => erasure.emptied.includes(register)),
    hasAddress: (await addresses(steps)).length > 0,
  });
  const { erase, restrict, all } = erasure;
  const ending = state.consents.filter(({ id }) => permissions.withdraw.includes(id));
  const consentsEnding = [...new Set(ending.map(({ consent }) => labelOf(description, consent, language)))];
  const decisions = [...erasure.decisions, ...permissions.decisions];
  return { decisions, consentsEnding, work: { erase, restrict, permissions, all } };
}

/** Of a consent that the description does not name any more, its id. */
function labelOf(description: Description, id: string, language: Language | undefined): string {
  const consent = Object.hasOwn(description.consents, id) ? description.consents[id] : undefined;
  return consent ? inLanguage(description, consent.label, language) : id;
}
