import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDay } from "./Day.ts";
import { type Debtor, lateInterest, lateInterestPermille, publishedReferenceRates } from "./LateInterest.ts";

const interest = (principalCents: number, due: string, paid: string, debtor: Debtor = "consumer") =>
  lateInterest({ principalCents, dueDay: parseDay(due), paidDay: parseDay(paid), debtor });

test("interest runs from the day after the due day, each half-year at its own rate", () => {
  assert.equal(interest(100_000, "2025-12-15", "2026-01-31").interestCents, 1223);
  assert.equal(interest(100_000, "2025-06-15", "2025-07-31").interestCents, 1238);
  assert.equal(interest(100_000, "2025-06-15", "2025-07-31", "business").interestCents, 1364);
  assert.equal(interest(25_000, "2024-12-01", "2025-01-31").interestCents, 459);
  assert.deepEqual(interest(100_000, "2025-06-15", "2025-07-31").parts, [
    { fromDay: "2025-06-16", toDay: "2025-06-30", days: 15, permille: 105 },
    { fromDay: "2025-07-01", toDay: "2025-07-31", days: 31, permille: 95 },
  ]);
});

test("nothing runs up to the due day", () => {
  for (const paid of ["2026-01-01", "2026-01-15"]) {
    assert.deepEqual(interest(100_000, "2026-01-15", paid), { interestCents: 0, parts: [] });
  }
});

test("a half-year without a reference rate is refused and not guessed", () => {
  const missing = { code: "lateInterest.noRate", status: 422, facts: { halfYear: "2026-2" } };
  assert.throws(() => interest(100_000, "2026-06-15", "2026-07-01"), missing);
  assert.throws(() => lateInterestPermille(parseDay("2026-07-01"), "consumer"), missing);
  assert.throws(() => lateInterestPermille(parseDay("2022-12-31"), "consumer"), { code: "lateInterest.noRate" });
  const entered = new Map([...publishedReferenceRates, ["2026-2", 30]]);
  assert.equal(lateInterestPermille(parseDay("2026-07-01"), "business", entered), 110);
});
