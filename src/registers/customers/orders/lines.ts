// The texts of an order's lines are the customer's; quantities, prices and VAT classes are not, and stay clear so that sums need no key.
import { categoryOfType } from "../../../description/inForce.ts";
import type { Verb } from "../../../description/terms.ts";
import type { Grant, SealedRow } from "../../../gate/grant.ts";
import { type VatClass, vatClasses } from "../../../values/Vat.ts";
import { bytesOf } from "../store.ts";

/** The row to which a line's text is sealed: the order's id with the line number mixed in, so that no line opens in another's place. `line` counts from 1. */
export function lineRow(orderId: string, line: number): string {
  const tail = (Number.parseInt(orderId.slice(-8), 16) ^ line) >>> 0;
  return orderId.slice(0, -8) + tail.toString(16).padStart(8, "0");
}

/** The register's category of a type, where it is granted. */
export function grantedCategory<V extends Verb>(
  grant: Grant<"customers", V>,
  type: "orders" | "name",
): string | undefined {
  const category = categoryOfType(grant.description, grant.register, type);
  return category !== undefined && grant.categories.includes(category) ? category : undefined;
}

/** A line as the database gives it inside JSON; `sealed` is null once the order has been made nobody's. */
export type KeptLine = {
  line: number;
  sealed: Buffer | string | null;
  quantity: number | string;
  unit_price_cents: number;
  vat_class: string;
};

/** The sealed texts of one order's lines; an anonymised order has none. */
export function sealedLines(
  order: { id: string; subject_id: string | null; lines: readonly KeptLine[] },
  category: string,
): SealedRow[] {
  const { id, subject_id, lines } = order;
  if (subject_id === null) return [];
  return lines.flatMap(({ line, sealed }) =>
    sealed === null ? [] : [{ subject_id, category, row: lineRow(id, line), sealed: bytesOf(sealed) }],
  );
}

export function vatClassOf(text: string): VatClass {
  const found = vatClasses.find((vatClass) => vatClass === text);
  if (found === undefined) throw new Error("an order line has no VAT class that the program knows");
  return found;
}
