// The seller on an invoice is the controller of the description, as it was on the day of issue.
import { z } from "zod";
import type { Description } from "../../description/schema.ts";
import { UNKNOWN } from "../../description/terms.ts";
import { isBusinessId, vatIdOf } from "../../values/BusinessId.ts";
import { isIban } from "../../values/Iban.ts";
import { Invoice } from "./contract.ts";

/** `vatRegistered` null: nobody has said yet. A seller that is not registered charges no VAT and may not show any. */
export const Seller = Invoice.shape.seller.extend({ vatRegistered: z.boolean().nullable() });
export type Seller = z.infer<typeof Seller>;

/** Facts without which an invoice is not complete; named as under `controller` in the description. */
export type MissingOfSeller = "businessId" | "address" | "iban" | "vatRegistered";

/** The seller's facts, and those that the description does not know: VAT Act (1501/1993) section 209 e, and the account to pay to. */
export function sellerOf({ controller }: Description): { seller: Seller; missing: MissingOfSeller[] } {
  const businessId = known(controller.businessId);
  const address = known(controller.address);
  const iban = known(controller.iban)?.replace(/\s/g, "") ?? null;
  const vatRegistered = known(controller.vatRegistered);
  const seller: Seller = {
    name: controller.name,
    businessId,
    vatId: vatRegistered === true && businessId !== null && isBusinessId(businessId) ? vatIdOf(businessId) : null,
    street: address?.street ?? null,
    postalCode: address?.postalCode ?? null,
    town: address?.town ?? null,
    country: address?.country ?? null,
    email: known(controller.email),
    phone: known(controller.phone),
    iban: iban !== null && isIban(iban) ? iban : null,
    vatRegistered,
  };
  const missing: [MissingOfSeller, unknown][] = [
    ["businessId", businessId],
    ["address", address],
    ["iban", seller.iban],
    ["vatRegistered", vatRegistered],
  ];
  return { seller, missing: missing.flatMap(([fact, value]) => (value === null ? [fact] : [])) };
}

function known<T>(value: T | typeof UNKNOWN | undefined): T | null {
  return value === undefined || value === UNKNOWN ? null : value;
}
