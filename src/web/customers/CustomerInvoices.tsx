import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type InvoiceLine, listInvoices } from "../../registers/invoices/contract.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

export function CustomerInvoices({ customerId }: { customerId: string }) {
  const { t, day, money } = useWords();
  const answer = useAsk(listInvoices, { query: { customerId } });
  const columns: Column<InvoiceLine>[] = [
    {
      head: t("invoice.number"),
      width: "28%",
      cell: ({ id, number }) => (
        <Link to="/invoices/$id" params={{ id }}>
          {number}
        </Link>
      ),
    },
    { head: t("invoice.issued"), cell: ({ issuedOn }) => day(issuedOn) },
    { head: t("invoice.due"), cell: ({ dueOn }) => day(dueOn) },
    {
      head: t("invoice.paid"),
      cell: ({ paidOn }) =>
        paidOn ? (
          day(paidOn)
        ) : (
          <Text span inherit c="dimmed">
            {t("invoice.unpaid")}
          </Text>
        ),
    },
    { head: t("invoice.total"), align: "end", cell: ({ totalCents }) => money(totalCents) },
  ];
  return (
    <Section title={t("customer.invoices")}>
      <Asked answer={answer} rows={3}>
        {({ items }) =>
          items.length > 0 ? (
            <DataTable label={t("customer.invoices")} columns={columns} rows={items} keyOf={({ id }) => id} opens />
          ) : (
            <Text size="sm" c="dimmed">
              {t("customer.invoicesNone")}
            </Text>
          )
        }
      </Asked>
    </Section>
  );
}
