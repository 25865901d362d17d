import { localeOf } from "../../values/Language.ts";
import { useWords } from "../words/words.tsx";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Lengths of time and sizes as a person says them. */
export function useAges() {
  const { t, language } = useWords();
  const number = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 1 });
  return {
    age: (seconds: number): string => {
      if (seconds < 2 * MINUTE) return t("age.seconds", { count: Math.max(0, Math.round(seconds)) });
      if (seconds < 2 * HOUR) return t("age.minutes", { count: Math.round(seconds / MINUTE) });
      if (seconds < 2 * DAY) return t("age.hours", { count: Math.round(seconds / HOUR) });
      return t("age.days", { count: Math.round(seconds / DAY) });
    },
    megabytes: (bytes: number): string =>
      bytes < 1_000_000_000
        ? t("size.megabytes", { size: number.format(Math.max(0.1, bytes / 1_000_000)) })
        : t("size.gigabytes", { size: number.format(bytes / 1_000_000_000) }),
  };
}
