import en from "../../../locales/en/recovery.json" with { type: "json" };
import fi from "../../../locales/fi/recovery.json" with { type: "json" };
import sv from "../../../locales/sv/recovery.json" with { type: "json" };
import type { Language } from "../../values/Language.ts";
import { makeWords, type Words } from "../../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The sentences of the recovery sheet and of the commands around it. */
export const recoveryWords = (language: Language): Words => byLanguage[language];
