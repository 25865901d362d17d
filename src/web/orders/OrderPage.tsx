import { Group, Stack, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { z } from "zod";
import { readOrder } from "../../registers/customers/contract.ts";
import { dayInHelsinki, parseDay } from "../../values/Day.ts";
import { localeOf } from "../../values/Language.ts";
import { vatPermille } from "../../values/Vat.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Facts } from "../ui/Facts.tsx";
import { Page } from "../ui/Page.tsx";
import { Section } from "../ui/Section.tsx";
import { WhyNot } from "../why/WhyNot.tsx";
import { useWords } from "../words/words.tsx";
import { Delivery } from "./Delivery.tsx";
import { InvoicePreview } from "./InvoicePreview.tsx";
import { warrantyWord } from "./warranty.ts";

type Order = z.output<typeof readOrder.response>;

/** One order on its way: ordered, delivered, invoiced. */
export function OrderPage() {
  const { t } = useWords();
  const { id } = useParams({ from: "/inside/orders/$id" });
  const may = useMay();
  const answer = useAsk(readOrder, { params: { id } });
  const order = answer.data;
  const back = order?.customerId
    ? { to: "/customers/$id", params: { id: order.customerId }, label: order.customerName ?? t("customer.title") }
    : { to: "/", label: t("nav.home") };
  return (
    <Page title={t("order.title")} lead={order && <Lead order={order} />} back={back}>
      <Asked answer={answer}>
        {(found) => (
          <>
            <Section title={t("order.lines")}>
              <Lines order={found} />
            </Section>
            <Section title={t("order.delivery")}>
              <Stack gap="sm">
                <DeliveryFacts order={found} />
                {!found.deliveredOn && <Delivery order={found} />}
              </Stack>
            </Section>
            {found.deliveredOn &&
              (may("flow customers invoices") ? (
                <InvoicePreview orderId={found.id} />
              ) : (
                <Group gap={4}>
                  <Text size="sm" c="dimmed">
                    {t("why.noInvoicing")}
                  </Text>
                  <WhyNot act="flow customers invoices" about={t("flow.move")} />
                </Group>
              ))}
          </>
        )}
      </Asked>
    </Page>
  );
}

function Lead({ order }: { order: Order }) {
  const { t, dayOfMoment } = useWords();
  return (
    <>{t("order.lead", { name: order.customerName ?? t("customer.unnamed"), day: dayOfMoment(order.createdAt) })}</>
  );
}

function Lines({ order }: { order: Order }) {
  const { t, money, percent, language } = useWords();
  const rateDay = parseDay(order.deliveredOn ?? dayInHelsinki(new Date()));
  const quantity = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 3 });
  const rows = order.lines.map((line, n) => ({ ...line, n }));
  const columns: Column<(typeof rows)[number]>[] = [
    { head: t("order.description"), width: "46%", cell: ({ description }) => description },
    { head: t("order.quantity"), align: "end", cell: (line) => quantity.format(line.quantity) },
    {
      head: order.priceIncludesVat ? t("order.priceWithVat") : t("order.priceWithoutVat"),
      align: "end",
      cell: ({ unitPriceCents }) => money(unitPriceCents),
    },
    { head: t("order.vatClass"), align: "end", cell: ({ vatClass }) => percent(vatPermille(vatClass, rateDay)) },
  ];
  return (
    <>
      <DataTable label={t("order.lines")} columns={columns} rows={rows} keyOf={({ n }) => n} />
      <p className="num" style={{ textAlign: "right", fontWeight: 650 }}>
        {order.priceIncludesVat ? t("order.totalWithVat") : t("order.totalWithoutVat")} {money(order.totalCents)}
      </p>
    </>
  );
}

/** The warranty is told before the delivery too, when it can still be asked for. */
function DeliveryFacts({ order }: { order: Order }) {
  const { t, day } = useWords();
  if (!order.deliveredOn && !order.warrantyPeriod) return null;
  return (
    <Facts
      facts={[
        ...(order.deliveredOn ? [{ term: t("order.deliveredOn"), value: day(order.deliveredOn) }] : []),
        ...(order.warrantyPeriod ? [{ term: t("order.warranty"), value: warrantyWord(t, order.warrantyPeriod) }] : []),
        ...(order.warrantyEndsOn ? [{ term: t("order.warrantyEnds"), value: day(order.warrantyEndsOn) }] : []),
      ]}
    />
  );
}
