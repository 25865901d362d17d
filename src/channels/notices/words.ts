import en from "../../../locales/en/notices.json" with { type: "json" };
import problemsEn from "../../../locales/en/problems.json" with { type: "json" };
import fi from "../../../locales/fi/notices.json" with { type: "json" };
import problemsFi from "../../../locales/fi/problems.json" with { type: "json" };
import sv from "../../../locales/sv/notices.json" with { type: "json" };
import problemsSv from "../../../locales/sv/problems.json" with { type: "json" };
import type { Language } from "../../values/Language.ts";
import { makeWords } from "../../values/words.ts";
import type { Notice } from "./contract.ts";

const words = { fi: makeWords(fi, "fi"), sv: makeWords(sv, "sv"), en: makeWords(en, "en") };

const problems: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fi: problemsFi,
  sv: problemsSv,
  en: problemsEn,
};
const sentences = {
  fi: makeWords(problemsFi, "fi"),
  sv: makeWords(problemsSv, "sv"),
  en: makeWords(problemsEn, "en"),
};

/** The letter of a notice: fixed sentences and its facts, never a word of a customer. `where`: the address of the web. */
export function letterOf({ kind, facts }: Pick<Notice, "kind" | "facts">, language: Language, where: string) {
  const w = words[language];
  const told = { ...facts, problem: problemOf(facts, language) };
  const text = [w(kind, told), w(`${kind}.do`, told), w("sent", { where })].join("\n\n");
  return { subject: w("subject", { title: w(`${kind}.title`, told) }), text: `${text}\n` };
}

/** The letter to somebody whose ways to sign in were changed: the same for every change. */
export function newsLetter(language: Language, where: string) {
  const w = words[language];
  return { subject: w("subject", { title: w("news.title") }), text: `${w("news", { where })}\n` };
}

/** The sentence of the problem that the notice is about; what an older release kept without its facts stands as a mark of omission. */
function problemOf({ problem, ...facts }: Notice["facts"], language: Language): string {
  const code = typeof problem === "string" && Object.hasOwn(problems[language], problem) ? problem : "unexpected";
  const known = new Proxy(facts, { has: () => true, get: (of, name) => Reflect.get(of, name) ?? "…" });
  return sentences[language](code, known);
}
