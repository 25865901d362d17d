// A plan in words, a line a change; under it, indented, how many people it touches.
import { words } from "../documents/words.ts";
import type { Language } from "../values/Language.ts";
import type { Plan, PlannedChange, Touch } from "./plan.ts";
import { planWords } from "./words.ts";

/** `file` as the person named it. Lines without an end of line. */
export function sayPlan({ version, before, findings, changes }: Plan, file: string, language: Language): string[] {
  const words = planWords(language);
  const lines = [words("title", { version, before })];
  if (changes.length === 0) lines.push(words("nothing"));
  for (const change of gathered(changes)) lines.push(...sayChange(change, language));
  const stops = changes.some((change) => change.stops);
  const asks = changes.some((change) => change.asks);
  if (findings.some(({ severity }) => severity === "error")) lines.push(words("faulty"));
  else if (stops) lines.push(words("stopped", { mark: words("mark.stops") }));
  else lines.push(asks ? words("asked", { mark: words("mark.asks"), file }) : words("open", { file }));
  return lines;
}

type Said = PlannedChange & { powers?: string[] };

/** A role's powers are one line: each alone would drown what endangers. */
function gathered(changes: readonly PlannedChange[]): Said[] {
  const said: Said[] = [];
  for (const change of changes) {
    const { power } = change.facts;
    const same = said.find(({ code, path, powers }) => powers && code === change.code && path === change.path);
    if (power === undefined) said.push(change);
    else if (same) same.powers?.push(power);
    else said.push({ ...change, powers: [power] });
  }
  return said;
}

function sayChange(change: Said, language: Language): string[] {
  const words = planWords(language);
  const { path, asks, stops } = change;
  const mark = stops ? `${words("mark.stops")} ` : asks ? `${words("mark.asks")} ` : "";
  const { sentence, touches } = told(change, language, asIs);
  return [`${mark}${path}: ${sentence}`, ...touches.map((touch) => `    ${touch}`)];
}

/** The name that people know an id by; `part` is where it is declared ("registers"). */
type Naming = (part: string, id: string) => string;
const asIs: Naming = (_, id) => id;
export type SaidChange = { path: string; mark: "asks" | "stops" | null; sentence: string; touches: string[] };

/** For people at a screen, who know no ids. `retention`: a rule in words, of the version before and of the one to come. */
export function sayChanges(
  changes: readonly PlannedChange[],
  language: Language,
  { name, rules }: { name: Naming; rules: (change: PlannedChange) => Readonly<Record<string, string>> },
): SaidChange[] {
  const said = gathered(changes).map((change) => ({ ...change, facts: { ...change.facts, ...rules(change) } }));
  return together(said).map((alike) => {
    const [first] = alike;
    const mark = alike.some(({ stops }) => stops) ? "stops" : alike.some(({ asks }) => asks) ? "asks" : null;
    const categories = alike.map(({ facts }) => name("categories", facts.category ?? "")).join(", ");
    const { sentence } = told(first, language, (part, id) => (part === "categories" ? categories : name(part, id)));
    const touches = mostOf(alike.flatMap((each) => each.touches)).map((touch) => sayTouch(touch, language, name));
    return { path: first.path, mark, sentence, touches };
  });
}

/** What one rule does to several kinds of data is one sentence. */
function together(changes: readonly Said[]): [Said, ...Said[]][] {
  const groups: [Said, ...Said[]][] = [];
  for (const change of changes) {
    const { category, ...rest } = change.facts;
    const isLike = ([{ code, path, facts }]: [Said, ...Said[]]) =>
      category !== undefined &&
      code === change.code &&
      path === change.path &&
      Object.entries(rest).every(([fact, value]) => facts[fact] === value);
    const group = groups.find(isLike);
    if (group) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

/** Of each kind and register the most people: the same person may stand in several. */
export function mostOf(touches: readonly Touch[]): Touch[] {
  const most = new Map<string, Touch>();
  for (const touch of touches) {
    const key = `${touch.what} ${touch.register}`;
    if (touch.people > (most.get(key)?.people ?? 0)) most.set(key, touch);
  }
  return [...most.values()];
}

/** A touch alone. */
export const sayTouch = (
  { what, register, people }: PlannedChange["touches"][number],
  language: Language,
  name: Naming,
) =>
  planWords(language)(`touch.${what}`, {
    // People's requests are a register of the program's own, and no company gives it a name.
    register: register === "requests" ? planWords(language)("requests") : name("registers", register),
    people,
  });

const PARTS: Readonly<Record<string, string>> = {
  register: "registers",
  category: "categories",
  role: "roles",
  consent: "consents",
};
const PART_OF_ID: readonly [string, string][] = [
  ["register", "registers"],
  ["role", "roles"],
  ["flow", "flows"],
  ["purpose", "purposes"],
  ["source", "sources"],
];

function told({ code, facts, touches, powers }: Said, language: Language, name: Naming) {
  const more = powers === undefined ? {} : { powers: sayPowers(powers, language, name) };
  const named = Object.fromEntries(
    Object.entries(facts).map(([fact, value]) => {
      const part = fact === "id" ? PART_OF_ID.find(([start]) => code.startsWith(start))?.[1] : PARTS[fact];
      return [fact, part === undefined ? value : name(part, value)];
    }),
  );
  return {
    sentence: planWords(language)(`change.${code}`, { ...named, ...more }),
    touches: touches.map((touch) => sayTouch(touch, language, name)),
  };
}

/** "read customers.name customerCare" and "keeps audit", as `compare` writes them, one part for each verb, register and purpose. */
function sayPowers(powers: readonly string[], language: Language, name: Naming): string {
  const parts = powers.map((power) => {
    const [verb = "", of = "", purpose = ""] = power.split(" ");
    const [register = "", category = ""] = of.split(".");
    return { verb, register, purpose, category };
  });
  const groups = Map.groupBy(parts, ({ verb, register, purpose }) =>
    purpose === "" ? verb : `${verb} ${register} ${purpose}`,
  );
  return [...groups.values()]
    .flatMap(([first, ...rest]) => {
      if (!first) return [];
      if (first.purpose === "") {
        const what = [first, ...rest].map(({ register }) => taskIn(language, first.verb, register)).join(", ");
        return [planWords(language)(`power.${first.verb}`, { what })];
      }
      const categories = [first, ...rest].map(({ category }) => name("categories", category)).join(", ");
      const [register, purpose] = [name("registers", first.register), name("purposes", first.purpose)];
      return [planWords(language)("power", { verb: first.verb, register, purpose, categories })];
    })
    .join("; ");
}

function taskIn(language: Language, kind: string, what: string): string {
  const w = words(language);
  const name = kind === "rights" ? w("right.name", { right: what }) : w("keeps", { what });
  return name.charAt(0).toLowerCase() + name.slice(1);
}
