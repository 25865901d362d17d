import en from "../../locales/en/wayOut.json" with { type: "json" };
import fi from "../../locales/fi/wayOut.json" with { type: "json" };
import sv from "../../locales/sv/wayOut.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The sentences of the export and of its commands. */
export const wayOutWords = (language: Language): Words => byLanguage[language];
