import { periodParts } from "../../values/Day.ts";
import type { WordsOfNow } from "../words/words.tsx";

/** Warranties that are usual in trade; what the description says holds where none is chosen. */
export const warrantyPeriods = ["P12M", "P24M", "P36M", "P60M", "P120M"] as const;

/** "P24M" → "2 vuotta"; what does not come even in years is told in months and days. */
export function warrantyWord(t: WordsOfNow["t"], period: string): string {
  const { years, months, weeks, days } = periodParts(period);
  const all = years * 12 + months;
  const parts = [
    all > 0 && (all % 12 === 0 ? t("period.years", { count: all / 12 }) : t("period.months", { count: all })),
    weeks * 7 + days > 0 && t("period.days", { count: weeks * 7 + days }),
  ];
  return parts.filter((part) => part !== false).join(" ");
}
