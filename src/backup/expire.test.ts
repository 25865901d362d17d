import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dateOfStamp, stampOf } from "./base.ts";
import { keptBases, keptKeyrings } from "./expire.ts";
import { periodsOn } from "./periods.ts";

const now = new Date("2026-11-23T01:00:00Z");
const daysAgo = (days: number) => stampOf(new Date(now.getTime() - days * 86_400_000));
const days = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 120 });
const oldestFirst = (ages: number[]) => ages.toSorted((one, other) => other - one).map(daysAgo);
const ageOf = (stamp: string) => (now.getTime() - dateOfStamp(stamp).getTime()) / 86_400_000;

test("the newest base copy always stays, each of the last days, one a week of the period, and none else", () => {
  const { databaseDays, databaseDailyDays } = periodsOn(now);
  fc.assert(
    fc.property(days, (ages) => {
      const names = oldestFirst(ages);
      const kept = keptBases(names, now);
      assert.equal(kept.at(-1), names.at(-1));
      for (const name of names.slice(0, -1)) {
        if (ageOf(name) > databaseDays) assert.ok(!kept.includes(name));
        if (ageOf(name) <= databaseDailyDays) assert.ok(kept.includes(name));
      }
      // The log leads from a kept copy to every moment of the period, replaying a week at most.
      for (const name of names.filter((one) => ageOf(one) <= databaseDays))
        assert.ok(kept.some((other) => other <= name && ageOf(other) - ageOf(name) < 7));
    }),
  );
});

test("a nightly copy for a year leaves the daily ones and a dozen weekly ones", () => {
  const kept = keptBases(oldestFirst(Array.from({ length: 365 }, (_, n) => n)), now);
  assert.ok(kept.length >= 15 + 10 && kept.length <= 15 + 13, `${kept.length}`);
});

test("no copy of the keyring outlives its period but the very newest", () => {
  const { keyringDays, keyringNewest } = periodsOn(now);
  fc.assert(
    fc.property(days, (ages) => {
      const files = oldestFirst(ages).map((name) => `${name}.age`);
      const kept = keptKeyrings(files, now);
      assert.equal(kept.at(-1), files.at(-1));
      for (const file of kept.slice(0, -1)) assert.ok(ageOf(file.slice(0, -4)) <= keyringDays);
      for (const file of files.slice(-keyringNewest))
        if (ageOf(file.slice(0, -4)) <= keyringDays) assert.ok(kept.includes(file));
    }),
  );
  const sameDay = ["20261122T010000Z.age", "20261122T020000Z.age", "20261122T030000Z.age", "20261122T040000Z.age"];
  const today = ["20261123T000000Z.age", "20261123T001000Z.age", "20261123T002000Z.age"];
  assert.deepEqual(keptKeyrings([...sameDay, ...today], now), [sameDay.at(-1), ...today]);
});
