// An accepted delivery in the ERP becomes an invoice in the invoicing register. The one list of what is carried serves the preview and the transfer.
import type { z } from "zod";
import { categoryOfType, type InForce, placeText } from "../description/inForce.ts";
import type { Grant, WritingGrant } from "../gate/gate.ts";
import { flowBetween } from "../policy/decide.ts";
import type { Order } from "../registers/customers/contract.ts";
import { disclosedOrder, markInvoiced } from "../registers/customers/orders/store.ts";
import { disclosedValues, type Kind } from "../registers/customers/store.ts";
import { type Seller, sellerOf } from "../registers/invoices/seller.ts";
import { oneLine, type Snapshot } from "../registers/invoices/snapshot.ts";
import { invoiceOfOrder, issueInvoice, lostInvoice, settleLost } from "../registers/invoices/store.ts";
import { type Day, parseDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { notFound, Problem } from "../values/problem.ts";
import { totalsByVat, type VatLine } from "../values/Vat.ts";
import type { previewInvoice } from "./contract.ts";
import { readableOrder } from "./readable.ts";

type Leaving = Grant<"customers", "disclose">;
type Carrying = { from: Leaving; to: WritingGrant<"invoices", "collect">; mark: WritingGrant<"customers", "change"> };
export type Preview = z.input<typeof previewInvoice.response>;

/**
 * Moves an accepted delivery to invoicing, once: a second call, also at the same moment, answers with the first invoice. One that a restore
 * lost may have reached the customer: it is never sent anew by itself, but issued `again`, as it was, when a person says so.
 * @throws Problem `notFound`, `notDelivered` (409), `flowWithoutOrders` (409), `transferUncertain` (409)
 */
export async function carryOrder(
  { from, to, mark }: Carrying,
  orderId: string,
  { again = false } = {},
): Promise<{ id: string; number: string }> {
  const order = await deliveredOrder(from, orderId, { lock: true });
  const first = await invoiceOfOrder(to, orderId);
  if (first) return first;
  const lost = await lostInvoice(to, orderId);
  if (lost && !again) throw new Problem("transferUncertain", 409, { number: lost.number, day: lost.issuedOn });
  const { snapshot, totals, seller, missing } = await carriedBy(from, to.register, order);
  const invoice = { orderId, deliveredOn: order.day, seller, missing, snapshot, totals };
  const issued = await issueInvoice(to, lost ? { ...invoice, again: lost } : invoice);
  if (lost) await settleLost(to, orderId);
  await markInvoiced(mark, orderId);
  return issued;
}

/** What `carryOrder` would move, category by category as a person reads it, and the names of what is held and stays. Nothing is written. */
export async function previewOrder(
  { from, to }: { from: Leaving; to: Grant<"invoices", "read"> },
  orderId: string,
  { force, language }: { force: InForce; language: Language },
): Promise<Preview> {
  const order = await deliveredOrder(from, orderId, { lock: false });
  const [carried, first] = [await carriedBy(from, to.register, order), await invoiceOfOrder(to, orderId)];
  const lost = first ? undefined : await lostInvoice(to, orderId);
  const { totals, snapshot } = carried;
  const moves = from.categories.flatMap((category) => {
    const moved = snapshot.values[category];
    return moved ? [{ category, value: oneLine(moved.type, moved.value, language) }] : [];
  });
  const orders = ordersOf(from);
  const said = readableOrder({ ...snapshot, deliveredOn: order.day }, language);
  return {
    orderId,
    customerId: from.subject,
    flow: flowInWords(from, force),
    moves: [...moves, ...said.map((value) => ({ category: orders, value }))],
    stays: carried.stays,
    netCents: totals.netCents,
    vatCents: totals.vatCents,
    totalCents: totals.totalCents,
    byRate: totals.byRate,
    missing: carried.missing,
    invoiceId: first?.id ?? null,
    uncertain: lost ?? null,
  };
}

type Delivered = Order & { day: Day };

async function deliveredOrder(from: Leaving, id: string, { lock }: { lock: boolean }): Promise<Delivered> {
  if (!from.categories.includes(ordersOf(from))) throw new Problem("flowWithoutOrders", 409);
  const order = await disclosedOrder(from, id, { lock });
  if (order.deliveredOn === null) throw new Problem("notDelivered", 409);
  return { ...order, day: parseDay(order.deliveredOn) };
}

type Carried = {
  snapshot: Snapshot;
  totals: ReturnType<typeof totalsByVat<VatLine>>;
  seller: Seller;
  missing: string[];
  stays: string[];
};

/** Of the customer's values those that the flow declares and the arriving register holds; never a personal identity code, whatever is declared. */
async function carriedBy(from: Leaving, arrivesIn: string, order: Delivered): Promise<Carried> {
  const { categories, registers } = from.description;
  const arriving = registers[arrivesIn]?.categories ?? [];
  const disclosed = await disclosedValues(from);
  const stays = [...disclosed.stays];
  const values: Snapshot["values"] = {};
  for (const [category, value] of disclosed.values) {
    const type = categories[category]?.type;
    if (type === undefined || type === "personalIdentityCode" || !arriving.includes(category)) stays.push(category);
    else values[category] = { type, value };
  }
  const { seller, missing } = sellerOf(from.description);
  const lines = order.lines.map((line) => (seller.vatRegistered === false ? { ...line, vatClass: UNTAXED } : line));
  const totals = totalsByVat(lines, { deliveryDay: order.day, priceIncludesVat: order.priceIncludesVat });
  const rows = totals.lines.map(({ description, quantity, unitPriceCents, vatClass, permille, netCents }) => ({
    description,
    quantity,
    unitPriceCents,
    vatClass,
    permille,
    netCents,
  }));
  return {
    snapshot: { values, rows, priceIncludesVat: order.priceIncludesVat },
    totals,
    seller,
    missing: [...missing, ...missingOfBuyer(disclosed.kind, values, totals.totalCents)],
    stays,
  };
}

/** A seller that is not registered for VAT charges none; what it showed as VAT it would have to pay (VAT Act (1501/1993) section 9). */
const UNTAXED = "zero" as const;

const SIMPLIFIED_TO_CENTS = 400_00;

/**
 * The buyer's name and address belong on an invoice (VAT Act section 209 e); a sale to a private person, or of at most 400 €, may have a
 * simplified one without (section 209 f). It is said, not refused: the delivery was made, and the voucher must come to be.
 */
function missingOfBuyer(kind: Kind, values: Snapshot["values"], totalCents: number): string[] {
  const types = new Set(Object.values(values).map(({ type }) => type));
  const simplified = kind === "person" || totalCents <= SIMPLIFIED_TO_CENTS;
  return [
    ...(types.has("name") ? [] : ["buyerName"]),
    ...(types.has("billingAddress") || simplified ? [] : ["buyerAddress"]),
  ];
}

function flowInWords(from: Leaving, force: InForce): Preview["flow"] {
  const { description } = from;
  const id = flowBetween(description, "customers", "invoices") ?? "";
  const flow = description.flows[id];
  const purpose = flow && description.purposes[flow.purpose];
  if (!flow || !purpose) throw notFound();
  return {
    id,
    place: placeText(force, `flows.${id}`),
    purpose: flow.purpose,
    legalBasis: purpose.legalBasis,
    channel: flow.channel,
    fromSystem: systemOf(from, flow.from),
    toSystem: systemOf(from, flow.to),
  };
}

/** The system that an end names, else the first of its register. */
function systemOf({ description }: Leaving, end: Leaving["description"]["flows"][string]["to"]): string {
  if (!("register" in end)) return "";
  return end.system ?? description.registers[end.register]?.systems[0] ?? "";
}

const ordersOf = ({ description, register }: Leaving): string =>
  categoryOfType(description, register, "orders") ?? "orders";
