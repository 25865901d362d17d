import en from "../../../locales/en/notices.json" with { type: "json" };
import fi from "../../../locales/fi/notices.json" with { type: "json" };
import sv from "../../../locales/sv/notices.json" with { type: "json" };
import type { Language } from "../../values/Language.ts";
import { makeWords } from "../../values/words.ts";
import type { Notice } from "./contract.ts";

const words = { fi: makeWords(fi, "fi"), sv: makeWords(sv, "sv"), en: makeWords(en, "en") };

/** The letter of a notice: fixed sentences and its facts, never a word of a customer. `where`: the address of the web. */
export function letterOf({ kind, facts }: Pick<Notice, "kind" | "facts">, language: Language, where: string) {
  const w = words[language];
  const text = [w(kind, facts), w(`${kind}.do`, facts), w("sent", { where })].join("\n\n");
  return { subject: w("subject", { title: w(`${kind}.title`, facts) }), text: `${text}\n` };
}
