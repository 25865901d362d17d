import en from "../../locales/en/rights.json" with { type: "json" };
import fi from "../../locales/fi/rights.json" with { type: "json" };
import sv from "../../locales/sv/rights.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};
const known = new Set(Object.keys(en));

/** The sentences of requests and of retention: reasons of decisions, the access package, the run. */
export const rightsWords = (language: Language): Words => byLanguage[language];
export const hasRightsWord = (key: string): boolean => known.has(key);
