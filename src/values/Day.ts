import type { Language } from "./Language.ts";
import { invalid } from "./problem.ts";

declare const dayBrand: unique symbol;

/** A calendar day "YYYY-MM-DD", years 1000-9999, no time and no zone; sorts and compares as text. */
export type Day = string & { readonly [dayBrand]: true };

/** Where "now" comes from; only tests and the demo give another than `systemClock`. */
export type Clock = {
  now(): Date;
  /** Time that has passed since some moment, in milliseconds, whatever the day is said to be; absent: the machine's own. */
  monotonicMs?(): number;
};

export const systemClock: Clock = { now: () => new Date() };

const MS_A_DAY = 86_400_000;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for a real Gregorian day written YYYY-MM-DD. */
export function isDay(text: string): text is Day {
  const parts = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

/** @throws Problem `invalid.day` when the text is not a real day. */
export function parseDay(text: string): Day {
  if (!isDay(text)) throw invalid("day");
  return text;
}

/** The day of these numbers (month 1-12). @throws Problem `invalid.day` */
export function dayOf(year: number, month: number, date: number): Day {
  const twoDigits = (part: number) => String(part).padStart(2, "0");
  return parseDay(`${year}-${twoDigits(month)}-${twoDigits(date)}`);
}

export function dayParts(day: Day): { year: number; month: number; date: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) };
}

function fromEpochMs(ms: number): Day {
  const date = new Date(ms);
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** @throws Problem `invalid.day` when the result falls outside years 1000-9999. */
export function addDays(day: Day, days: number): Day {
  return fromEpochMs(Date.parse(day) + days * MS_A_DAY);
}

/** Whole days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / MS_A_DAY;
}

/** -1, 0 or 1, for `sort`. */
export function compareDays(a: Day, b: Day): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function endOfYear(day: Day): Day {
  return parseDay(`${day.slice(0, 4)}-12-31`);
}

/** 0 Sunday … 6 Saturday. */
export function weekday(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay();
}

export type PeriodParts = { years: number; months: number; weeks: number; days: number; hours: number };

const period = /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(\d{1,5})H)?$/;

/** True for the ISO 8601 durations retention and deadlines are written in: years, months, weeks, days, hours ("P5Y", "P1Y6M", "PT72H"). */
export function isPeriod(text: string): boolean {
  return period.test(text);
}

/** @throws Problem `invalid.period` */
export function periodParts(text: string): PeriodParts {
  const found = period.exec(text);
  if (!found) throw invalid("period");
  const part = (at: number) => Number(found[at] ?? 0);
  return { years: part(1), months: part(2), weeks: part(3), days: part(4), hours: part(5) };
}

/**
 * The day a period later. Years and months first, to the last day of a shorter month (31.1. + P1M = 28.2. or 29.2.); then weeks and days.
 * Hours round up to whole days: a day has no clock time, and ending early would erase what must still be kept.
 * @throws Problem `invalid.period`, or `invalid.day` past the year 9999.
 */
export function addPeriod(day: Day, isoPeriod: string): Day {
  const { years, months, weeks, days, hours } = periodParts(isoPeriod);
  const { year, month, date } = dayParts(day);
  const monthCount = year * 12 + (month - 1) + years * 12 + months;
  const [newYear, newMonth] = [Math.floor(monthCount / 12), (monthCount % 12) + 1];
  const clamped = dayOf(newYear, newMonth, Math.min(date, daysInMonth(newYear, newMonth)));
  return addDays(clamped, weeks * 7 + days + Math.ceil(hours / 24));
}

const helsinki = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Helsinki",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

const HOUR_MS = 3_600_000;
let lastHour: { hour: number; day: Day } | undefined;

/** The calendar day in Finland at this moment, whatever zone the server runs in. Asked at every act, so the hour's answer is remembered: since 1921 the day turns on a whole hour of UTC. */
export function dayInHelsinki(moment: Date): Day {
  const hour = Math.floor(moment.getTime() / HOUR_MS);
  if (lastHour?.hour !== hour) lastHour = { hour, day: dayThere(moment) };
  return lastHour.day;
}

function dayThere(moment: Date): Day {
  const parts = helsinki.formatToParts(moment);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return dayOf(part("year"), part("month"), part("day"));
}

/** The moment at which the day begins in Finland. */
export function startInHelsinki(day: Day): Date {
  // Two or three hours before it begins at Greenwich.
  const late = new Date(Date.parse(day) - 2 * HOUR_MS);
  const early = new Date(late.getTime() - HOUR_MS);
  return dayThere(early) === day ? early : late;
}

const englishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 22.11.2026 in Finnish and Swedish, 22 Nov 2026 in English. */
export function formatDay(day: Day, language: Language): string {
  const { year, month, date } = dayParts(day);
  return language === "en" ? `${date} ${englishMonths[month - 1]} ${year}` : `${date}.${month}.${year}`;
}
