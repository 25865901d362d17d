import type { z } from "zod";
import { listOrders } from "../../registers/customers/contract.ts";
import { useAsk } from "../session/server.ts";
import { useSums } from "../words/sums.ts";
import { useWords } from "../words/words.tsx";
import { Waiting } from "./Waiting.tsx";

type Order = z.output<typeof listOrders.response>["items"][number];

export const ordersToInvoice = [listOrders, { query: { state: "toInvoice", limit: 200 } }] as const;
export const openOrders = [listOrders, { query: { state: "open", limit: 50 } }] as const;
export const endingWarranties = [listOrders, { query: { state: "warrantyEnding", limit: 50 } }] as const;

/** Delivered, and nothing invoiced yet. */
export function OrdersToInvoice() {
  const { t, day } = useWords();
  const { ordered } = useSums();
  const { data, error } = useAsk(...ordersToInvoice);
  const line = useOrderLine();
  return (
    <Waiting
      title={t("home.toInvoice")}
      none={t("home.toInvoiceNone")}
      problem={error}
      all={{ to: "/orders", search: { view: "toInvoice" }, label: t("home.toInvoiceAll") }}
      more={data?.next !== undefined}
      lines={data?.items.map((order) => ({
        ...line(order),
        note: order.deliveredOn ? t("home.deliveredOn", { day: day(order.deliveredOn) }) : "",
        amount: ordered(order),
      }))}
    />
  );
}

export function OpenOrders() {
  const { t } = useWords();
  const { ordered } = useSums();
  const { data, error } = useAsk(...openOrders);
  const line = useOrderLine();
  return (
    <Waiting
      title={t("home.openOrders")}
      none={t("home.openOrdersNone")}
      problem={error}
      all={{ to: "/orders", search: { view: "open" }, label: t("home.openOrdersAll") }}
      more={data?.next !== undefined}
      lines={data?.items.map((order) => ({ ...line(order), amount: ordered(order) }))}
    />
  );
}

/** Nothing where none ends soon. */
export function EndingWarranties() {
  const { t, day } = useWords();
  const { data, error } = useAsk(...endingWarranties);
  const line = useOrderLine();
  if (!data || data.items.length === 0) return null;
  return (
    <Waiting
      title={t("home.warrantyEnding")}
      none=""
      problem={error}
      all={{ to: "/orders", search: { view: "warrantyEnding" }, label: t("home.warrantyEndingAll") }}
      more={data.next !== undefined}
      lines={data.items.map((order) => ({
        ...line(order),
        amount: order.warrantyEndsOn ? day(order.warrantyEndsOn) : "",
      }))}
    />
  );
}

/** Whose order it is and what was ordered. */
function useOrderLine() {
  const { t } = useWords();
  return ({ id, customerName, lines }: Order) => ({
    id,
    to: "/orders/$id",
    what: customerName ?? t("customer.unnamed"),
    note: lines.map(({ description }) => description).join(", "),
  });
}
