// An order while it is typed: text as typed, amounts as cents, and the totals as they will be.
import { dayInHelsinki } from "../../values/Day.ts";
import { type Cents, quantityThousandths } from "../../values/Money.ts";
import { totalsByVat, type VatClass } from "../../values/Vat.ts";

export type LineDraft = {
  key: number;
  description: string;
  quantity: string;
  unitPriceCents: number | null;
  vatClass: VatClass;
};

export type ReadyLine = { description: string; quantity: number; unitPriceCents: Cents; vatClass: VatClass };

let lastKey = 0;
export const emptyLine = (): LineDraft => {
  lastKey += 1;
  return { key: lastKey, description: "", quantity: "1", unitPriceCents: null, vatClass: "standard" };
};

export const isEmpty = ({ description, unitPriceCents }: LineDraft) =>
  description.trim() === "" && unitPriceCents === null;

/** The quantity as a number of at most three decimals, more than nothing; null while it is not one. */
export function quantityOf(text: string): number | null {
  try {
    const thousandths = quantityThousandths(text);
    return thousandths > 0 && thousandths <= 1_000_000_000 ? thousandths / 1000 : null;
  } catch {
    return null;
  }
}

export function readyLine({ description, quantity, unitPriceCents, vatClass }: LineDraft): ReadyLine | undefined {
  const number = quantityOf(quantity);
  if (description.trim() === "" || number === null || unitPriceCents === null) return undefined;
  return { description: description.trim(), quantity: number, unitPriceCents, vatClass };
}

/** Totals at today's rates; the invoice takes those of the delivery day. `null` when an amount is too great to count. */
export function totalsOf(lines: readonly LineDraft[], priceIncludesVat: boolean) {
  const counted = lines.flatMap(({ key, quantity, unitPriceCents, vatClass }) => {
    const number = quantityOf(quantity);
    return number === null || unitPriceCents === null ? [] : [{ key, quantity: number, unitPriceCents, vatClass }];
  });
  try {
    return totalsByVat(counted, { deliveryDay: dayInHelsinki(new Date()), priceIncludesVat });
  } catch {
    return null;
  }
}
