// What the doctor found, as a sentence in the language of the terminal, and whether a person should look at it.
import { dayInHelsinki, formatDay } from "../values/Day.ts";
import { localeOf } from "../values/Language.ts";
import type { WordValues } from "../values/words.ts";
import { personsLanguage } from "./say.ts";
import { cliWords } from "./words.ts";

export type Finding = { readonly good: boolean; readonly line: string };

/** `key`: of a sentence `doctor.<key>`. */
export const good = (key: string, values?: WordValues): Finding => ({ good: true, line: sentence(key, values) });
export const look = (key: string, values?: WordValues): Finding => ({ good: false, line: sentence(key, values) });

/** Where the same is told either way. */
export const finding = (isGood: boolean, key: string, values?: WordValues): Finding =>
  (isGood ? good : look)(key, values);

const sentence = (key: string, values?: WordValues): string =>
  cliWords(personsLanguage())(`doctor.${key}`, values).trimEnd();

/** "ok" and "look" stand first in every language: a program reads them (`update`). */
export const lineOf = ({ good: isGood, line }: Finding): string => `${isGood ? "ok   " : "look "} ${line}`;

/** A moment (ISO 8601) as a day and a clock time in Finland. */
export function momentOf(iso: string): string {
  const at = new Date(iso);
  const language = personsLanguage();
  const clock = new Intl.DateTimeFormat(localeOf(language), {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "Europe/Helsinki",
  });
  return `${formatDay(dayInHelsinki(at), language)} ${clock.format(at)}`;
}
