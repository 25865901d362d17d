import { type Day, isDay } from "../../values/Day.ts";

export const views = ["newest", "open", "late", "paid"] as const;
export type View = (typeof views)[number];

/** Anything else in the address is the first view. */
export const viewOf = (value: unknown): View => views.find((view) => view === value) ?? "newest";

/** What the list is narrowed to: where the invoices stand, and days of issue. */
export type InvoiceSearch = { view?: View | undefined; from?: Day | undefined; to?: Day | undefined };

export function invoiceSearch({ view, from, to }: Record<string, unknown>): InvoiceSearch {
  const dayed = (value: unknown) => (typeof value === "string" && isDay(value) ? value : undefined);
  const days = { from: dayed(from), to: dayed(to) };
  return {
    ...(view !== undefined && { view: viewOf(view) }),
    ...(days.from && { from: days.from }),
    ...(days.to && { to: days.to }),
  };
}
