import { Button, Group, Select, Text } from "@mantine/core";
import { IconArrowRight, IconClipboardList } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { z } from "zod";
import { call } from "../../api/call.ts";
import { listOrders } from "../../registers/customers/contract.ts";
import { useMay } from "../session/me.ts";
import { usePurpose } from "../session/purpose.ts";
import { ChosenBar, ChosenCell } from "../ui/ChosenBar.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { SavedViews } from "../ui/SavedViews.tsx";
import { type Chosen, useChosen } from "../ui/useChosen.ts";
import { useSums } from "../words/sums.ts";
import { useWords } from "../words/words.tsx";
import { BulkInvoice } from "./BulkInvoice.tsx";
import { type OrderView, orderViewOf, orderViews } from "./views.ts";

type Row = z.output<typeof listOrders.response>["items"][number];
const route = getRouteApi("/inside/orders");
const PAGE = 100;

/** Orders by where they stand: what waits to be delivered or invoiced, whose warranty ends, all of them. */
export function OrdersPage() {
  const { t } = useWords();
  const may = useMay();
  const navigate = route.useNavigate();
  const { view = "all" } = route.useSearch();
  const purpose = usePurpose();
  const listed = useInfiniteQuery({
    queryKey: ["orders", view, purpose ?? null],
    queryFn: ({ pageParam, signal }) => {
      const state = view === "all" ? undefined : view;
      const query = { limit: PAGE, state, ...(pageParam && { after: pageParam }) };
      return call(listOrders, { query }, { purpose, signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => (view === "warrantyEnding" ? undefined : next),
    placeholderData: keepPreviousData,
  });
  const items = listed.data?.pages.flatMap((page) => page.items);
  const invoices = view === "toInvoice" && may("flow customers invoices");
  const chosen = useChosen(items ?? [], ({ id }) => id);
  const [bulk, setBulk] = useState<readonly Row[] | null>(null);
  return (
    <Page title={t("orders.title")} lead={t("orders.lead", { view: t("orders.view.toInvoice") })}>
      <Group gap="md" mb="md" align="flex-end">
        <Select
          label={t("orders.view")}
          w={280}
          maw="100%"
          allowDeselect={false}
          value={view}
          onChange={(next) => void navigate({ search: { view: orderViewOf(next) }, replace: true })}
          data={orderViews.map((each) => ({ value: each, label: t(`orders.view.${each}`) }))}
        />
        <SavedViews
          list="orders"
          search={{ view }}
          apply={(filter) => void navigate({ search: { view: orderViewOf(filter.view) }, replace: true })}
        />
      </Group>
      <ProblemAlert problem={listed.error} retry={() => void listed.refetch()} />
      {!items && !listed.error && <Loading rows={8} />}
      {items && items.length > 0 && (
        <div style={{ opacity: listed.isPlaceholderData ? 0.6 : 1 }}>
          {invoices && (
            <ChosenBar chosen={chosen}>
              <Button
                size="compact-sm"
                rightSection={<IconArrowRight size={15} aria-hidden />}
                onClick={() => setBulk(chosen.rows)}
              >
                {t("bulk.toInvoicing")}
              </Button>
            </ChosenBar>
          )}
          <OrderTable items={items} chosen={invoices ? chosen : undefined} view={view} />
        </div>
      )}
      {items?.length === 0 && (
        <Empty icon={IconClipboardList} title={t(`orders.none.${view}`)}>
          {t("orders.noneText")}
        </Empty>
      )}
      {listed.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          onClick={() => void listed.fetchNextPage()}
          loading={listed.isFetchingNextPage}
        >
          {t("more")}
        </Button>
      )}
      {bulk && <BulkInvoice orders={bulk} onClose={() => setBulk(null)} />}
    </Page>
  );
}

type TableProps = { items: readonly Row[]; chosen: Chosen<Row> | undefined; view: OrderView };

function OrderTable({ items, chosen, view }: TableProps) {
  const { t, day, dayOfMoment } = useWords();
  const { ordered } = useSums();
  const not = (
    <Text span inherit c="dimmed">
      {t("order.notYet")}
    </Text>
  );
  const warranty: Column<Row> = {
    head: t("order.warrantyEnds"),
    cell: ({ warrantyEndsOn }) => warrantyEndsOn && <span className="num">{day(warrantyEndsOn)}</span>,
  };
  const columns: Column<Row>[] = [
    {
      head: t("customer.title"),
      width: "28%",
      cell: (order) => {
        const name = order.customerName ?? t("customer.unnamed");
        return (
          <ChosenCell chosen={chosen} row={order} what={name}>
            <Link to="/orders/$id" params={{ id: order.id }}>
              {name}
            </Link>
          </ChosenCell>
        );
      },
    },
    { head: t("order.what"), cell: ({ lines }) => lines.map(({ description }) => description).join(", ") },
    { head: t("order.made"), cell: ({ createdAt }) => <span className="num">{dayOfMoment(createdAt)}</span> },
    {
      head: t("order.delivered"),
      cell: ({ deliveredOn }) => (deliveredOn ? <span className="num">{day(deliveredOn)}</span> : not),
    },
    ...(view === "warrantyEnding" ? [warranty] : []),
    {
      head: t("order.invoicedOn"),
      cell: ({ invoicedOn }) => (invoicedOn ? <span className="num">{day(invoicedOn)}</span> : not),
    },
    { head: t("order.total"), align: "end", cell: ordered },
  ];
  return <DataTable label={t("orders.title")} columns={columns} rows={items} keyOf={({ id }) => id} opens />;
}
