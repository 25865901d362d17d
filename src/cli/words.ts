// The commands' own sentences (`locales/<language>/cli.json`).
import en from "../../locales/en/cli.json" with { type: "json" };
import fi from "../../locales/fi/cli.json" with { type: "json" };
import sv from "../../locales/sv/cli.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";

const words: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

export const cliWords = (language: Language): Words => words[language];
