import { useWords } from "./words.tsx";

/** Orders are priced with the tax or without it, invoices always with it: a sum alone would not tell which. */
export function useSums() {
  const { t, money } = useWords();
  const sum = (withVat: boolean, cents: number) => t(withVat ? "sum.withVat" : "sum.withoutVat", { sum: money(cents) });
  return {
    ordered: (order: { priceIncludesVat: boolean; totalCents: number }) =>
      sum(order.priceIncludesVat, order.totalCents),
    invoiced: ({ totalCents }: { totalCents: number }) => sum(true, totalCents),
  };
}
