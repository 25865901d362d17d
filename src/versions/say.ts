// A plan in words, a line a change; under it, indented, how many people it touches.
import type { Language } from "../values/Language.ts";
import type { Plan, PlannedChange } from "./plan.ts";
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

function sayChange({ code, path, facts, touches, asks, stops, powers }: Said, language: Language): string[] {
  const words = planWords(language);
  const mark = stops ? `${words("mark.stops")} ` : asks ? `${words("mark.asks")} ` : "";
  const more = powers === undefined ? {} : { powers: sayPowers(powers, language) };
  return [
    `${mark}${path}: ${words(`change.${code}`, { ...facts, ...more })}`,
    ...touches.map(({ what, register, people }) => `    ${words(`touch.${what}`, { register, people })}`),
  ];
}

/** "read customers.name customerCare", as `compare` writes them, one part for each verb, register and purpose. */
function sayPowers(powers: readonly string[], language: Language): string {
  const parts = powers.map((power) => {
    const [verb = "", of = "", purpose = ""] = power.split(" ");
    const [register = "", category = ""] = of.split(".");
    return { verb, register, purpose, category };
  });
  const groups = Map.groupBy(parts, ({ verb, register, purpose }) => `${verb} ${register} ${purpose}`);
  return [...groups.values()]
    .flatMap(([first, ...rest]) => {
      if (!first) return [];
      const categories = [first, ...rest].map(({ category }) => category).join(", ");
      return [planWords(language)("power", { ...first, categories })];
    })
    .join("; ");
}
