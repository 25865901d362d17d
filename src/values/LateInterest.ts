import { addDays, compareDays, type Day, dayOf, dayParts, daysBetween } from "./Day.ts";
import { type Cents, requireCents, roundHalfAwayFromZero } from "./Money.ts";
import { Problem } from "./problem.ts";
import table from "./reference-rates.json" with { type: "json" };

/** "2026-1" -> the reference rate in thousandths. */
export type ReferenceRates = ReadonlyMap<string, number>;

/** The published rates that were checked when this version was made; a company adds a newer one by giving a map of its own. */
export const publishedReferenceRates: ReferenceRates = new Map(
  table.rates.map(({ halfYear, permille }) => [halfYear, permille]),
);

/** A business debtor pays the reference rate + 8 percentage points, a consumer + 7 (Interest Act 633/1982, 4 a § and 4 §). */
export type Debtor = "consumer" | "business";

/** One half-year's part: days at one rate, first and last day counted. */
export type InterestPart = { fromDay: Day; toDay: Day; days: number; permille: number };

function halfYear(day: Day): { name: string; lastDay: Day } {
  const { year, month } = dayParts(day);
  return month <= 6
    ? { name: `${year}-1`, lastDay: dayOf(year, 6, 30) }
    : { name: `${year}-2`, lastDay: dayOf(year, 12, 31) };
}

/**
 * The yearly late interest in thousandths on this day.
 * @throws Problem `lateInterest.noRate` when the half-year has no reference rate: the last known one would be a guess on somebody's bill.
 */
export function lateInterestPermille(
  day: Day,
  debtor: Debtor,
  rates: ReferenceRates = publishedReferenceRates,
): number {
  const { name } = halfYear(day);
  const reference = rates.get(name);
  if (reference === undefined) throw new Problem("lateInterest.noRate", 422, { halfYear: name });
  return reference + (debtor === "business" ? 80 : 70);
}

/**
 * Statutory late interest from the day after the due day to the day of payment, that day included. Each half-year at its own rate,
 * actual days / 365, rounded once at the end.
 * @throws Problem `lateInterest.noRate`, `invalid.money`
 */
export function lateInterest(
  debt: { principalCents: Cents; dueDay: Day; paidDay: Day; debtor: Debtor },
  rates: ReferenceRates = publishedReferenceRates,
): { interestCents: Cents; parts: InterestPart[] } {
  const parts: InterestPart[] = [];
  let fromDay = addDays(debt.dueDay, 1);
  while (fromDay <= debt.paidDay) {
    const { lastDay } = halfYear(fromDay);
    const toDay = compareDays(lastDay, debt.paidDay) < 0 ? lastDay : debt.paidDay;
    const permille = lateInterestPermille(fromDay, debt.debtor, rates);
    parts.push({ fromDay, toDay, days: daysBetween(fromDay, toDay) + 1, permille });
    fromDay = addDays(toDay, 1);
  }
  const weighted = parts.reduce((sum, part) => sum + BigInt(part.days * part.permille), 0n);
  const numerator = BigInt(requireCents(debt.principalCents)) * weighted;
  return { interestCents: requireCents(Number(roundHalfAwayFromZero(numerator, 365_000n))), parts };
}
