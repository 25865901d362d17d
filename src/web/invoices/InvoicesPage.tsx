import { Button, Checkbox, Group, SegmentedControl, Text } from "@mantine/core";
import { IconCheck, IconReceipt } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type InvoiceLine, listInvoices } from "../../registers/invoices/contract.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { ChosenBar } from "../ui/ChosenBar.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { type Chosen, useChosen } from "../ui/useChosen.ts";
import { useWords } from "../words/words.tsx";
import { BulkPaid } from "./BulkPaid.tsx";
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
  const pays = useMay()("change invoices") && view === "open";
  const chosen = useChosen(answer.data?.items ?? [], ({ id }) => id);
  const [bulk, setBulk] = useState<readonly InvoiceLine[] | null>(null);
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
    cell: (invoice) => {
      const link = (
        <Link to="/invoices/$id" params={{ id: invoice.id }}>
          <span className="num">{invoice.number}</span>
        </Link>
      );
      if (!chosen) return link;
      return (
        <Group gap="sm" wrap="nowrap">
          <Checkbox
            size="sm"
            aria-label={t("bulk.choose", { what: invoice.number })}
            checked={chosen.has(invoice)}
            onChange={(event) => chosen.set(invoice, event.currentTarget.checked)}
          />
          {link}
        </Group>
      );
    },
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
