import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseDay } from "./Day.ts";
import { sumCents } from "./Money.ts";
import { formatPermille, totalsByVat, type VatClass, vatClasses, vatPermille } from "./Vat.ts";

const deliveryDay = parseDay("2026-11-20");

test("the rate is that of the day", () => {
  const cases: [VatClass, string, number][] = [
    ["standard", "2013-01-01", 240],
    ["standard", "2024-08-31", 240],
    ["standard", "2024-09-01", 255],
    ["reduced", "2025-12-30", 140],
    ["reduced", "2025-12-31", 140],
    ["reduced", "2026-01-01", 135],
    ["low", "2026-11-22", 100],
    ["zero", "2026-11-22", 0],
  ];
  for (const [vatClass, day, permille] of cases) assert.equal(vatPermille(vatClass, parseDay(day)), permille, day);
  for (const vatClass of vatClasses) {
    assert.throws(() => vatPermille(vatClass, parseDay("2012-12-31")), { code: "vat.noRate", status: 422 });
  }
});

test("written as a percentage", () => {
  assert.equal(formatPermille(255, "fi"), "25,5\u00a0%");
  assert.equal(formatPermille(140, "sv"), "14\u00a0%");
  assert.equal(formatPermille(135, "en"), "13.5%");
});

test("VAT is rounded per rate and not per line", () => {
  const one = { quantity: "1", unitPriceCents: 100, vatClass: "standard" } as const;
  assert.equal(totalsByVat([one], { deliveryDay, priceIncludesVat: false }).vatCents, 26);

  const ten = Array.from({ length: 10 }, () => ({ ...one, unitPriceCents: 10 }));
  const totals = totalsByVat(ten, { deliveryDay, priceIncludesVat: false });
  assert.deepEqual(totals.byRate, [{ vatClass: "standard", permille: 255, baseCents: 100, vatCents: 26 }]);
  assert.deepEqual([totals.netCents, totals.vatCents, totals.totalCents], [100, 26, 126]);
});

test("prices with VAT give the VAT they contain", () => {
  const line = { quantity: 1, unitPriceCents: 12550, vatClass: "standard", name: "a boat" } as const;
  const totals = totalsByVat([line], { deliveryDay, priceIncludesVat: true });
  assert.deepEqual(totals.lines, [{ ...line, permille: 255, netCents: 10000, vatCents: 2550, totalCents: 12550 }]);
  assert.deepEqual([totals.netCents, totals.vatCents, totals.totalCents], [10000, 2550, 12550]);
});

test("every rate has a sum of its own, in a fixed order", () => {
  const line = (vatClass: VatClass) => ({ quantity: "2", unitPriceCents: 5000, vatClass });
  const totals = totalsByVat([line("zero"), line("reduced"), line("standard"), line("low")], {
    deliveryDay,
    priceIncludesVat: false,
  });
  assert.deepEqual(
    totals.byRate.map(({ vatClass, vatCents }) => [vatClass, vatCents]),
    [
      ["standard", 2550],
      ["reduced", 1350],
      ["low", 1000],
      ["zero", 0],
    ],
  );
  const empty = totalsByVat([], { deliveryDay, priceIncludesVat: true });
  assert.deepEqual(empty, { lines: [], byRate: [], netCents: 0, vatCents: 0, totalCents: 0 });
});

const anyLine = fc.record({
  quantity: fc.integer({ min: -9_999, max: 9_999 }).map((thousandths) => (thousandths / 1000).toFixed(3)),
  unitPriceCents: fc.integer({ min: 0, max: 99_999 }),
  vatClass: fc.constantFrom(...vatClasses),
});

test("lines add up to rates, rates to the invoice, and a credit note mirrors its invoice", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 20 }), fc.boolean(), (lines, priceIncludesVat) => {
      const totals = totalsByVat(lines, { deliveryDay, priceIncludesVat });
      for (const rate of totals.byRate) {
        const own = totals.lines.filter((line) => line.vatClass === rate.vatClass);
        assert.equal(sumCents(own.map((line) => line.netCents)), rate.baseCents);
        assert.equal(sumCents(own.map((line) => line.vatCents)), rate.vatCents);
      }
      assert.equal(sumCents(totals.lines.map((line) => line.totalCents)), totals.totalCents);

      const negated = (quantity: string) => (quantity.startsWith("-") ? quantity.slice(1) : `-${quantity}`);
      const credit = totalsByVat(
        lines.map((line) => ({ ...line, quantity: negated(line.quantity) })),
        { deliveryDay, priceIncludesVat },
      );
      assert.equal(credit.totalCents + totals.totalCents, 0);
      assert.equal(credit.vatCents + totals.vatCents, 0);
    }),
  );
});
