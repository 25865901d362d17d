// Words that a guided start writes into a description, in each language that the company declares.
import en from "../../../locales/en/guided.json" with { type: "json" };
import fi from "../../../locales/fi/guided.json" with { type: "json" };
import sv from "../../../locales/sv/guided.json" with { type: "json" };
import type { Language } from "../../values/Language.ts";
import { makeWords, type Words } from "../../values/words.ts";
import type { Json } from "../rewrite.ts";
import { isMap } from "./values.ts";

const words: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

export type Voice = {
  /** A text of our own: one line where the company has one language, else one a language. */
  text: (say: (w: Words) => string) => Json;
  /** A text of another description, in the languages of this one. */
  lent: (text: Json | undefined) => Json;
};

export function voiceOf(languages: readonly Language[]): Voice {
  const [only] = languages;
  const each = (say: (language: Language) => string): Json =>
    languages.length === 1 && only !== undefined
      ? say(only)
      : Object.fromEntries(languages.map((language) => [language, say(language)]));
  const text: Voice["text"] = (say) => each((language) => say(words[language]));
  const lent: Voice["lent"] = (value) => {
    if (Array.isArray(value)) return value.map(lent);
    if (!isMap(value)) return value ?? null;
    if (Object.keys(value).every((key) => key === "fi" || key === "sv" || key === "en"))
      return each((language) => (typeof value[language] === "string" ? value[language] : ""));
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, lent(one)]));
  };
  return { text, lent };
}
