import assert from "node:assert/strict";
import { test } from "node:test";
import { addPeriod, dayOf, dayParts, parseDay, weekday } from "./Day.ts";
import { easterSunday, isBankingDay, isHoliday, legalLastDay, paymentDay } from "./Holiday.ts";

test("Easter", () => {
  const sundays = [
    "2000-04-23",
    "2008-03-23",
    "2011-04-24",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2038-04-25",
  ];
  for (const day of sundays) assert.equal(easterSunday(Number(day.slice(0, 4))), day);
  for (let year = 1900; year < 2200; year++) {
    const easter = easterSunday(year);
    assert.equal(weekday(easter), 0);
    assert.ok(easter >= dayOf(year, 3, 22) && easter <= dayOf(year, 4, 25), easter);
    assert.equal(dayParts(easter).year, year);
  }
});

test("free days of 2026 and 2027", () => {
  const holidays = [
    "2026-01-01",
    "2026-01-06",
    "2026-04-03",
    "2026-04-06",
    "2026-05-01",
    "2026-05-14",
    "2026-10-31",
    "2026-12-25",
  ];
  for (const day of [...holidays, "2027-03-26", "2027-03-29", "2027-05-06", "2027-11-06", "2026-11-22"]) {
    assert.ok(isHoliday(parseDay(day)) && !isBankingDay(parseDay(day)), day);
  }
  for (const eve of ["2026-06-19", "2027-06-25", "2026-12-24"]) {
    assert.ok(!isHoliday(parseDay(eve)) && !isBankingDay(parseDay(eve)), eve);
  }
  for (const day of ["2026-11-23", "2026-06-18", "2026-12-28", "2026-04-07"])
    assert.ok(isBankingDay(parseDay(day)), day);
});

test("a payment due on a free day is in time on the next banking day", () => {
  const cases = [
    ["2026-12-07", "2026-12-07"],
    ["2026-12-05", "2026-12-07"],
    ["2026-12-24", "2026-12-28"],
    ["2026-04-03", "2026-04-07"],
    ["2026-06-19", "2026-06-22"],
    ["2027-05-06", "2027-05-07"],
  ] as const;
  for (const [due, timely] of cases) assert.equal(paymentDay(parseDay(due)), timely, due);
});

test("the strict day and the last day by law of a request", () => {
  const cases = [
    ["2026-01-31", "P1M", "2026-02-28", "2026-03-02"],
    ["2026-03-03", "P1M", "2026-04-03", "2026-04-07"],
    ["2026-11-06", "P1M", "2026-12-06", "2026-12-07"],
    ["2026-11-22", "P1M", "2026-12-22", "2026-12-22"],
    ["2026-11-22", "P3M", "2027-02-22", "2027-02-22"],
    ["2026-11-25", "P1M", "2026-12-25", "2026-12-28"],
    ["2024-01-31", "P1M", "2024-02-29", "2024-02-29"],
  ] as const;
  for (const [received, period, strict, legal] of cases) {
    assert.equal(addPeriod(parseDay(received), period), strict, received);
    assert.equal(legalLastDay(parseDay(received), period), legal, received);
  }
});
