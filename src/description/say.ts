// A finding in words: what is wrong, with the law that says so, and the way out.
import en from "../../locales/en/check.json" with { type: "json" };
import fi from "../../locales/fi/check.json" with { type: "json" };
import sv from "../../locales/sv/check.json" with { type: "json" };
import type { Language } from "../values/Language.ts";
import { makeWords, type Words } from "../values/words.ts";
import type { Finding } from "./parse.ts";

const sentences: Readonly<Record<Language, Readonly<Record<string, string>>>> = { fi, sv, en };
const words: Readonly<Record<Language, Words>> = {
  fi: makeWords(fi, "fi"),
  sv: makeWords(sv, "sv"),
  en: makeWords(en, "en"),
};

/** The area `check` of the locales. */
export const checkWords = (language: Language): Words => words[language];

/** What the parsers of YAML and shape say has many codes ("yaml.BAD_INDENT"); those without a sentence of their own use their family's. */
const sentenceKey = (code: string): string => (Object.hasOwn(sentences.en, code) ? code : (code.split(".")[0] ?? code));

export function say(finding: Pick<Finding, "code" | "facts">, language: Language): { message: string; wayOut: string } {
  const key = sentenceKey(finding.code);
  return { message: words[language](key, finding.facts), wayOut: words[language](`${key}.wayOut`, finding.facts) };
}
