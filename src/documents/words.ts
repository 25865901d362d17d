import en from "../../locales/en/documents.json" with { type: "json" };
import fi from "../../locales/fi/documents.json" with { type: "json" };
import sv from "../../locales/sv/documents.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The sentences of the printed documents. */
export const words = (language: Language): Words => byLanguage[language];
