import { IconCoffee } from "@tabler/icons-react";
import { RequestedRight } from "../../description/terms.ts";
import { listOrders } from "../../registers/customers/contract.ts";
import { listInvoices } from "../../registers/invoices/contract.ts";
import { categoryOf } from "../customers/draft.ts";
import { DemoOffer } from "../demo/DemoOffer.tsx";
import { useLabels } from "../session/labels.ts";
import { useMay, useMe } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { AwaitingAnswer } from "./AwaitingAnswer.tsx";
import { CorrectionsWaiting } from "./CorrectionsWaiting.tsx";
import { Duties } from "./Duties.tsx";
import { EndingConsents } from "./EndingConsents.tsx";
import { OwnRole } from "./OwnRole.tsx";
import { RequestsWaiting } from "./RequestsWaiting.tsx";
import { StartOffer } from "./StartOffer.tsx";
import { Waiting } from "./Waiting.tsx";

/** What waits for this person, by what they may do. */
export function HomePage() {
  const { t, day, money } = useWords();
  const { name } = useMe();
  const may = useMay();
  const { labels } = useLabels();
  const seesOrders = labels !== undefined && may(`read customers ${categoryOf(labels, "orders")}`);
  const seesInvoices = may("read invoices");
  const moves = seesOrders && seesInvoices && may("flow customers invoices");
  const toInvoice = useAsk(listOrders, { query: { state: "toInvoice", limit: 200 } }, { enabled: moves });
  const ending = useAsk(listOrders, { query: { state: "warrantyEnding", limit: 50 } }, { enabled: seesOrders });
  const open = useAsk(listOrders, { query: { state: "open", limit: 50 } }, { enabled: seesOrders });
  const unpaid = useAsk(listInvoices, { query: { state: "open", limit: 50 } }, { enabled: seesInvoices });
  // Orders are priced with the tax or without it, invoices always with it: a sum alone would not tell which.
  const taxed = (withVat: boolean, cents: number) =>
    t(withVat ? "home.withVat" : "home.withoutVat", { sum: money(cents) });
  const answers = may("read customers") && may("change customers");
  const handles = RequestedRight.options.some((right) => may(`right ${right}`));
  const duties = may("keeps retention read") || may("keeps backups read") || may("keeps proofs read");
  return (
    <Page title={t("home.greeting", { name: name.split(" ")[0] ?? name })} lead={t("home.lead")}>
      {may("keeps description change") && <StartOffer />}
      {may("keeps accounts change") && <OwnRole />}
      {may("keeps accounts change") && <DemoOffer />}
      {duties && <Duties />}
      {answers && <AwaitingAnswer />}
      {handles && <RequestsWaiting />}
      {answers && <CorrectionsWaiting />}
      {may("read customers") && <EndingConsents />}
      {moves && (
        <Waiting
          title={t("home.toInvoice")}
          none={t("home.toInvoiceNone")}
          problem={toInvoice.error}
          all={{ to: "/orders", search: { view: "toInvoice" }, label: t("home.toInvoiceAll") }}
          more={toInvoice.data?.next !== undefined}
          lines={toInvoice.data?.items.map((order) => ({
            id: order.id,
            to: "/orders/$id",
            what: order.customerName ?? t("customer.unnamed"),
            note: order.deliveredOn ? t("home.deliveredOn", { day: day(order.deliveredOn) }) : "",
            amount: taxed(order.priceIncludesVat, order.totalCents),
          }))}
        />
      )}
      {seesOrders && (
        <Waiting
          title={t("home.openOrders")}
          none={t("home.openOrdersNone")}
          problem={open.error}
          all={{ to: "/orders", search: { view: "open" }, label: t("home.openOrdersAll") }}
          more={open.data?.next !== undefined}
          lines={open.data?.items.map((order) => ({
            id: order.id,
            to: "/orders/$id",
            what: order.customerName ?? t("customer.unnamed"),
            note: order.lines.map(({ description }) => description).join(", "),
            amount: taxed(order.priceIncludesVat, order.totalCents),
          }))}
        />
      )}
      {seesInvoices && (
        <Waiting
          title={t("home.unpaid")}
          none={t("home.unpaidNone")}
          problem={unpaid.error}
          all={{ to: "/invoices", search: { view: "open" }, label: t("home.unpaidAll") }}
          more={unpaid.data?.items.length === 50}
          lines={unpaid.data?.items.map((invoice) => ({
            id: invoice.id,
            to: "/invoices/$id",
            what: `${invoice.number} ${invoice.buyerName ?? ""}`,
            note: t(invoice.missing.length > 0 ? "home.incompleteDueOn" : "home.dueOn", { day: day(invoice.dueOn) }),
            amount: taxed(true, invoice.totalCents),
          }))}
        />
      )}
      {seesOrders && ending.data && ending.data.items.length > 0 && (
        <Waiting
          title={t("home.warrantyEnding")}
          none=""
          problem={ending.error}
          all={{ to: "/orders", search: { view: "warrantyEnding" }, label: t("home.warrantyEndingAll") }}
          more={ending.data.next !== undefined}
          lines={ending.data.items.map((order) => ({
            id: order.id,
            to: "/orders/$id",
            what: order.customerName ?? t("customer.unnamed"),
            note: order.lines.map(({ description }) => description).join(", "),
            amount: order.warrantyEndsOn ? day(order.warrantyEndsOn) : "",
          }))}
        />
      )}
      {labels && !(duties || handles || seesOrders || seesInvoices) && (
        <Empty icon={IconCoffee} title={t("home.nothing")}>
          {t("home.nothingText")}
        </Empty>
      )}
    </Page>
  );
}
