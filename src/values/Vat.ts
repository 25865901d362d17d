import type { Day } from "./Day.ts";
import type { Language } from "./Language.ts";
import { type Cents, multiplyCents, sumCents, vatOfGross, vatOfNet } from "./Money.ts";
import { Problem } from "./problem.ts";
import table from "./vat-rates.json" with { type: "json" };

/** Which rate the goods or service belongs to; the percentage follows from the day. */
export type VatClass = "standard" | "reduced" | "low" | "zero";

export const vatClasses: readonly VatClass[] = ["standard", "reduced", "low", "zero"];

/**
 * The rate in thousandths (25.5 % = 255) on the tax point: the day of delivery or completion, for a prepayment the day the money came.
 * @throws Problem `vat.noRate` for a day before the table.
 */
export function vatPermille(vatClass: VatClass, day: Day): number {
  const row = table.rates.findLast((each) => each.fromDay <= day);
  if (!row) throw new Problem("vat.noRate", 422, { day });
  return vatClass === "zero" ? 0 : row[vatClass];
}

/** "25,5 %" in Finnish and Swedish (no-break space), "25.5%" in English. */
export function formatPermille(permille: number, language: Language): string {
  const percent = String(permille / 10);
  return language === "en" ? `${percent}%` : `${percent.replace(".", ",")}\u00a0%`;
}

export type VatLine = { quantity: string | number; unitPriceCents: Cents; vatClass: VatClass };
export type LineAmounts = { permille: number; netCents: Cents; vatCents: Cents; totalCents: Cents };
export type VatOfRate = { vatClass: VatClass; permille: number; baseCents: Cents; vatCents: Cents };
export type VatTotals<Line> = {
  lines: (Line & LineAmounts)[];
  byRate: VatOfRate[];
  netCents: Cents;
  vatCents: Cents;
  totalCents: Cents;
};

/**
 * The amounts of an invoice. VAT is rounded once per rate, not per line (EN 16931 BR-CO-17): ten lines of 0.10 € have 0.26 € of VAT, not 0.30 €.
 * Each line still gets its share, cut by running totals, so that the lines add up to their rate and the rates to the invoice.
 * `deliveryDay` is the tax point; `priceIncludesVat` says which price `unitPriceCents` is.
 * @throws Problem `vat.noRate`, `invalid.quantity`, `invalid.money`
 */
export function totalsByVat<Line extends VatLine>(
  lines: readonly Line[],
  { deliveryDay, priceIncludesVat }: { deliveryDay: Day; priceIncludesVat: boolean },
): VatTotals<Line> {
  const running = new Map<VatClass, { priceCents: Cents; vatCents: Cents }>();
  const counted = lines.map((line) => {
    const permille = vatPermille(line.vatClass, deliveryDay);
    const before = running.get(line.vatClass) ?? { priceCents: 0, vatCents: 0 };
    const lineCents = multiplyCents(line.quantity, line.unitPriceCents);
    const priceCents = sumCents([before.priceCents, lineCents]);
    const vatSoFar = priceIncludesVat ? vatOfGross(priceCents, permille) : vatOfNet(priceCents, permille);
    running.set(line.vatClass, { priceCents, vatCents: vatSoFar });
    const vatCents = vatSoFar - before.vatCents;
    const netCents = priceIncludesVat ? lineCents - vatCents : lineCents;
    return { ...line, permille, netCents, vatCents, totalCents: netCents + vatCents };
  });
  const byRate = vatClasses.flatMap((vatClass) => {
    const sum = running.get(vatClass);
    if (!sum) return [];
    const baseCents = priceIncludesVat ? sum.priceCents - sum.vatCents : sum.priceCents;
    return [{ vatClass, permille: vatPermille(vatClass, deliveryDay), baseCents, vatCents: sum.vatCents }];
  });
  const netCents = sumCents(byRate.map((rate) => rate.baseCents));
  const vatCents = sumCents(byRate.map((rate) => rate.vatCents));
  return { lines: counted, byRate, netCents, vatCents, totalCents: sumCents([netCents, vatCents]) };
}
