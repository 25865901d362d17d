// What an invoice says of its buyer and of what was delivered, as it was on the day of issue: sealed as one value, so that a later
// rectification or erasure of the customer does not rewrite a voucher.
import { z } from "zod";
import { categoryOfType } from "../../description/inForce.ts";
import type { Description } from "../../description/schema.ts";
import { CategoryType, isAddress } from "../../description/terms.ts";
import type { Language } from "../../values/Language.ts";
import { formatPostalAddress } from "../../values/PostalAddress.ts";
import { Invoice } from "./contract.ts";

/** A postal address as a sealed value holds it. */
export const Address = z.object({ street: z.string(), postalCode: z.string(), town: z.string(), country: z.string() });

/** `values` by category id: text, an address as JSON; only what the flow carried. */
export const Snapshot = z.object({
  values: z.record(z.string(), z.object({ type: CategoryType, value: z.string() })),
  rows: Invoice.shape.rows.unwrap(),
  priceIncludesVat: z.boolean(),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** A carried value that has no place of its own on an invoice: a company's own category that its flow declares. */
export type Other = { category: string; type: CategoryType; value: string };
/** The parts of a snapshot that the actor's categories let through; without the name there is no buyer. */
export type Shown = { buyer?: NonNullable<Invoice["buyer"]>; rows?: NonNullable<Invoice["rows"]>; others: Other[] };

export function shownOf(
  snapshot: Snapshot,
  { description, register, categories }: { description: Description; register: string; categories: readonly string[] },
): Shown {
  const visible = Object.entries(snapshot.values).filter(([category]) => categories.includes(category));
  const textOf = (type: CategoryType) => visible.find(([, value]) => value.type === type)?.[1].value;
  const name = textOf("name");
  const businessId = textOf("businessId");
  const address = textOf("billingAddress");
  const orders = categoryOfType(description, register, "orders");
  const rows = orders !== undefined && categories.includes(orders) ? [...snapshot.rows] : undefined;
  return {
    ...(name === undefined
      ? {}
      : {
          buyer: {
            name,
            ...(businessId === undefined ? {} : { businessId }),
            ...(address === undefined ? {} : Address.parse(JSON.parse(address))),
          },
        }),
    ...(rows === undefined ? {} : { rows }),
    others: visible.flatMap(([category, { type, value }]) => (PLACED.has(type) ? [] : [{ category, type, value }])),
  };
}

const PLACED: ReadonlySet<CategoryType> = new Set(["name", "businessId", "billingAddress", "personalIdentityCode"]);

/** A kept value on one line; an address with commas. */
export const oneLine = (type: CategoryType, value: string, language: Language): string =>
  isAddress(type) ? formatPostalAddress(Address.parse(JSON.parse(value)), language).join(", ") : value;
