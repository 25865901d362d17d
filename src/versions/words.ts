import en from "../../locales/en/plan.json" with { type: "json" };
import fi from "../../locales/fi/plan.json" with { type: "json" };
import sv from "../../locales/sv/plan.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The sentences of a plan: what a new version of the description changes. */
export const planWords = (language: Language): Words => byLanguage[language];
