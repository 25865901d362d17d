// The last day of an answer, as Regulation (EEC, Euratom) No 1182/71 counts it.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { answerDays } from "./AnswerDay.ts";
import { addDays, type Day, dayOf, dayParts, daysBetween, daysInMonth, parseDay } from "./Day.ts";
import { isHoliday } from "./Holiday.ts";
import { Problem } from "./problem.ts";

const MONTH = { deadline: "P1M", extension: "P2M" };
const last = (received: string, promised = MONTH) => answerDays(parseDay(received), promised).last;

test("the last day of a month, of a leap year, and before a weekend or a holiday", () => {
  const cases: [received: string, target: string, last: string][] = [
    ["2026-01-31", "2026-02-28", "2026-03-02"], // a Saturday
    ["2024-01-31", "2024-02-29", "2024-02-29"], // a leap year
    ["2024-01-29", "2024-02-29", "2024-02-29"],
    ["2026-03-03", "2026-04-03", "2026-04-07"], // Good Friday to the Tuesday after Easter
    ["2026-11-06", "2026-12-06", "2026-12-07"], // Independence Day on a Sunday
    ["2026-11-22", "2026-12-22", "2026-12-22"],
    ["2026-11-25", "2026-12-25", "2026-12-28"], // Christmas to Monday
    ["2026-11-24", "2026-12-24", "2026-12-24"], // Christmas Eve is a working day of the Regulation
    ["2026-05-19", "2026-06-19", "2026-06-19"], // Midsummer Eve too
    ["2026-12-06", "2027-01-06", "2027-01-07"], // Epiphany
  ];
  for (const [received, target, end] of cases) {
    const days = answerDays(parseDay(received), MONTH);
    assert.deepEqual([days.target, days.last], [target, end], received);
  }
});

test("an extension is counted from the receipt too, so that February takes no days from it", () => {
  assert.equal(answerDays(parseDay("2026-11-22"), MONTH).extended, "2027-02-22");
  assert.equal(answerDays(parseDay("2026-01-31"), MONTH).extended, "2026-04-30");
  assert.equal(answerDays(parseDay("2026-01-31"), { deadline: "P1M" }).extended, null);
});

test("a company may promise less time than the law, and never more", () => {
  assert.equal(last("2026-11-02", { deadline: "P14D", extension: "P2M" }), "2026-11-16");
  assert.equal(last("2026-11-22", { deadline: "P6M", extension: "P12M" }), last("2026-11-22"));
  assert.equal(last("2026-11-23", { deadline: "P0D", extension: "P2M" }), "2026-11-23");
});

test("the period has its source, and there is none before the law", () => {
  assert.match(answerDays(parseDay("2026-11-22"), MONTH).source, /2016\/679.*12\(3\)/);
  assert.throws(
    () => last("2018-05-24"),
    (error) => error instanceof Problem && error.code === "requestBeforeLaw",
  );
});

const someDay = fc.integer({ min: 0, max: 30_000 }).map((days): Day => addDays(dayOf(2018, 5, 25), days));

test("of any day: the same date of the next month or its last day; then the first working day", () => {
  fc.assert(
    fc.property(someDay, (received) => {
      const { target, last: end, extended } = answerDays(received, MONTH);
      const [from, to] = [dayParts(received), dayParts(target)];
      assert.equal(to.year * 12 + to.month - (from.year * 12 + from.month), 1);
      assert.equal(to.date, Math.min(from.date, daysInMonth(to.year, to.month)));
      assert.ok(!isHoliday(end) && end >= target);
      for (let day = target; day < end; day = addDays(day, 1)) assert.ok(isHoliday(day), day);
      assert.ok(daysBetween(received, end) >= 28 && daysBetween(received, end) <= 36);
      assert.ok(extended !== null && !isHoliday(extended) && extended > end);
    }),
  );
});

test("who asked later is never due earlier", () => {
  fc.assert(
    fc.property(someDay, (received) => {
      assert.ok(answerDays(addDays(received, 1), MONTH).last >= answerDays(received, MONTH).last);
    }),
  );
});
