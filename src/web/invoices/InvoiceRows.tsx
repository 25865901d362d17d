import { Group, Text } from "@mantine/core";
import type { Invoice } from "../../registers/invoices/contract.ts";
import { localeOf } from "../../values/Language.ts";
import { Totals } from "../orders/Totals.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

type Row = NonNullable<Invoice["rows"]>[number] & { place: number };
type Rate = Invoice["byRate"][number];

/** What was sold, the VAT of each rate, and the sum to pay. */
export function InvoiceRows({ invoice }: { invoice: Invoice }) {
  const { t, money, percent, language } = useWords();
  const { rows, byRate, priceIncludesVat } = invoice;
  const columns: Column<Row>[] = [
    { head: t("invoice.row"), width: "40%", cell: ({ description }) => description },
    { head: t("invoice.quantity"), align: "end", cell: ({ quantity }) => quantity.toLocaleString(localeOf(language)) },
    {
      head: priceIncludesVat ? t("invoice.unitWithVat") : t("invoice.unitWithoutVat"),
      align: "end",
      cell: ({ unitPriceCents }) => money(unitPriceCents),
    },
    { head: t("invoice.rate"), align: "end", cell: ({ permille }) => percent(permille) },
    { head: t("invoice.net"), align: "end", cell: ({ netCents }) => money(netCents) },
  ];
  const rates: Column<Rate>[] = [
    { head: t("invoice.rate"), cell: ({ permille }) => <span className="num">{percent(permille)}</span> },
    { head: t("invoice.base"), align: "end", cell: ({ baseCents }) => money(baseCents) },
    { head: t("invoice.vat"), align: "end", cell: ({ vatCents }) => money(vatCents) },
    { head: t("invoice.withVat"), align: "end", cell: ({ baseCents, vatCents }) => money(baseCents + vatCents) },
  ];
  return (
    <>
      <Section title={t("invoice.rows")}>
        {rows ? (
          <DataTable
            label={t("invoice.rows")}
            columns={columns}
            rows={rows.map((row, place) => ({ ...row, place }))}
            keyOf={({ place }) => place}
          />
        ) : (
          <Text c="dimmed">{t("invoice.rowsHidden")}</Text>
        )}
      </Section>
      <Section title={t("invoice.byRate")}>
        <DataTable
          label={t("invoice.byRate")}
          columns={rates}
          rows={byRate}
          keyOf={({ vatClass, permille }) => `${vatClass} ${permille}`}
        />
        <Group justify="flex-end" mt="md">
          <Totals {...invoice} />
        </Group>
      </Section>
    </>
  );
}
