import { addPeriod, type Day, dayOf, dayParts, daysInMonth, parseDay } from "./Day.ts";
import { invalid } from "./problem.ts";

/** True for the day on which financial years end, "MM-DD". "02-28" and "02-29" both mean the last day of February. */
export function isYearEnd(text: string): boolean {
  const parts = /^(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [month, date] = [Number(parts[1]), Number(parts[2])];
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(2000, month);
}

function yearEndIn(year: number, yearEnd: string): Day {
  if (!isYearEnd(yearEnd)) throw invalid("yearEnd");
  const [month, date] = [Number(yearEnd.slice(0, 2)), Number(yearEnd.slice(3))];
  const last = daysInMonth(year, month);
  return dayOf(year, month, month === 2 && date >= 28 ? last : date);
}

/** The last day of the financial year to which the day belongs. @throws Problem `invalid.yearEnd` unless `yearEnd` is "MM-DD". */
export function financialYearEnd(day: Day, yearEnd: string): Day {
  const { year } = dayParts(day);
  const thisYears = yearEndIn(year, yearEnd);
  return day <= thisYears ? thisYears : yearEndIn(year + 1, yearEnd);
}

/**
 * The last day on which a voucher (invoice, receipt, business correspondence) must be kept; it may go the day after.
 * Six years from the end of the calendar year in which the financial year ended (Accounting Act 1336/1997, 2:10 § 2 mom.):
 * counted from the financial year, not from the invoice, which may be a year older.
 */
export function voucherKeepUntil(invoiceDay: Day, yearEnd: string): Day {
  const { year } = dayParts(financialYearEnd(invoiceDay, yearEnd));
  return parseDay(`${year + 6}-12-31`);
}

/** The last day on which ledgers and financial statements must be kept: ten years from the end of the financial year (2:10 § 1 mom.). */
export function booksKeepUntil(day: Day, yearEnd: string): Day {
  return addPeriod(financialYearEnd(day, yearEnd), "P10Y");
}
