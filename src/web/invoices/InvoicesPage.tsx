import { SegmentedControl, Text } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type InvoiceLine, listInvoices } from "../../registers/invoices/contract.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { InvoiceState } from "./InvoiceState.tsx";
import { viewOf, views } from "./views.ts";

const limit = 200;
const route = getRouteApi("/inside/invoices");

/** What has been invoiced: the newest, those that wait for their payment, those that are paid. */
export function InvoicesPage() {
  const { t } = useWords();
  const navigate = route.useNavigate();
  const { view = "newest" } = route.useSearch();
  const state = view === "newest" ? {} : { state: view };
  const answer = useAsk(listInvoices, { query: { ...state, limit } });
  return (
    <Page title={t("invoices.title")} lead={t("invoices.lead")}>
      <SegmentedControl
        aria-label={t("invoices.view")}
        mb="md"
        value={view}
        onChange={(next) => void navigate({ search: { view: viewOf(next) }, replace: true })}
        data={views.map((each) => ({ value: each, label: t(`invoices.view.${each}`) }))}
      />
      <Asked answer={answer} rows={8}>
        {({ items }) =>
          items.length > 0 ? (
            <>
              <InvoiceTable items={items} />
              {items.length === limit && (
                <Text size="sm" c="dimmed" mt="md">
                  {t("invoices.newestOnly", { count: limit })}
                </Text>
              )}
            </>
          ) : (
            <Empty icon={IconReceipt} title={t(`invoices.none.${view}`)}>
              {t("invoices.noneText")}
            </Empty>
          )
        }
      </Asked>
    </Page>
  );
}

function InvoiceTable({ items }: { items: readonly InvoiceLine[] }) {
  const { t, day, money } = useWords();
  const number: Column<InvoiceLine> = {
    head: t("invoice.number"),
    cell: ({ id, number: shown }) => (
      <Link to="/invoices/$id" params={{ id }}>
        <span className="num">{shown}</span>
      </Link>
    ),
  };
  const buyer: Column<InvoiceLine> = { head: t("invoice.buyer"), width: "34%", cell: ({ buyerName }) => buyerName };
  const rest: Column<InvoiceLine>[] = [
    { head: t("invoice.issued"), cell: ({ issuedOn }) => <span className="num">{day(issuedOn)}</span> },
    { head: t("invoice.due"), cell: ({ dueOn }) => <span className="num">{day(dueOn)}</span> },
    { head: t("invoice.state"), cell: (invoice) => <InvoiceState invoice={invoice} /> },
    { head: t("invoice.total"), align: "end", cell: ({ totalCents }) => money(totalCents) },
  ];
  const named = items.some(({ buyerName }) => buyerName !== undefined);
  return (
    <DataTable
      label={t("invoices.title")}
      columns={[number, ...(named ? [buyer] : []), ...rest]}
      rows={items}
      keyOf={({ id }) => id}
      opens
    />
  );
}
