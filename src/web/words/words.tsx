// The words of the product in the language of the moment, fetched when first needed and switched at once.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type web from "../../../locales/fi/web.json";
import { type Day, dayInHelsinki, formatDay } from "../../values/Day.ts";
import { isLanguage, type Language, localeOf } from "../../values/Language.ts";
import { formatCents } from "../../values/Money.ts";
import { makeWords, type Words as Sentences, type WordValues } from "../../values/words.ts";

/** A missing word does not compile. */
export type Word = keyof typeof web;

export type WordsOfNow = {
  language: Language;
  /** Fulfilled when the words are there, or cannot be had: then they stay as they were. */
  setLanguage: (language: Language) => Promise<void>;
  /** A word of the web itself. */
  t: (word: Word, values?: WordValues) => string;
  /** A code that came from the server, as a sentence: `problems` for refusals, `rights` for the reasons of decisions. */
  sentence: (area: "problems" | "rights", code: string, values?: WordValues) => string;
  day: (day: string) => string;
  /** A moment (ISO 8601) as a day and a clock time in Finland. */
  moment: (iso: string) => string;
  /** The day in Finland of a moment. */
  dayOfMoment: (iso: string) => string;
  money: (cents: number) => string;
  /** 12345 → "12 345" */
  count: (number: number) => string;
  /** 255 → "25,5 %" */
  percent: (permille: number) => string;
};

const files = import.meta.glob<Record<string, string>>("../../../locales/*/{web,problems,rights}.json", {
  import: "default",
});

type Area = "web" | "problems" | "rights";
type Loaded = { language: Language; areas: Record<Area, Sentences>; has: (area: Area, code: string) => boolean };

const asked = new Map<Language, Promise<Loaded>>();

/** Asked for once, whoever asks first; what did not come is asked for again. */
function load(language: Language): Promise<Loaded> {
  const loading = asked.get(language) ?? fetchWords(language);
  asked.set(language, loading);
  loading.catch(() => asked.delete(language));
  return loading;
}

async function fetchWords(language: Language): Promise<Loaded> {
  const messages = async (area: Area) => (await files[`../../../locales/${language}/${area}.json`]?.()) ?? {};
  const [webWords, problems, rights] = await Promise.all([messages("web"), messages("problems"), messages("rights")]);
  const all: Record<Area, Record<string, string>> = { web: webWords, problems, rights };
  return {
    language,
    areas: {
      web: makeWords(webWords, language),
      problems: makeWords(problems, language),
      rights: makeWords(rights, language),
    },
    has: (area, code) => Object.hasOwn(all[area], code),
  };
}

/** In the browser's language, before anybody reads. */
export const askWords = (): void => void load(browserLanguage()).catch(() => undefined);

export function browserLanguage(): Language {
  const known = navigator.languages.map((each) => each.slice(0, 2).toLowerCase()).find(isLanguage);
  return known ?? "fi";
}

const Context = createContext<WordsOfNow | null>(null);

export function useWords(): WordsOfNow {
  const words = useContext(Context);
  if (!words) throw new Error("useWords outside WordsProvider");
  return words;
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const wanted = useRef<Language>(null);
  const choose = useCallback(async (language: Language) => {
    wanted.current = language;
    // A server lost in the middle of a switch leaves the language as it was.
    const next = await load(language).catch(() => null);
    if (next && wanted.current === language) setLoaded(next);
  }, []);
  useEffect(() => void choose(browserLanguage()), [choose]);
  const value = useMemo(() => loaded && wordsOf(loaded, choose), [loaded, choose]);
  useEffect(() => {
    if (loaded) document.documentElement.lang = loaded.language;
  }, [loaded]);
  return value && <Context value={value}>{children}</Context>;
}

function wordsOf({ language, areas, has }: Loaded, setLanguage: WordsOfNow["setLanguage"]): WordsOfNow {
  const clock = new Intl.DateTimeFormat(localeOf(language), {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "Europe/Helsinki",
  });
  const counts = new Intl.NumberFormat(localeOf(language));
  const percents = new Intl.NumberFormat(localeOf(language), { style: "percent", maximumFractionDigits: 1 });
  const dayOfMoment = (iso: string) => formatDay(dayInHelsinki(new Date(iso)), language);
  return {
    language,
    setLanguage,
    t: (word, values) => areas.web(word, values),
    // A code newer than the words must still be told: it stands there as such.
    sentence: (area, code, values) => (has(area, code) ? areas[area](code, values) : code),
    day: (day) => formatDay(day as Day, language),
    moment: (iso) => `${dayOfMoment(iso)} ${clock.format(new Date(iso))}`,
    dayOfMoment,
    money: (cents) => formatCents(cents, language),
    count: (number) => counts.format(number),
    percent: (permille) => percents.format(permille / 1000),
  };
}
