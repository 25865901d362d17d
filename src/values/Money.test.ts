import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decimalCents,
  formatCents,
  multiplyCents,
  parseCents,
  quantityThousandths,
  requireCents,
  roundHalfAwayFromZero,
  sumCents,
  vatOfGross,
  vatOfNet,
} from "./Money.ts";

const cents = fc.integer({ min: -999_999_999, max: 999_999_999 });

test("a half goes away from zero, on both sides", () => {
  const cases: [bigint, bigint, bigint][] = [
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [4n, 10n, 0n],
    [-4n, 10n, 0n],
    [15n, 10n, 2n],
    [-25n, 10n, -3n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
  ];
  for (const [numerator, denominator, expected] of cases) {
    assert.equal(roundHalfAwayFromZero(numerator, denominator), expected);
  }
});

test("quantity times unit price is exact", () => {
  const cases: [string | number, number, number][] = [
    ["2", 5000, 10000],
    [1.1, 1000, 1100],
    ["1,005", 100, 101],
    ["0.335", 100, 34],
    [-1, 10000, -10000],
    ["0.001", 499, 0],
    ["0.001", 500, 1],
    [4.35, 100, 435],
  ];
  for (const [quantity, price, expected] of cases)
    assert.equal(multiplyCents(quantity, price), expected, `${quantity}`);
  for (const bad of ["", "1.2345", "1e3", "1,2.3", Number.NaN, 1e-7, Number.POSITIVE_INFINITY, "1 000", "+1"]) {
    assert.throws(() => quantityThousandths(bad), { code: "invalid.quantity" }, String(bad));
  }
  assert.throws(() => multiplyCents("1", 0.5), { code: "invalid.money" });
  assert.throws(() => multiplyCents("999999999", 999_999_999_999), { code: "invalid.money" });
});

test("VAT of a net and of a gross price", () => {
  const ofNet: [number, number, number][] = [
    [10000, 255, 2550],
    [4990, 255, 1272],
    [100, 255, 26],
    [10, 255, 3],
    [2, 255, 1],
    [1999, 135, 270],
    [-100, 255, -26],
    [100, 0, 0],
  ];
  for (const [net, permille, vat] of ofNet) assert.equal(vatOfNet(net, permille), vat, `${net} ${permille}`);
  const ofGross: [number, number, number][] = [
    [12550, 255, 2550],
    [10000, 255, 2032],
    [10000, 135, 1189],
    [10000, 100, 909],
    [10000, 0, 0],
  ];
  for (const [gross, permille, vat] of ofGross) assert.equal(vatOfGross(gross, permille), vat, `${gross} ${permille}`);
});

test("VAT of a credit mirrors the VAT of the sale, and gross comes back from net", () => {
  fc.assert(
    fc.property(cents, fc.constantFrom(0, 100, 135, 140, 240, 255), (net, permille) => {
      const vat = vatOfNet(net, permille);
      assert.equal(vatOfNet(-net, permille) + vat, 0);
      assert.equal(vatOfGross(net + vat, permille), vat);
    }),
  );
});

test("written for people and for files", () => {
  assert.equal(formatCents(123450, "fi"), "1\u00a0234,50\u00a0€");
  assert.equal(formatCents(123450, "sv"), "1\u00a0234,50\u00a0€");
  assert.equal(formatCents(123450, "en"), "€1,234.50");
  assert.equal(formatCents(-5, "fi"), "\u22120,05\u00a0€");
  assert.equal(formatCents(123456789, "fi"), "1\u00a0234\u00a0567,89\u00a0€");
  assert.equal(decimalCents(12550, ","), "125,50");
  assert.equal(decimalCents(-7), "-0.07");
});

test("read back as it was written", () => {
  fc.assert(
    fc.property(cents, (amount) => {
      assert.equal(parseCents(formatCents(amount, "fi")), amount);
      assert.equal(parseCents(decimalCents(amount)), amount);
    }),
  );
  assert.equal(parseCents("12,5"), 1250);
  assert.equal(parseCents("1 234"), 123400);
  for (const bad of ["", "€", "1,234.50", "1.234", "abc", "1e5", "--1"]) {
    assert.throws(() => parseCents(bad), { code: "invalid.money" }, bad);
  }
});

test("fractions and numbers too large to count are refused", () => {
  for (const bad of [0.5, Number.NaN, 2 ** 53]) assert.throws(() => requireCents(bad), { code: "invalid.money" });
  assert.throws(() => sumCents([Number.MAX_SAFE_INTEGER, 1]), { code: "invalid.money" });
  assert.equal(sumCents([1, 2, -3]), 0);
});
