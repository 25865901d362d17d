import en from "../../locales/en/problems.json" with { type: "json" };
import fi from "../../locales/fi/problems.json" with { type: "json" };
import sv from "../../locales/sv/problems.json" with { type: "json" };
import { isLanguage, type Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { makeWords } from "../values/words.ts";

const messages: Readonly<Record<Language, Readonly<Record<string, string>>>> = { fi, sv, en };
const words = { fi: makeWords(fi, "fi"), sv: makeWords(sv, "sv"), en: makeWords(en, "en") };

/** The sentence of a problem. A code without one (a fault of ours, found by a test) is told as an unexpected one. */
export function problemTitle(language: Language, { code, facts }: Problem): string {
  return words[language](Object.hasOwn(messages[language], code) ? code : "unexpected", facts);
}

/** The sentence of a code that was kept without its facts: what it would name stands as a mark of omission. */
export const keptProblem = (language: Language, code: string, facts: Problem["facts"] = {}): string =>
  problemTitle(
    language,
    new Problem(
      code,
      500,
      new Proxy({ ...facts }, { has: () => true, get: (known, name) => Reflect.get(known, name) ?? "…" }),
    ),
  );

/** The first language of the header that we speak (RFC 9110 section 12.5.4), by weight; else English. */
export function languageAsked(header: string | undefined): Language {
  const asked = (header ?? "").split(",", 20).map((part) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const weight = parameters.map((text) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(text)?.[1]).find(Boolean);
    return { language: tag.split("-")[0] ?? "", weight: weight === undefined ? 1 : Number(weight) };
  });
  const best = asked.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return best.map(({ language }) => language).find(isLanguage) ?? "en";
}
