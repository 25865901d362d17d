import { listInvoices } from "../../registers/invoices/contract.ts";
import { useAsk } from "../session/server.ts";
import { useSums } from "../words/sums.ts";
import { useWords } from "../words/words.tsx";
import { Waiting } from "./Waiting.tsx";

export const unpaidInvoices = [listInvoices, { query: { state: "open", limit: 50 } }] as const;

export function UnpaidInvoices() {
  const { t, day } = useWords();
  const { invoiced } = useSums();
  const { data, error } = useAsk(...unpaidInvoices);
  return (
    <Waiting
      title={t("home.unpaid")}
      none={t("home.unpaidNone")}
      problem={error}
      all={{ to: "/invoices", search: { view: "open" }, label: t("home.unpaidAll") }}
      more={data?.items.length === 50}
      lines={data?.items.map((invoice) => ({
        id: invoice.id,
        to: "/invoices/$id",
        what: `${invoice.number} ${invoice.buyerName ?? ""}`,
        note: t(invoice.missing.length > 0 ? "home.incompleteDueOn" : "home.dueOn", { day: day(invoice.dueOn) }),
        amount: invoiced(invoice),
      }))}
    />
  );
}
