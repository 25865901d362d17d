import { addDays, addPeriod, type Day, dayOf, dayParts, weekday } from "./Day.ts";

/** Easter Sunday by the Gregorian computus (the "Meeus/Jones/Butcher" arithmetic: golden number, epact, next Sunday). */
export function easterSunday(year: number): Day {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const skippedLeapDays = century - Math.floor(century / 4);
  const lunarCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + skippedLeapDays - lunarCorrection + 15) % 30;
  const yearOfCentury = year % 100;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - moon - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451);
  const daysAfter22March = moon + toSunday - 7 * late;
  return addDays(dayOf(year, 3, 22), daysAfter22March);
}

const fixedHolidays = new Set(["01-01", "01-06", "05-01", "12-06", "12-25", "12-26"]);

const isWeekend = (day: Day) => weekday(day) === 0 || weekday(day) === 6;

/** Good Friday, Easter Monday, Ascension Day: the movable ones that fall on a weekday. */
function isEasterHoliday(day: Day): boolean {
  const easter = easterSunday(dayParts(day).year);
  return [-2, 1, 39].some((days) => addDays(easter, days) === day);
}

/** Midsummer Day is the Saturday of 20-26 June, so its eve is the Friday of 19-25 June. */
function isMidsummerEve(day: Day): boolean {
  const { month, date } = dayParts(day);
  return month === 6 && date >= 19 && date <= 25 && weekday(day) === 5;
}

/** Saturday, Sunday or a public holiday in Finland: not a working day of Regulation 1182/71. Christmas Eve and Midsummer Eve are working days there. */
export function isHoliday(day: Day): boolean {
  return isWeekend(day) || fixedHolidays.has(day.slice(5)) || isEasterHoliday(day);
}

/** A day on which banks pay: the eves of Christmas and Midsummer are free too (laki säädettyjen määräaikain laskemisesta 150/1930, 5 §). */
export function isBankingDay(day: Day): boolean {
  return !isHoliday(day) && !day.endsWith("-12-24") && !isMidsummerEve(day);
}

/** The last day on which a payment due on this day is still in time. */
export function paymentDay(dueDay: Day): Day {
  return isBankingDay(dueDay) ? dueDay : paymentDay(addDays(dueDay, 1));
}

/**
 * The last day by law of a period counted from a request (Regulation 1182/71, article 3): the day of receipt is not counted, and the end moves to the
 * next working day. Aim for `addPeriod(receivedDay, period)`, the strict day; this one is what the law still allows.
 */
export function legalLastDay(receivedDay: Day, period = "P1M"): Day {
  let last = addPeriod(receivedDay, period);
  while (isHoliday(last)) last = addDays(last, 1);
  return last;
}
