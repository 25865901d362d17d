// How many people a change of the description touches: counts by register, never who they are.
import { type InForce, ruleOf } from "../description/inForce.ts";
import type { Description } from "../description/schema.ts";
import type { Gate } from "../gate/gate.ts";
import type { CustomerData } from "../gate/owned.ts";
import { underDescription } from "../gate/under.ts";
import { registerOfKind } from "../policy/decide.ts";
import { registers } from "../registers/all.ts";
import { consentsOf, saidOf } from "../registers/permissions/register.ts";
import type { Count } from "../registers/register.ts";
import { requestsOver } from "../registers/requests/register.ts";
import { dayInHelsinki } from "../values/Day.ts";

/** What one register holds: its id in the description before, how many people, and of how many each category under each rule. */
export type Holds = { kind: CustomerData; register: string; people: number; counts: readonly Count[] };

/** Registers that hold somebody; one that holds nobody has nothing to lose. `gate`: under the description before. */
export async function holdsNow(gate: Gate): Promise<Holds[]> {
  const found: Holds[] = [];
  for (const { name, people, counts } of registers) {
    if (name !== "customers" && name !== "invoices") continue;
    const register = registerOfKind(gate.inForce().description, name);
    if (register === undefined) continue;
    const held = (await counts?.(gate)) ?? [];
    const most = Math.max(await people(gate), ...held.map((count) => count.people));
    if (most > 0) found.push({ kind: name, register, people: most, counts: held });
  }
  return found;
}

/** Of how many people a proof of the consent is kept. */
export const consentsHeld = (gate: Gate, consent: string): Promise<number> => consentsOf(gate, consent);

/** Of how many people an objection, a ban, a consent or a restriction in force names the purpose. */
export const saidAbout = (gate: Gate, purpose: string): Promise<number> => saidOf(gate, purpose);

/** Of how many people closed requests would be due at once, that are not due today. */
export async function requestsDue(gate: Gate, next: InForce): Promise<number> {
  const day = dayInHelsinki(gate.clock.now());
  const already = new Set((await requestsOver(gate, day)).map(({ id }) => id));
  const due = await requestsOver(underDescription(gate, next), day);
  return new Set(due.flatMap(({ id, subject }) => (already.has(id) ? [] : [subject]))).size;
}

/** What stands under another rule than the new description gives it. */
export const toMove = ({ kind, counts }: Pick<Holds, "kind" | "counts">, after: Description): Count[] => {
  const register = registerOfKind(after, kind);
  if (register === undefined) return [];
  return counts.filter(({ category, rule }) => (ruleOf(after, register, category) ?? rule) !== rule);
};

/** What no rule of the new description would ever end: its category has no rule there, and the rule it stands under is gone or another register's. */
export const leftBehind = ({ kind, counts }: Holds, after: Description): Count[] => {
  const register = registerOfKind(after, kind);
  if (register === undefined) return [...counts];
  return counts.filter(
    ({ category, rule }) =>
      ruleOf(after, register, category) === undefined &&
      !(Object.hasOwn(after.retention, rule) && after.retention[rule]?.register === register),
  );
};
