import assert from "node:assert/strict";
import { test } from "node:test";
import { booksKeepUntil, financialYearEnd, voucherKeepUntil } from "./BookkeepingPeriod.ts";
import { addDays, parseDay } from "./Day.ts";

test("vouchers and books are kept by the financial year", () => {
  const cases = [
    ["2026-06-01", "12-31", "2026-12-31", "2032-12-31", "2036-12-31"],
    ["2026-12-31", "12-31", "2026-12-31", "2032-12-31", "2036-12-31"],
    ["2023-05-01", "03-31", "2024-03-31", "2030-12-31", "2034-03-31"],
    ["2024-03-31", "03-31", "2024-03-31", "2030-12-31", "2034-03-31"],
    ["2024-04-01", "03-31", "2025-03-31", "2031-12-31", "2035-03-31"],
    ["2016-12-24", "04-30", "2017-04-30", "2023-12-31", "2027-04-30"],
    ["2022-02-15", "06-30", "2022-06-30", "2028-12-31", "2032-06-30"],
    ["2024-02-29", "02-28", "2024-02-29", "2030-12-31", "2034-02-28"],
    ["2025-01-10", "02-29", "2025-02-28", "2031-12-31", "2035-02-28"],
  ] as const;
  for (const [day, yearEnd, financialYear, vouchers, books] of cases) {
    assert.equal(financialYearEnd(parseDay(day), yearEnd), financialYear, day);
    assert.equal(voucherKeepUntil(parseDay(day), yearEnd), vouchers, day);
    assert.equal(booksKeepUntil(parseDay(day), yearEnd), books, day);
  }
});

test("a voucher of the year that ended 31.3.2024 may go on 1.1.2031", () => {
  assert.equal(addDays(voucherKeepUntil(parseDay("2023-11-05"), "03-31"), 1), "2031-01-01");
});

test("a year end is a month and a day", () => {
  for (const bad of ["", "13-01", "00-10", "04-31", "2-28", "2024-02-28", "02-30"]) {
    assert.throws(() => voucherKeepUntil(parseDay("2026-01-01"), bad), { code: "invalid.yearEnd" }, bad);
  }
});
