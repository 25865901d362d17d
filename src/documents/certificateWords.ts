import en from "../../locales/en/certificate.json" with { type: "json" };
import fi from "../../locales/fi/certificate.json" with { type: "json" };
import sv from "../../locales/sv/certificate.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The sentences of the erasure certificate. */
export const certificateWords = (language: Language): Words => byLanguage[language];

/** A copy that the certificate may name by its kind; any other is shown in the words it came with. */
export const isCopyKind = (what: string): boolean => Object.hasOwn(en, `copy.${what}`);
