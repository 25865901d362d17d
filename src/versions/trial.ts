// Changes of the description tried out: the text they give, what is wrong with it, whom it touches, and what the documents would say. Nothing is changed here.
import type { z } from "zod";
import { check, hasErrors } from "../description/check.ts";
import { type InForce, ruleOf } from "../description/inForce.ts";
import { own } from "../description/lint/issue.ts";
import { type Finding, LIMITS, parse } from "../description/parse.ts";
import { type Json, rewrite, type ValueChange, valuesOf, withChanges } from "../description/rewrite.ts";
import { say } from "../description/say.ts";
import type { Description, RetentionOf } from "../description/schema.ts";
import { UNKNOWN } from "../description/terms.ts";
import type { DocumentKind, PrintedDocument } from "../documents/model.ts";
import { say as voiceOf } from "../documents/say.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { underDescription } from "../gate/under.ts";
import { type Candidate, candidateOf, ORDER, writtenVersion } from "../registers/evidence/versions.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import type { Danger, tryDescription } from "./contract.ts";
import { differences } from "./differences.ts";
import { spoken } from "./form.ts";
import { choiceOf } from "./formWords.ts";
import { type Plan, type PlannedChange, planOf } from "./plan.ts";
import { expectBase } from "./putInForce.ts";
import { mostOf, sayChanges, sayTouch } from "./say.ts";

export type Draft = {
  base: string;
  changes?: readonly ValueChange[] | undefined;
  text?: string | undefined;
  version?: string | undefined;
};
export type TrialParts = {
  gate: Gate;
  /** A document as it is under a gate's description. */
  print: (gate: Gate, kind: DocumentKind, language: Language) => Promise<PrintedDocument>;
  /** Throws where the program is set up with something that the description no longer declares. */
  expect?: ((description: Description) => void) | undefined;
};
export type Trial = { candidate: Candidate | null; answer: z.input<typeof tryDescription.response> };

const KINDS = ["dataflow", "notice", "record", "staff"] as const;

/** The text in force. Throws `notFound` where it is not written down. */
export async function textInForce(gate: Gate): Promise<{ text: string; version: string; since: Date; by: string }> {
  const ask = { register: "evidence", verb: "read", place: "version", silent: true } as const;
  const found = await gate.serving(systemCaller("version"), ask, (grant) => writtenVersion(grant, gate.inForce().hash));
  if (!found) throw new Problem("notFound", 404);
  return found;
}

/** Throws `descriptionMoved` where `base` is no longer in force, `tooLarge` where the text is past what a description may be. */
export async function tryOut(parts: TrialParts, draft: Draft, language: Language): Promise<Trial> {
  const { gate, expect } = parts;
  expectBase(gate, draft.base);
  const force = gate.inForce();
  const before = await textInForce(gate);
  const { text, asksVersion } = raised(written(before.text, draft), before, draft.version);
  const parsed = parse(text);
  const found = check(parsed);
  const candidate = candidateOf(text, force.file, gate.clock.now());
  const findings = findingsIn(found, check(parse(before.text)), language);
  const isSame = text === before.text;
  const nothing = { changes: [], dangers: [], documents: [] };
  const answer = { text, version: candidate?.force.description.version ?? "", asksVersion, isSame, findings };
  if (!candidate || hasErrors(found) || isSame)
    return { candidate, answer: { ...answer, ...nothing, isPossible: false } };
  expect?.(candidate.force.description);
  const plan = await planOf(gate, candidate);
  const name = naming(valuesOf(before.text) ?? {}, valuesOf(text) ?? {}, language);
  const rules = rulesOf(force, candidate.force, language);
  return {
    candidate,
    answer: {
      ...answer,
      changes: sayChanges(plan.changes, language, { name, rules }),
      dangers: dangersOf(plan).map((danger) => ({ ...danger, sentence: sayTouch(danger, language, name) })),
      documents: await documentsOf(parts, candidate.force, language),
      isPossible: !asksVersion && !plan.changes.some(({ stops }) => stops),
    },
  };
}

/** Whom the changes that ask for a yes endanger: for each register and kind of danger, the most people of any one change. */
export function dangersOf({ changes }: Plan): Danger[] {
  const asking = changes.filter(({ asks }) => asks).flatMap(({ touches }) => touches);
  return mostOf(asking.filter(({ what }) => what !== "moved"));
}

/** Whoever says yes has seen these very numbers. */
export const isAgreed = (plan: Plan, agreed: readonly Danger[]): boolean =>
  dangersOf(plan).every(({ what, register, people }) =>
    agreed.some((each) => each.what === what && each.register === register && each.people === people),
  );

function written(before: string, { text, changes = [] }: Draft): string {
  if (text !== undefined) return text;
  const values = valuesOf(before);
  return values ? rewrite(before, withChanges(values, changes)) : before;
}

/** A whole number is raised by one; any other has to be said. A text that brings a higher version of its own keeps it. */
function raised(text: string, before: { text: string; version: string }, said: string | undefined) {
  // What is no description is told as such; only `parse` may be asked of any text whatever.
  const values = text === before.text || !parse(text).description ? null : valuesOf(text);
  if (!values) return { text, asksVersion: false };
  const its = typeof values.version === "string" ? values.version : "";
  const next = /^\d{1,9}$/.test(before.version) ? String(Number(before.version) + 1) : undefined;
  const version = said ?? (ORDER.compare(its, before.version) > 0 ? its : next);
  if (version === undefined || ORDER.compare(version, before.version) <= 0) return { text, asksVersion: true };
  return { text: its === version ? text : rewrite(text, { ...values, version }), asksVersion: false };
}

function findingsIn(found: readonly Finding[], before: readonly Finding[], language: Language) {
  const key = ({ code, path, facts }: Finding) => JSON.stringify([code, path, facts]);
  const known = new Set(before.map(key));
  return found.slice(0, LIMITS.findings).map((finding) => {
    const { path, line, col, severity, code } = finding;
    return { path, line, col, severity, code, ...say(finding, language), isNew: !known.has(key(finding)) };
  });
}

/** What people call the ids, now or before. */
function naming(before: { [key: string]: Json }, after: { [key: string]: Json }, language: Language) {
  return (part: string, id: string): string => {
    for (const values of [after, before]) {
      const there = own(values, part);
      if (!there || typeof there !== "object" || Array.isArray(there)) continue;
      const found = spoken(values, own(there, id), language);
      if (found !== "") return found;
    }
    return id;
  };
}

/** "Last contact + 12 months, erased": the rule of a category before and after. */
function rulesOf(was: InForce, now: InForce, language: Language) {
  const spokenRule = ({ description }: InForce, register: string, category: string): string | undefined => {
    const id = ruleOf(description, register, category);
    const rule = id === undefined ? undefined : own(description.retention, id);
    return rule && ruleInWords(description, rule, language);
  };
  return ({ code, facts }: PlannedChange): Readonly<Record<string, string>> => {
    if (code === "requestsKept") {
      const voice = voiceOf(now.description, language);
      const kept = (period = "none") => (period === "none" ? period : voice.period(period));
      return { before: kept(facts.before), after: kept(facts.after) };
    }
    if (code !== "retentionShorter" && code !== "retentionLonger") return {};
    const [register = "", category = ""] = [facts.register, facts.category];
    const before = spokenRule(was, register, category);
    const after = spokenRule(now, register, category);
    return { ...(before && { before }), ...(after && { after }) };
  };
}

function ruleInWords(description: Description, rule: RetentionOf, language: Language): string {
  const voice = voiceOf(description, language);
  const clock = (from: string, period: string) => {
    const label = own(description.events, from)?.label;
    const event = choiceOf("BuiltInEvent", from, language) ?? (label ? voice.text(label) : from);
    // P0D: on the day itself.
    if (/^P0[YMWD]$/.test(period)) return event;
    return `${event} + ${period === UNKNOWN ? voice.w("unknown") : voice.period(period)}`;
  };
  const { from, period, otherwise, atEnd } = rule;
  const clocks = [clock(from, period), ...(otherwise ? [clock(otherwise.from, otherwise.period)] : [])];
  return `${clocks.join(" / ")}, ${voice.inside(choiceOf("AfterPeriod", atEnd, language) ?? atEnd)}`;
}

async function documentsOf({ gate, print }: TrialParts, after: InForce, language: Language) {
  const next = underDescription(gate, after);
  const changed = [];
  for (const kind of KINDS) {
    const [was, now] = [await print(gate, kind, language), await print(next, kind, language)];
    const sections = differences(was, now);
    if (sections.length > 0) changed.push({ kind, title: now.title, sections });
  }
  return changed;
}
