import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { listOrders, type Order } from "../../registers/customers/contract.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useSums } from "../words/sums.ts";
import { useWords } from "../words/words.tsx";

export function CustomerOrders({ customerId }: { customerId: string }) {
  const { t, day, dayOfMoment } = useWords();
  const { ordered } = useSums();
  const answer = useAsk(listOrders, { query: { customerId } });
  const columns: Column<Order>[] = [
    {
      head: t("order.what"),
      width: "44%",
      cell: ({ id, lines }) => (
        <Link to="/orders/$id" params={{ id }}>
          {lines.map(({ description }) => description).join(", ") || t("order.title")}
        </Link>
      ),
    },
    { head: t("order.made"), cell: ({ createdAt }) => dayOfMoment(createdAt) },
    {
      head: t("order.delivered"),
      cell: ({ deliveredOn }) =>
        deliveredOn ? (
          day(deliveredOn)
        ) : (
          <Text span inherit c="dimmed">
            {t("order.notYet")}
          </Text>
        ),
    },
    { head: t("order.total"), align: "end", cell: ordered },
  ];
  return (
    <Section title={t("customer.orders")}>
      <Asked answer={answer} rows={3}>
        {({ items }) =>
          items.length > 0 ? (
            <DataTable label={t("customer.orders")} columns={columns} rows={items} keyOf={({ id }) => id} opens />
          ) : (
            <Text size="sm" c="dimmed">
              {t("customer.ordersNone")}
            </Text>
          )
        }
      </Asked>
    </Section>
  );
}
