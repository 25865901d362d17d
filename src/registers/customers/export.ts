// Everything the ERP holds of one subject, in words: values with their origin, orders with their lines and deliveries, the days that periods are counted from.
import { inLanguage } from "../../description/text.ts";
import type { WritingGrant } from "../../gate/gate.ts";
import { type EventDays, keepUntil } from "../../policy/keepUntil.ts";
import { formatDay, parseDay } from "../../values/Day.ts";
import { formatCents } from "../../values/Money.ts";
import { waitsForPayment } from "../ends.ts";
import { readable } from "../readable.ts";
import type { HeldItem, Voice } from "../register.ts";
import { AWAITING_ANSWER } from "./awaiting.ts";
import { proposedBy } from "./corrections/store.ts";
import { daysOfValue, ordersCategory } from "./holding.ts";
import { lineRow } from "./orders/lines.ts";

type Reading = WritingGrant<"customers", "erase">;

export async function exportOf(grant: Reading, voice: Voice): Promise<HeldItem[]> {
  const customer = await grant
    .selectFrom("customer")
    .select(["kind", "created_at", "organisation_id"])
    .executeTakeFirst();
  const days = await grant.selectFrom("customer_event").select(["event", "day"]).orderBy("event").execute();
  const events: EventDays = Object.fromEntries(days.map(({ event, day }) => [event, parseDay(day)]));
  return [
    ...(customer ? [kindOf(customer, voice)] : []),
    ...(await valuesOf(grant, { ...voice.known.days, ...events }, voice.known.openInvoice)),
    ...(await correctionsOf(grant, voice)),
    ...(await ordersOf(grant, events, voice)),
    ...(days.length === 0 ? [] : [daysOf(grant, days, voice)]),
  ];
}

const KNOWN_EVENTS: ReadonlySet<string> = new Set([
  "collected",
  "lastContact",
  "delivery",
  "warrantyEnd",
  AWAITING_ANSWER,
]);

function daysOf(grant: Reading, days: readonly { event: string; day: string }[], voice: Voice): HeldItem {
  const lines = days.map(({ event, day }) => {
    const known = KNOWN_EVENTS.has(event)
      ? voice.words(`event.${event}`)
      : (labelOfEvent(grant, event, voice) ?? event);
    return `${known}: ${formatDay(parseDay(day), voice.language)}`;
  });
  return { category: "eventDays", value: lines.join("\n") };
}

function labelOfEvent({ description }: Reading, event: string, { language }: Voice): string | undefined {
  const label = Object.hasOwn(description.events, event) ? description.events[event]?.label : undefined;
  return label === undefined ? undefined : inLanguage(description, label, language);
}

const kindOf = (
  { kind, created_at, organisation_id }: { kind: string; created_at: Date; organisation_id: string | null },
  { words }: Voice,
): HeldItem => ({
  category: "customerKind",
  value: `${words(`kind.${kind}`)}${organisation_id === null ? "" : ` (${organisation_id})`}`,
  at: created_at.toISOString(),
});

async function valuesOf(grant: Reading, events: EventDays, openInvoice: boolean): Promise<HeldItem[]> {
  const rows = await grant.selectFrom("customer_value").selectAll().orderBy("category").execute();
  // In the description's own order, the name first; what has left the description comes last.
  const { categories } = grant;
  const place = (category: string) =>
    categories.includes(category) ? categories.indexOf(category) : categories.length;
  rows.sort((a, b) => place(a.category) - place(b.category));
  const plain = await grant.open(
    rows.map(({ subject_id, category, sealed }) => ({ subject_id, category, row: subject_id, sealed })),
  );
  return rows.flatMap(({ category, source, at, by, purpose, basis, ground, rule }, n) => {
    const value = plain[n];
    if (value == null) return [];
    const of = grant.description.retention[rule];
    const waits = openInvoice && of !== undefined && waitsForPayment(of, null, { category, basis, ground });
    const until = waits ? null : untilOf(grant, rule, daysOfValue(events, at));
    return [{ category, value: readable(value), source, at: at.toISOString(), by, purpose, basis, keepUntil: until }];
  });
}

async function correctionsOf(grant: Reading, { words }: Voice): Promise<HeldItem[]> {
  return (await proposedBy(grant)).map(({ category, value, at, answer }) => ({
    category,
    value: words(answer === null ? "export.correction" : "export.correctionRefused", {
      value: readable(value),
      answer: answer ?? "",
    }),
    at: at.toISOString(),
  }));
}

async function ordersOf(grant: Reading, events: EventDays, { language, words }: Voice): Promise<HeldItem[]> {
  const orders = await grant.selectFrom("customer_order").selectAll().orderBy("id").execute();
  const lines = await grant.selectFrom("order_line").selectAll().orderBy("order_id").orderBy("line").execute();
  const category = ordersCategory(grant);
  const sealed = lines.flatMap(({ subject_id, order_id, line, sealed }) =>
    sealed === null || subject_id === null ? [] : [{ subject_id, category, row: lineRow(order_id, line), sealed }],
  );
  const plain = await grant.open(sealed);
  const texts = new Map(sealed.map(({ row }, n) => [row, plain[n]]));
  const day = (text: string | null) => (text === null ? "" : formatDay(parseDay(text), language));
  return orders.map((order) => {
    const theirs = lines
      .filter(({ order_id }) => order_id === order.id)
      .map(({ line, quantity, unit_price_cents, vat_class }) => {
        const text = texts.get(lineRow(order.id, line)) ?? "";
        const price = formatCents(unit_price_cents, language);
        return words("export.orderLine", {
          text,
          quantity: Number(quantity),
          price,
          vatClass: words(`vatClass.${vat_class}`),
        });
      });
    const head = words(order.delivered_on === null ? "export.openOrder" : "export.order", {
      total: formatCents(order.total_cents, language),
      delivered: day(order.delivered_on),
      warranty: day(order.warranty_ends_on) || "–",
    });
    return {
      category,
      value: [head, ...theirs].join("\n"),
      at: order.created_at.toISOString(),
      by: order.by,
      keepUntil: untilOf(grant, order.rule, events),
    };
  });
}

function untilOf({ description }: Reading, rule: string, events: EventDays) {
  const found = Object.hasOwn(description.retention, rule) ? description.retention[rule] : undefined;
  return found ? keepUntil(found, events) : null;
}

/** The e-mail addresses and telephone numbers that can still be read. */
export async function contactOf(grant: Reading): Promise<string[]> {
  const { categories } = grant.description;
  const rows = await grant.selectFrom("customer_value").select(["subject_id", "category", "sealed"]).execute();
  const ways = rows.filter(({ category }) => ["email", "phone"].includes(categories[category]?.type ?? ""));
  const plain = await grant.open(ways.map((row) => ({ ...row, row: row.subject_id })));
  return plain.flatMap((value) => value ?? []);
}
