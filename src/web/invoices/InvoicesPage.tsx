import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { IconCheck, IconReceipt } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type InvoiceLine, listInvoices } from "../../registers/invoices/contract.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { ChosenBar, ChosenCell } from "../ui/ChosenBar.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { DayField } from "../ui/fields/DayField.tsx";
import { Page } from "../ui/Page.tsx";
import { SavedViews } from "../ui/SavedViews.tsx";
import { type Chosen, useChosen } from "../ui/useChosen.ts";
import { useWords } from "../words/words.tsx";
import { BulkPaid } from "./BulkPaid.tsx";
import { InvoiceState } from "./InvoiceState.tsx";
import { type InvoiceSearch, invoiceSearch, viewOf, views } from "./views.ts";

const limit = 200;
const route = getRouteApi("/inside/invoices");

/** What has been invoiced: the newest, those that wait for their payment, those that are paid. */
export function InvoicesPage() {
  const { t } = useWords();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { view = "newest", from, to } = search;
  const narrow = (next: Partial<InvoiceSearch>) =>
    void navigate({ search: invoiceSearch({ ...search, ...next }), replace: true });
  const state = view === "newest" ? {} : { state: view };
  const answer = useAsk(listInvoices, { query: { ...state, from, to, limit } });
  const pays = useMay()("change invoices") && (view === "open" || view === "late");
  const chosen = useChosen(answer.data?.items ?? [], ({ id }) => id);
  const [bulk, setBulk] = useState<readonly InvoiceLine[] | null>(null);
  return (
    <Page title={t("invoices.title")} lead={t("invoices.lead")}>
      <Group gap="md" mb="md" align="flex-end">
        <SegmentedControl
          aria-label={t("invoices.view")}
          value={view}
          onChange={(next) => narrow({ view: viewOf(next) })}
          data={views.map((each) => ({ value: each, label: t(`invoices.view.${each}`) }))}
        />
        <DayField
          label={t("invoices.from")}
          value={from ?? null}
          onChange={(day) => narrow({ from: day ?? undefined })}
          w={150}
        />
        <DayField
          label={t("invoices.to")}
          value={to ?? null}
          onChange={(day) => narrow({ to: day ?? undefined })}
          w={150}
        />
        <SavedViews
          list="invoices"
          search={search}
          apply={(filter) => void navigate({ search: invoiceSearch(filter), replace: true })}
        />
      </Group>
      <Asked answer={answer} rows={8}>
        {({ items }) =>
          items.length > 0 ? (
            <>
              {pays && (
                <ChosenBar chosen={chosen}>
                  <Button
                    size="compact-sm"
                    leftSection={<IconCheck size={15} aria-hidden />}
                    onClick={() => setBulk(chosen.rows)}
                  >
                    {t("invoice.markPaid")}
                  </Button>
                </ChosenBar>
              )}
              <InvoiceTable items={items} chosen={pays ? chosen : undefined} />
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
      {bulk && <BulkPaid invoices={bulk} onClose={() => setBulk(null)} />}
    </Page>
  );
}

type TableProps = { items: readonly InvoiceLine[]; chosen: Chosen<InvoiceLine> | undefined };

function InvoiceTable({ items, chosen }: TableProps) {
  const { t, day, money } = useWords();
  const number: Column<InvoiceLine> = {
    head: t("invoice.number"),
    cell: (invoice) => (
      <ChosenCell chosen={chosen} row={invoice} what={invoice.number}>
        <Link to="/invoices/$id" params={{ id: invoice.id }}>
          <span className="num">{invoice.number}</span>
        </Link>
      </ChosenCell>
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
