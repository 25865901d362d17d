import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  addDays,
  addPeriod,
  compareDays,
  dayInHelsinki,
  dayOf,
  dayParts,
  daysBetween,
  endOfYear,
  formatDay,
  isDay,
  isPeriod,
  parseDay,
  periodParts,
  startInHelsinki,
  weekday,
} from "./Day.ts";

const anyDay = fc.integer({ min: 0, max: 400_000 }).map((days) => addDays(parseDay("1000-01-01"), days));

test("only real days are days", () => {
  for (const real of ["2026-11-22", "2024-02-29", "2000-02-29", "1000-01-01", "9999-12-31"])
    assert.ok(isDay(real), real);
  const unreal = ["", "2026-1-1", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0099-01-01"];
  for (const text of [...unreal, "2026-11-22T00:00", " 2026-11-22", "2026-11-22\n", "२०२६-११-२२"]) {
    assert.ok(!isDay(text), JSON.stringify(text));
    assert.throws(() => parseDay(text), { code: "invalid.day", status: 422 });
  }
});

test("a period is added by the calendar and stops at the end of a shorter month", () => {
  const cases: [string, string, string][] = [
    ["2021-12-15", "P5Y", "2026-12-15"],
    ["2021-12-15", "P60M", "2026-12-15"],
    ["2026-01-31", "P1M", "2026-02-28"],
    ["2024-01-31", "P1M", "2024-02-29"],
    ["2024-02-29", "P1Y", "2025-02-28"],
    ["2026-11-22", "P24M", "2028-11-22"],
    ["2026-11-22", "P30D", "2026-12-22"],
    ["2026-12-31", "P1Y6M", "2028-06-30"],
    ["2026-01-31", "P1M1D", "2026-03-01"],
    ["2026-11-22", "P2W", "2026-12-06"],
    ["2026-11-22", "PT24H", "2026-11-23"],
    ["2026-11-22", "PT25H", "2026-11-24"],
    ["2026-11-22", "PT1H", "2026-11-23"],
    ["2026-11-22", "P0D", "2026-11-22"],
  ];
  for (const [from, period, to] of cases) assert.equal(addPeriod(parseDay(from), period), to, `${from} ${period}`);
  assert.throws(() => addPeriod(parseDay("9999-12-31"), "P1D"), { code: "invalid.day" });
});

test("a period is ISO 8601 in order, with at least one part", () => {
  assert.deepEqual(periodParts("P1Y2M3W4DT5H"), { years: 1, months: 2, weeks: 3, days: 4, hours: 5 });
  for (const bad of ["", "P", "PT", "5Y", "P5", "P5YT", "P-5Y", "P1M1Y", "P1.5Y", "p5y", "P5Y ", "PT5M", "P99999Y"]) {
    assert.ok(!isPeriod(bad), bad);
    assert.throws(() => periodParts(bad), { code: "invalid.period" }, bad);
  }
});

test("today in Finland, in summer and in winter time", () => {
  assert.equal(dayInHelsinki(new Date("2026-11-22T21:59:59Z")), "2026-11-22");
  assert.equal(dayInHelsinki(new Date("2026-11-22T22:00:00Z")), "2026-11-23");
  assert.equal(dayInHelsinki(new Date("2026-06-30T21:00:00Z")), "2026-07-01");
});

test("written as people write it", () => {
  assert.equal(formatDay(parseDay("2026-11-22"), "fi"), "22.11.2026");
  assert.equal(formatDay(parseDay("2026-03-05"), "sv"), "5.3.2026");
  assert.equal(formatDay(parseDay("2026-11-22"), "en"), "22 Nov 2026");
  assert.equal(endOfYear(parseDay("2026-11-22")), "2026-12-31");
  assert.equal(weekday(parseDay("2026-11-22")), 0);
});

test("adding days and counting them are each other's inverse, and order as text", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -300, max: 300_000 }), (day, days) => {
      fc.pre(day > "1002-01-01");
      const later = addDays(day, days);
      assert.equal(daysBetween(day, later), days);
      assert.equal(compareDays(day, later), -Math.sign(days) + 0);
      const { year, month, date } = dayParts(day);
      assert.equal(dayOf(year, month, date), day);
    }),
  );
});

test("a longer period never ends earlier", () => {
  fc.assert(
    fc.property(anyDay, fc.nat(600), fc.nat(600), (day, a, b) => {
      const [shorter, longer] = [Math.min(a, b), Math.max(a, b)];
      assert.ok(addPeriod(day, `P${shorter}M`) <= addPeriod(day, `P${longer}M`));
    }),
  );
});

test("a day begins in Finland two or three hours before it begins at Greenwich", () => {
  for (const [day, start] of [
    ["2026-01-15", "2026-01-14T22:00:00.000Z"],
    ["2026-07-15", "2026-07-14T21:00:00.000Z"],
    ["2026-03-29", "2026-03-28T22:00:00.000Z"],
    ["2026-03-30", "2026-03-29T21:00:00.000Z"],
    ["2026-10-25", "2026-10-24T21:00:00.000Z"],
    ["2026-10-26", "2026-10-25T22:00:00.000Z"],
  ] as const)
    assert.equal(startInHelsinki(parseDay(day)).toISOString(), start);
});
