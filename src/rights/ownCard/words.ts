import en from "../../../locales/en/ownCard.json" with { type: "json" };
import fi from "../../../locales/fi/ownCard.json" with { type: "json" };
import sv from "../../../locales/sv/ownCard.json" with { type: "json" };
import type { Language } from "../../values/Language.ts";
import { makeWords, type Words } from "../../values/words.ts";

const words: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The sentences of a person's own card. */
export const ownCardWords = (language: Language): Words => words[language];
