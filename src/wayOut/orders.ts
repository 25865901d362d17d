// Orders with their lines and deliveries.
import { categoryOfType } from "../description/inForce.ts";
import type { Everything } from "../gate/gate.ts";
import { lineRow } from "../registers/customers/orders/lines.ts";
import { PAGE, pages } from "./pages.ts";
import type { OutFile, Spools } from "./spool.ts";
import { type About, openTable } from "./table.ts";

const ORDER = ["id", "customerId", "createdAt", "by", "priceIncludesVat", "totalCents", "warrantyPeriod"] as const;
const DELIVERY = ["deliveredOn", "acceptedBy", "warrantyEndsOn", "invoicedAt", "rule"] as const;
const LINE = ["orderId", "line", "description", "quantity", "unitPriceCents", "vatClass"] as const;

export async function* orders(all: Everything, spools: Spools): AsyncGenerator<OutFile, About[]> {
  const table = await openTable(spools, "orders", [...ORDER, ...DELIVERY]);
  const lineTable = await openTable(spools, "order-lines", LINE);
  const grant = all.of("customers");
  const page = (after: string | undefined) =>
    grant
      .selectFrom("customer_order")
      .selectAll()
      .$if(after !== undefined, (query) => query.where("id", ">", after ?? ""))
      .orderBy("id")
      .limit(PAGE)
      .execute();
  const every = pages<Awaited<ReturnType<typeof page>>[number]>((after) => page(after?.id));
  for await (const some of every) {
    const lines = await linesOf(
      all,
      some.map(({ id }) => id),
    );
    for (const order of some) {
      const { id, subject_id, by, price_includes_vat, total_cents, warranty_period } = order;
      const { delivered_on, accepted_by, warranty_ends_on, rule } = order;
      const invoicedAt = order.invoiced_at?.toISOString() ?? null;
      const createdAt = order.created_at.toISOString();
      const theirs = lines.get(id) ?? [];
      const ordered = [id, subject_id, createdAt, by, price_includes_vat, total_cents, warranty_period] as const;
      const delivered = [delivered_on, accepted_by, warranty_ends_on, invoicedAt, rule] as const;
      await table.add({
        cells: [...ordered, ...delivered],
        record: { ...named(ORDER, ordered), ...named(DELIVERY, delivered), lines: theirs },
      });
      for (const one of theirs) {
        const cells = [id, one.line, one.description, one.quantity, one.unitPriceCents, one.vatClass];
        await lineTable.add({ cells, record: { orderId: id, ...one } });
      }
    }
  }
  const [ended, endedLines] = [await table.end(), await lineTable.end()];
  yield* ended.files;
  yield* endedLines.files;
  return [ended.about, endedLines.about];
}

const named = (names: readonly string[], values: readonly unknown[]) =>
  Object.fromEntries(names.map((name, n) => [name, values[n] ?? null]));

/** `description` is null where the order has been made nobody's. */
async function linesOf(all: Everything, ids: readonly string[]) {
  const grant = all.of("customers");
  const rows = await grant
    .selectFrom("order_line")
    .selectAll()
    .where("order_id", "in", ids)
    .orderBy("order_id")
    .orderBy("line")
    .execute();
  const category = categoryOfType(all.description, grant.register, "orders") ?? "orders";
  const sealed = rows.flatMap(({ subject_id, order_id, line, sealed: bytes }) =>
    subject_id === null || bytes === null
      ? []
      : [{ subject_id, category, row: lineRow(order_id, line), sealed: bytes }],
  );
  const opened = await grant.open(sealed);
  const texts = new Map(sealed.map(({ row }, n) => [row, opened[n]]));
  const lines = rows.map(({ order_id, line, quantity, unit_price_cents, vat_class }) => ({
    order: order_id,
    line,
    description: texts.get(lineRow(order_id, line)) ?? null,
    quantity: Number(quantity),
    unitPriceCents: unit_price_cents,
    vatClass: vat_class,
  }));
  return new Map(
    [...Map.groupBy(lines, ({ order }) => order)].map(([id, some]) => [id, some.map(({ order: _, ...line }) => line)]),
  );
}
