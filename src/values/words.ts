import { IntlMessageFormat } from "intl-messageformat";
import { type Language, localeOf } from "./Language.ts";

export type WordValues = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;
export type Words = (key: string, values?: WordValues) => string;

/**
 * The sentences of one area in one language: key -> ICU message, compiled when first used and then kept.
 * A missing key, a missing value and a faulty message throw: a blank where a right or a deadline should stand is worse than a stop.
 * Markup is plain text here (`ignoreTag`), so a message cannot carry elements into a page.
 */
export function makeWords(messages: Readonly<Record<string, string>>, language: Language): Words {
  const compiled = new Map<string, IntlMessageFormat>();
  return (key, values = {}) => {
    let message = compiled.get(key);
    if (!message) {
      const text = Object.hasOwn(messages, key) ? messages[key] : undefined;
      if (text === undefined) throw new Error(`No sentence "${key}" in ${language}`);
      message = new IntlMessageFormat(text, localeOf(language), undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    return String(message.format(values));
  };
}
