import en from "../../locales/en/invoice.json" with { type: "json" };
import fi from "../../locales/fi/invoice.json" with { type: "json" };
import sv from "../../locales/sv/invoice.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The words of an invoice and of what moves to one. */
export const invoiceWords = (language: Language): Words => byLanguage[language];
