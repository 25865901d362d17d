// What an erasure request does: pure, from what each register holds of the person. Every line carries its reason and the place in the description.
// GDPR Art. 17(1) says when data goes, Art. 17(3) what stays (law, claims), Art. 18 what is locked meanwhile, Art. 21(3) that marketing always stops.
import type { z } from "zod";
import type { Description, RetentionOf } from "../description/schema.ts";
import type { ErasureGround } from "../description/terms.ts";
import { inLanguage } from "../description/text.ts";
import type { CustomerData } from "../gate/owned.ts";
import type { EventDays } from "../policy/keepUntil.ts";
import { endsAs, lastDay, waitsForPayment } from "../registers/ends.ts";
import type { Doomed, HeldCategory, Holding, Part } from "../registers/register.ts";
import type { Day } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import type { ErasureDecision } from "./contract.ts";

export type Decision = z.infer<typeof ErasureDecision>;

export type Asked = {
  description: Description;
  ground: ErasureGround;
  today: Day;
  /** In which the grounds are told; the company's first when absent. */
  language?: Language | undefined;
  holdings: readonly Holding[];
  /** Ids of holds in force (the description's `holds`). */
  holds: readonly string[];
};

export type Restriction = { register: string; purposes: readonly string[]; until: Day | null; ground: string };
export type Plan = {
  decisions: Decision[];
  erase: { kind: CustomerData; register: string; doomed: Doomed[] }[];
  restrict: Restriction[];
  /** Ids of registers that keep nothing of the person. */
  emptied: string[];
  /** Nothing of the person is left in any register. */
  all: boolean;
};

type Fate = Pick<Decision, "outcome" | "reason"> & {
  until?: Day | null;
  purposes?: string[];
  remaining?: string[];
  /** Instead of the rule's own; empty where the reason alone is the whole answer, and the rule's period is not yet it. */
  ground?: string;
  place?: string;
};

export function decideErasure(asked: Asked): Plan {
  const { description, holdings } = asked;
  const told: EventDays = Object.assign({}, ...holdings.map(({ tells }) => tells));
  const openInvoice = holdings.some((holding) => holding.openInvoice);
  const plan: Plan = { decisions: [], erase: [], restrict: [], emptied: [], all: true };

  for (const holding of holdings) {
    const lines = new Map<string, Decision>();
    const doomed: Doomed[] = [];
    const stay: Fate[] = [];
    for (const part of holding.parts) {
      const rule = Object.hasOwn(description.retention, part.rule) ? description.retention[part.rule] : undefined;
      const going = new Map<boolean, string[]>();
      for (const item of part.items) {
        const fate = fateOf(asked, holding, { ...part, events: { ...told, ...part.events } }, rule, item, openInvoice);
        note(lines, decisionOf(asked, holding, part.rule, rule, item.category, fate));
        if (fate.outcome === "erased" || fate.outcome === "anonymised")
          push(going, fate.outcome === "anonymised", item.category);
        else stay.push(fate);
      }
      for (const [anonymise, categories] of going)
        doomed.push({ rule: part.rule, row: part.row, categories, anonymise });
    }
    plan.decisions.push(...lines.values());
    if (doomed.length > 0) plan.erase.push({ kind: holding.kind, register: holding.register, doomed });
    const restricted = restrictionOf(holding, stay);
    if (restricted) plan.restrict.push({ ...restricted, ground: asked.ground });
    if (stay.length > 0) plan.all = false;
    else plan.emptied.push(holding.register);
  }
  return plan;
}

function fateOf(
  { description, ground, today, holds, language }: Asked,
  { register, openOrder }: Holding,
  { events, row }: Part,
  rule: RetentionOf | undefined,
  item: HeldCategory,
  openInvoice: boolean,
): Fate {
  const { category, basis } = item;
  const until = rule ? lastDay(rule, events, openOrder) : null;
  if (ground === "directMarketing") return { outcome: "kept", reason: "directMarketingStopped", until };
  const hold = holds.find((id) => description.holds[id]?.registers.includes(register) ?? false);
  const held = hold === undefined ? undefined : description.holds[hold];
  if (held)
    return {
      outcome: "kept",
      reason: "hold",
      ground: inLanguage(description, held.ground, language),
      place: `holds.${hold}`,
    };
  if (!rule) return { outcome: "erased", reason: "noRule" };
  // What stands in the register although the description does not have it there is held without a ground (Art. 17(1)(d)).
  if (row === null && !declared(description, register, rule, category))
    return { outcome: "erased", reason: "notDeclared" };
  if (basis === "consent") return { outcome: "erased", reason: "restedOnConsent" };
  if (openInvoice && waitsForPayment(rule, row, item)) return { outcome: "kept", reason: "openInvoice", ground: "" };
  if (until !== null && until < today)
    return { outcome: endsAs(description, rule, category, row), reason: "periodEnded" };
  if (rule.onRequest === "keep")
    return {
      outcome: "kept",
      reason: rule.basis === "legalObligation" ? "keptByLaw" : "keptByRule",
      remaining: onBasis(description, rule, category),
      until,
    };
  if (rule.onRequest === "erase") return { outcome: "erased", reason: "onRequest" };
  if (openOrder) return { outcome: "kept", reason: "openOrder", ground: "", until };
  // The purpose that would remain (a warranty) has not begun: a prospect's data has nothing left to wait for.
  if (rule.otherwise && events[rule.from] === undefined) return { outcome: "erased", reason: "notNeeded" };
  if (ground === "consentWithdrawn") return { outcome: "kept", reason: "otherBasis", until };
  const purposes = rule.restrictTo.filter((id) => description.categories[category]?.purposes.includes(id));
  if (purposes.length === 0) return { outcome: "erased", reason: "notNeededForPurpose" };
  return { outcome: "restricted", reason: "restricted", purposes: [...rule.restrictTo], until };
}

const onBasis = (description: Description, { basis }: RetentionOf, category: string): string[] =>
  (description.categories[category]?.purposes ?? []).filter((id) => description.purposes[id]?.legalBasis === basis);

const declared = (description: Description, register: string, rule: RetentionOf, category: string): boolean =>
  (description.registers[register]?.categories.includes(category) ?? false) && rule.categories.includes(category);

function decisionOf(
  { description, language }: Asked,
  { register }: Holding,
  ruleId: string,
  rule: RetentionOf | undefined,
  category: string,
  { outcome, reason, until, purposes, ground, place }: Fate,
): Decision {
  return {
    register,
    categories: [category],
    outcome,
    ...(until ? { until } : {}),
    reason,
    ground: ground ?? (rule ? inLanguage(description, rule.ground, language) : ""),
    ...(purposes ? { purposes } : {}),
    place: place ?? (rule ? `retention.${ruleId}` : `registers.${register}`),
  };
}

/** One line for what has one fate; invoices that end on different days are as many lines. */
function note(lines: Map<string, Decision>, decision: Decision): void {
  const { categories, ...rest } = decision;
  const key = JSON.stringify(rest);
  const line = lines.get(key);
  if (!line) lines.set(key, decision);
  else for (const category of categories) if (!line.categories.includes(category)) line.categories.push(category);
}

/**
 * One lock a register: to every purpose that remains (of what is restricted, and of what stays on a basis of its own), until the last of
 * the days; without a day where one part has none.
 */
function restrictionOf({ register }: Holding, stay: readonly Fate[]): Omit<Restriction, "ground"> | null {
  const restricted = stay.filter(({ outcome }) => outcome === "restricted");
  if (restricted.length === 0) return null;
  const days = restricted.map(({ until }) => until ?? null);
  const until = days.some((day) => day === null) ? null : (days.toSorted().at(-1) ?? null);
  return {
    register,
    purposes: [...new Set(stay.flatMap(({ purposes, remaining }) => purposes ?? remaining ?? []))],
    until,
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
