// Orders and accepted deliveries: the ERP. A delivery starts the warranty, and the warranty's end is what keeps or frees the customer's data.
import type { ExpressionBuilder } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { z } from "zod";
import type { Verb } from "../../../description/terms.ts";
import type { Grant, WritingGrant } from "../../../gate/gate.ts";
import type { Rows } from "../../../gate/grant.ts";
import { addDays, addPeriod, type Day, dayInHelsinki, isPeriod } from "../../../values/Day.ts";
import { multiplyCents, sumCents } from "../../../values/Money.ts";
import { findPersonalIdentityCodes } from "../../../values/PersonalIdentityCode.ts";
import { invalid, notFound, Problem } from "../../../values/problem.ts";
import { newId } from "../../../values/Uuid.ts";
import { vatPermille } from "../../../values/Vat.ts";
import { answered } from "../awaiting.ts";
import type { NewOrder, Order } from "../contract.ts";
import { noteEvents } from "../store.ts";
import { grantedCategory, type KeptLine, lineRow, sealedLines, vatClassOf } from "./lines.ts";

type Collecting = WritingGrant<"customers", "collect">;

/**
 * Writes an order down. `total_cents` is the sum of the lines as priced, with or without VAT as the order says: the rate is known only on delivery.
 * @throws Problem `notFound`, `orderNotOfSubject`, `invalid.period`, `invalid.orderTotal`, `invalid.identityCodeInText`
 */
export async function addOrder(grant: Collecting, order: z.output<typeof NewOrder>): Promise<{ id: string }> {
  const { lines, priceIncludesVat, warrantyPeriod } = order;
  const category = grantedCategory(grant, "orders");
  if (category === undefined) throw notFound();
  await requireWhoMayOrder(grant, category);
  if (warrantyPeriod !== undefined && !isPeriod(warrantyPeriod)) throw invalid("period");
  const total_cents = sumCents(lines.map((line) => multiplyCents(line.quantity, line.unitPriceCents)));
  if (total_cents < 0) throw invalid("orderTotal");
  // A code in a line's text would travel to the invoice, where it may never stand.
  if (lines.some(({ description }) => findPersonalIdentityCodes(description).some(({ certain }) => certain)))
    throw invalid("identityCodeInText");

  const id = newId(grant.at);
  const sealed = await grant.seal(
    lines.map(({ description }, n) => ({ category, row: lineRow(id, n + 1), value: description })),
  );
  await grant
    .insert("customer_order", {
      id,
      created_at: grant.at,
      by: grant.actor.id,
      price_includes_vat: priceIncludesVat,
      warranty_period: warrantyPeriod ?? null,
      total_cents,
      rule: sealed[0]?.rule ?? "",
    })
    .execute();
  await grant
    .insert(
      "order_line",
      lines.map(({ quantity, unitPriceCents, vatClass }, n) => ({
        order_id: id,
        line: n + 1,
        sealed: sealed[n]?.sealed ?? null,
        quantity: String(quantity),
        unit_price_cents: unitPriceCents,
        vat_class: vatClass,
      })),
    )
    .execute();
  await noteEvents(grant, { lastContact: dayInHelsinki(grant.at) });
  await answered(grant);
  return { id };
}

/** Only a subject of a group that has orders: a contact person orders for the organisation, not in their own name. */
async function requireWhoMayOrder(grant: Collecting, category: string): Promise<void> {
  const customer = await grant.selectFrom("customer").select("kind").executeTakeFirst();
  if (!customer) throw notFound();
  const { registers, subjects } = grant.description;
  const groups = (registers[grant.register]?.subjects ?? []).map((id) => subjects[id]);
  const may = groups.some((group) => group?.kind === customer.kind && (group.categories?.includes(category) ?? true));
  if (!may) throw new Problem("orderNotOfSubject", 422);
}

/**
 * Writes down the day a delivery was accepted. The warranty is the order's own or the description's, counted from that day.
 * The same day again answers the same; another day is refused, because the warranty and the VAT rate already follow from the first.
 * @throws Problem `notFound`, `deliveredOnAnotherDay` (409), `invalid.futureDay`, `vat.noRate` (a day before the table of rates could never be invoiced)
 */
export async function acceptDelivery(
  grant: Collecting,
  id: string,
  day: Day,
): Promise<{ id: string; deliveredOn: string; warrantyEndsOn: string | null }> {
  const order = await grant
    .selectFrom("customer_order")
    .select(["warranty_period", "delivered_on", "warranty_ends_on"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!order) throw notFound();
  if (order.delivered_on === day) return { id, deliveredOn: day, warrantyEndsOn: order.warranty_ends_on };
  if (order.delivered_on !== null) throw new Problem("deliveredOnAnotherDay", 409, { day: order.delivered_on });
  if (day > dayInHelsinki(grant.at)) throw invalid("futureDay");
  vatPermille("standard", day);

  const period = order.warranty_period ?? grant.description.warranty?.period ?? null;
  const warrantyEnd = period === null ? null : addPeriod(day, period);
  await grant
    .update("customer_order")
    .set({ delivered_on: day, warranty_period: period, warranty_ends_on: warrantyEnd, accepted_by: grant.actor.id })
    .where("id", "=", id)
    .execute();
  await noteEvents(grant, { delivery: day, lastContact: day, ...(warrantyEnd === null ? {} : { warrantyEnd }) });
  return { id, deliveredOn: day, warrantyEndsOn: warrantyEnd };
}

export type NamedOrder = Order & { customerName?: string };

/** A customer's orders, or the newest of all; nothing where orders are not granted. The name comes only where it is granted. */
export async function listOrders(
  grant: Grant<"customers", "read">,
  { customerId, state, after, limit }: Listing,
): Promise<{ items: NamedOrder[]; next?: string }> {
  if (grantedCategory(grant, "orders") === undefined) return { items: [] };
  const listed = ordersOf(grant)
    .$if(customerId !== undefined, (query) => query.where("subject_id", "=", customerId ?? ""))
    .$if(state === "open", (query) => query.where("delivered_on", "is", null))
    .$if(state === "delivered", (query) => query.where("delivered_on", "is not", null))
    .limit(limit + 1);
  const today = dayInHelsinki(grant.at);
  const sorted =
    state === "toInvoice"
      ? listed
          .where("delivered_on", "is not", null)
          .where("invoiced_at", "is", null)
          .where("subject_id", "is not", null)
          .$if(after !== undefined, (query) => query.where(afterInLine(after ?? "")))
          .orderBy("delivered_on")
          .orderBy("id")
      : state === "warrantyEnding"
        ? listed
            .where("warranty_ends_on", ">=", today)
            .where("warranty_ends_on", "<=", addDays(today, WARRANTY_ENDING_DAYS))
            .orderBy("warranty_ends_on")
            .orderBy("id")
        : listed.$if(after !== undefined, (query) => query.where("id", "<", after ?? "")).orderBy("id", "desc");
  const rows = await sorted.execute();
  const items = await opened(grant, rows.slice(0, limit));
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last ? { next: last.id } : {}) };
}

/** How long before its end somebody may want to call about a warranty. */
const WARRANTY_ENDING_DAYS = 60;

type Listing = {
  customerId?: string | undefined;
  state?: "open" | "delivered" | "toInvoice" | "warrantyEnding" | undefined;
  after?: string | undefined;
  limit: number;
};

/** Orders in the line to be invoiced that stand behind the given one. */
const afterInLine = (id: string) => (eb: ExpressionBuilder<Rows<"customers">, "customer_order">) =>
  eb(
    eb.refTuple("customer_order.delivered_on", "customer_order.id"),
    ">",
    eb
      .selectFrom("customer_order as last")
      .select(["last.delivered_on", "last.id"])
      .where("last.id", "=", id)
      .$asTuple("delivered_on", "id"),
  );

/** Writes down that an order has gone to invoicing, in the transaction that took it there. */
export async function markInvoiced(grant: WritingGrant<"customers", "change">, id: string): Promise<void> {
  await grant.update("customer_order").set({ invoiced_at: grant.at }).where("id", "=", id).execute();
}

/** One order. @throws Problem `notFound`, also where orders are not granted */
export async function findOrder(grant: Grant<"customers", "read">, id: string): Promise<NamedOrder> {
  const rows = await ordersOf(grant).where("id", "=", id).execute();
  const [order] = await opened(grant, rows);
  if (!order) throw notFound();
  return order;
}

/** One order for a flow out of the register. `lock`: two calls for the same order come one after the other. */
export async function disclosedOrder(
  grant: Grant<"customers", "disclose">,
  id: string,
  { lock }: { lock: boolean },
): Promise<Order> {
  const rows = await ordersOf(grant)
    .where("id", "=", id)
    .$if(lock, (query) => query.forUpdate())
    .execute();
  const [order] = await opened(grant, rows);
  if (!order) throw notFound();
  return order;
}

/** Orders with their lines and the sealed name, in one statement. */
function ordersOf<V extends Verb>(grant: Grant<"customers", V>) {
  const name = grantedCategory(grant, "name") ?? "";
  return grant
    .selectFrom("customer_order")
    .select([
      "id",
      "subject_id",
      "created_at",
      "price_includes_vat",
      "warranty_period",
      "total_cents",
      "delivered_on",
      "warranty_ends_on",
      "invoiced_at",
    ])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom("order_line as l")
          .select(["l.line", "l.sealed", "l.quantity", "l.unit_price_cents", "l.vat_class"])
          .whereRef("l.order_id", "=", "customer_order.id")
          .orderBy("l.line"),
      ).as("lines"),
      eb
        .selectFrom("customer_value as v")
        .select("v.sealed")
        .whereRef("v.subject_id", "=", "customer_order.subject_id")
        .where("v.category", "=", name)
        .as("name"),
    ]);
}

type KeptOrder = {
  id: string;
  subject_id: string | null;
  created_at: Date;
  price_includes_vat: boolean;
  warranty_period: string | null;
  total_cents: number;
  delivered_on: string | null;
  warranty_ends_on: string | null;
  invoiced_at: Date | null;
  lines: readonly KeptLine[];
  name: Buffer | null;
};

/** Opens all texts and names at once. */
async function opened<V extends Verb>(grant: Grant<"customers", V>, rows: readonly KeptOrder[]): Promise<NamedOrder[]> {
  const category = grantedCategory(grant, "orders");
  const name = grantedCategory(grant, "name");
  if (category === undefined) return [];
  const named = rows.flatMap(({ subject_id, name: sealed }) =>
    subject_id === null || sealed === null || name === undefined
      ? []
      : [{ subject_id, category: name, row: subject_id, sealed }],
  );
  const lines = rows.flatMap((order) => sealedLines(order, category));
  const plain = await grant.open([...named, ...lines]);
  const names = new Map(named.map(({ subject_id }, n) => [subject_id, plain[n]]));
  const texts = new Map(lines.map(({ row }, n) => [row, plain[named.length + n]]));
  return rows.map((order) => {
    const customerName = order.subject_id === null ? undefined : names.get(order.subject_id);
    const ownPeriod = order.warranty_period;
    return {
      id: order.id,
      customerId: order.subject_id,
      createdAt: order.created_at.toISOString(),
      priceIncludesVat: order.price_includes_vat,
      totalCents: order.total_cents,
      // An open order without a period of its own gets the description's when it is delivered.
      warrantyPeriod:
        order.delivered_on === null ? (ownPeriod ?? grant.description.warranty?.period ?? null) : ownPeriod,
      deliveredOn: order.delivered_on,
      warrantyEndsOn: order.warranty_ends_on,
      invoicedOn: order.invoiced_at && dayInHelsinki(order.invoiced_at),
      lines: order.lines.map((line) => ({
        description: texts.get(lineRow(order.id, line.line)) ?? "",
        quantity: Number(line.quantity),
        unitPriceCents: line.unit_price_cents,
        vatClass: vatClassOf(line.vat_class),
      })),
      ...(customerName == null ? {} : { customerName }),
    };
  });
}
