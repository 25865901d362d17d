// The words of the forms: labels, help and choices, found by where a field stands, from the whole path to its last name.
import en from "../../locales/en/description.json" with { type: "json" };
import fi from "../../locales/fi/description.json" with { type: "json" };
import sv from "../../locales/sv/description.json" with { type: "json" };
import type { Language } from "../values/Language.ts";

const all: Readonly<Record<Language, Readonly<Record<string, string>>>> = { fi, sv, en };

/** "flows.from.register", then "from.register", then "register"; undefined where none has a word. */
function found(kind: "field" | "help", where: readonly string[], language: Language): string | undefined {
  const words = all[language];
  for (let from = 0; from < where.length; from++) {
    const key = `${kind}.${where.slice(from).join(".")}`;
    if (Object.hasOwn(words, key)) return words[key];
  }
  return undefined;
}

export const labelOf = (where: readonly string[], language: Language): string | undefined =>
  found("field", where, language);
export const helpOf = (where: readonly string[], language: Language): string | undefined =>
  found("help", where, language);
/** A word of a closed list ("LegalBasis"); undefined where it has none. */
export const choiceOf = (list: string, word: string, language: Language): string | undefined =>
  all[language][`choice.${list}.${word}`];
/** What the button says that adds an element to a part; undefined where nothing is added. */
export const addOf = (heading: string, language: Language): string | undefined => all[language][`add.${heading}`];
