import en from "../../locales/en/keys.json" with { type: "json" };
import fi from "../../locales/fi/keys.json" with { type: "json" };
import sv from "../../locales/sv/keys.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const byLanguage: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** What the commands about keys say. */
export const keysWords = (language: Language): Words => byLanguage[language];
