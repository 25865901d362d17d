// What has happened with a customer and what is ahead, put together from what each register lets the person see.
import type { Customer, Order } from "../../registers/customers/contract.ts";
import type { InvoiceLine } from "../../registers/invoices/contract.ts";
import type { Permissions } from "../../registers/permissions/contract.ts";
import type { CertificateLine } from "../../rights/certificates/contract.ts";
import { type Day, dayInHelsinki, parseDay } from "../../values/Day.ts";

type What =
  | { kind: "values"; categories: string[]; source: string; by: string; byName: string | undefined }
  | { kind: "keepUntil"; categories: string[] }
  | { kind: "order" | "delivery" | "warrantyEnd"; order: string; lines: string[]; cents: number }
  | { kind: "invoice" | "invoiceDue" | "paid"; invoice: string; number: string; cents: number }
  | { kind: "consent"; purpose: string; channels: string[]; source: string }
  | { kind: "withdrawal"; purpose: string; channels: string[] }
  | { kind: "objection" | "objectionLifted"; purpose: string }
  | { kind: "restriction" | "restrictionEnd" | "restrictionLifted"; purposes: string[] }
  | { kind: "hold" | "holdLifted"; hold: string }
  | { kind: "certificate"; subject: string; categories: string[] };
/** `at`: the moment where it is known, else that of what it follows the same day, else the day. `ahead`: it has not come yet. */
export type Entry = What & { key: number; day: Day; at: string; ahead: boolean };

export type Seen = {
  customer: Customer;
  orders?: readonly Order[] | undefined;
  invoices?: readonly InvoiceLine[] | undefined;
  permissions?: Permissions | undefined;
  certificates?: readonly CertificateLine[] | undefined;
};

/**
 * Newest first: what is furthest ahead stands at the top. A register that was not read adds nothing. What has only a day (a delivery, an invoice, its
 * payment) comes right after its order where that was written down the same day, and before the other moments of the day: an erasure that evening came
 * after the invoice that it spared.
 */
export function timelineOf(seen: Seen, today: Day): Entry[] {
  const entries: Entry[] = [];
  const onDay = (day: string | null | undefined, what: What, follows?: string) => {
    if (!day) return;
    const sameDay = follows !== undefined && dayInHelsinki(new Date(follows)) === day;
    entries.push({ ...what, key: entries.length, day: parseDay(day), at: sameDay ? follows : day, ahead: day > today });
  };
  const atMoment = (at: string | null | undefined, what: What) => {
    if (at) entries.push({ ...what, key: entries.length, day: dayInHelsinki(new Date(at)), at, ahead: false });
  };
  valuesOf(seen.customer, atMoment, onDay);
  for (const { id, lines: of, totalCents: cents, ...order } of seen.orders ?? []) {
    const about = { order: id, lines: of.map(({ description }) => description), cents };
    atMoment(order.createdAt, { kind: "order", ...about });
    onDay(order.deliveredOn, { kind: "delivery", ...about }, order.createdAt);
    onDay(order.warrantyEndsOn, { kind: "warrantyEnd", ...about });
  }
  const ordered = new Map(seen.orders?.map(({ id, createdAt }) => [id, createdAt]));
  for (const { id, orderId, number, totalCents: cents, issuedOn, dueOn, paidOn } of seen.invoices ?? []) {
    const about = { invoice: id, number, cents };
    onDay(issuedOn, { kind: "invoice", ...about }, ordered.get(orderId));
    onDay(paidOn, { kind: "paid", ...about }, ordered.get(orderId));
    if (paidOn === null) onDay(dueOn, { kind: "invoiceDue", ...about });
  }
  if (seen.permissions) permissionsOf(seen.permissions, atMoment, onDay);
  for (const { subjectId, rowsGoneAt, categories } of seen.certificates ?? [])
    atMoment(rowsGoneAt, { kind: "certificate", subject: subjectId, categories });
  entries.sort((a, b) => compare(b.day, a.day) || compare(b.at, a.at) || b.key - a.key);
  return entries;
}

type OnDay = (day: string | null | undefined, what: What) => void;

/** What was written down at one moment is one entry, and so is what ends on one day. */
function valuesOf({ origins }: Customer, atMoment: OnDay, onDay: OnDay): void {
  const written = Map.groupBy(Object.entries(origins), ([, { at, by, source }]) => `${at} ${by} ${source}`);
  for (const group of written.values()) {
    const [[, origin] = []] = group;
    if (!origin) continue;
    const { source, by, byName } = origin;
    atMoment(origin.at, { kind: "values", categories: group.map(([category]) => category), source, by, byName });
  }
  const ending = Map.groupBy(Object.entries(origins), ([, { keepUntil }]) => keepUntil);
  for (const [day, group] of ending) onDay(day, { kind: "keepUntil", categories: group.map(([category]) => category) });
}

function permissionsOf({ consents, objections, restrictions, holds }: Permissions, atMoment: OnDay, onDay: OnDay) {
  for (const { purpose, channels, source, givenAt, withdrawnAt } of consents) {
    atMoment(givenAt, { kind: "consent", purpose, channels, source });
    atMoment(withdrawnAt, { kind: "withdrawal", purpose, channels });
  }
  for (const { purpose, at, liftedAt } of objections) {
    atMoment(at, { kind: "objection", purpose });
    atMoment(liftedAt, { kind: "objectionLifted", purpose });
  }
  for (const { purposes, at, until, liftedAt } of restrictions) {
    atMoment(at, { kind: "restriction", purposes });
    if (liftedAt === null) onDay(until, { kind: "restrictionEnd", purposes });
    atMoment(liftedAt, { kind: "restrictionLifted", purposes });
  }
  for (const { hold, at, liftedAt } of holds) {
    atMoment(at, { kind: "hold", hold });
    atMoment(liftedAt, { kind: "holdLifted", hold });
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
