// Letters of the own card: a code or a way out, and nothing of the person.
import type { Letter } from "../../channels/mail/smtp.ts";
import type { Language } from "../../values/Language.ts";
import { CODE_MS } from "../../values/safety.ts";
import { ownCardWords } from "./words.ts";

type Text = Omit<Letter, "to">;

/** `address`: of the page that the code was asked on. */
export function codeLetter(company: string, code: string, address: string, language: Language): Text {
  const w = ownCardWords(language);
  const minutes = CODE_MS / 60_000;
  const grouped = code.replace(/(\d{4})(?=\d)/g, "$1 ");
  const lines = [w("letter.code", { code: grouped }), w("letter.type", { minutes, address }), w("letter.notYou")];
  return { subject: w("letter.subject", { company }), text: `${lines.join("\n\n")}\n` };
}

export function sharedLetter(company: string, language: Language): Text {
  const w = ownCardWords(language);
  return { subject: w("letter.sharedSubject", { company }), text: `${w("letter.shared", { company })}\n` };
}
