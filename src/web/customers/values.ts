// A customer's card as rows: each value with its category, whether the API names it or the company does.
import type { z } from "zod";
import type { Address, Customer, changeCustomer } from "../../registers/customers/contract.ts";
import { categoryOf, type Labels } from "./draft.ts";

const texts = ["name", "phone", "email", "businessId"] as const;
const addresses = ["billingAddress", "deliveryAddress"] as const;
export type TextKey = (typeof texts)[number];
export type AddressKey = (typeof addresses)[number];

export type Row =
  | { at: "text"; key: TextKey; category: string; value: string | undefined }
  | { at: "address"; key: AddressKey; category: string; value: Address | undefined }
  | { at: "own"; type: string; category: string; value: string | undefined };

/** The rows of the card, in the order people read them; those without a value only where one may be added. */
export function rowsOf(customer: Customer, labels: Labels | undefined, may: (act: string) => boolean): Row[] {
  const all: Row[] = [
    ...texts.map((key) => ({ at: "text" as const, key, category: categoryOf(labels, key), value: customer[key] })),
    ...addresses.map((key) => ({
      at: "address" as const,
      key,
      category: categoryOf(labels, key),
      value: customer[key],
    })),
    ...ownRows(customer, labels),
  ];
  const fits = ({ category }: Row) => customer.kind === "organisation" || category !== categoryOf(labels, "businessId");
  return all.filter((row) => row.value !== undefined || (fits(row) && may(`change customers ${row.category}`)));
}

function ownRows(customer: Customer, labels: Labels | undefined): Row[] {
  const contents = ["orders", "invoices", "document", "message", "calendarEntry", "paymentHistory"];
  return Object.entries(labels?.categories ?? {}).flatMap(([category, { own, type }]) =>
    own && !contents.includes(type) ? [{ at: "own" as const, category, type, value: customer.own?.[category] }] : [],
  );
}

export type Change = z.input<NonNullable<typeof changeCustomer.body>>;

/** The body that gives a row another value; null takes it away. */
export function changeOf(row: Row, value: string | Address | null, source: string): Change {
  if (row.at === "own") return { source, own: { [row.category]: typeof value === "string" ? value : null } };
  if (row.at === "address") return { source, [row.key]: typeof value === "string" ? null : value };
  if (row.key === "name") return { source, ...(typeof value === "string" && { name: value }) };
  return { source, [row.key]: typeof value === "string" ? value : null };
}
