import { z } from "zod";
import { contract } from "../../api/contract.ts";

const Id = z.uuid();
const Cents = z.number().int();

export const InvoiceVat = z.object({
  vatClass: z.string(),
  permille: z.number().int(),
  baseCents: Cents,
  vatCents: Cents,
});

export const InvoiceLine = z.object({
  id: Id,
  customerId: Id,
  orderId: Id,
  number: z.string(),
  issuedOn: z.iso.date(),
  dueOn: z.iso.date(),
  paidOn: z.iso.date().nullable(),
  netCents: Cents,
  vatCents: Cents,
  totalCents: Cents,
  /** Facts of the seller that the description does not know yet: the invoice is not complete and not to be sent. */
  missing: z.array(z.string()),
  buyerName: z.string().optional(),
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

/** Value Added Tax Act (1501/1993) section 209 e; the buyer and the rows are as they were on the day of issue. */
export const Invoice = InvoiceLine.extend({
  deliveredOn: z.iso.date(),
  reference: z.string(),
  referenceShown: z.string(),
  financialYearEnd: z.iso.date(),
  keepUntil: z.iso.date().nullable(),
  seller: z.object({
    name: z.string(),
    businessId: z.string().nullable(),
    vatId: z.string().nullable(),
    street: z.string().nullable(),
    postalCode: z.string().nullable(),
    town: z.string().nullable(),
    country: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    iban: z.string().nullable(),
  }),
  buyer: z
    .object({
      name: z.string(),
      businessId: z.string().optional(),
      street: z.string().optional(),
      postalCode: z.string().optional(),
      town: z.string().optional(),
      country: z.string().optional(),
    })
    .optional(),
  rows: z
    .array(
      z.object({
        description: z.string(),
        quantity: z.number(),
        unitPriceCents: Cents,
        vatClass: z.string(),
        permille: z.number().int(),
        netCents: Cents,
      }),
    )
    .optional(),
  priceIncludesVat: z.boolean(),
  byRate: z.array(InvoiceVat),
});
export type Invoice = z.infer<typeof Invoice>;

const register = "invoices";
const Params = z.object({ id: Id });

export const listInvoices = contract({
  method: "GET",
  path: "/invoices",
  summary: "A customer's invoices, or the newest of all",
  act: { verb: "read", register },
  query: z.object({
    customerId: Id.optional(),
    /** `late`: unpaid past its day. */
    state: z.enum(["open", "late", "paid"]).optional(),
    /** Days of issue, both included. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    /** Those whose number begins or ends so. */
    number: z
      .string()
      .regex(/^\d{1,10}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ items: z.array(InvoiceLine) }),
});

export const readInvoice = contract({
  method: "GET",
  path: "/invoices/:id",
  summary: "Read an invoice as it was issued",
  act: { verb: "read", register },
  subject: { of: "invoice", param: "id" },
  params: Params,
  response: Invoice,
});

export const printInvoice = contract({
  method: "GET",
  path: "/invoices/:id/print",
  summary: "The invoice as a page to print",
  act: { verb: "read", register },
  subject: { of: "invoice", param: "id" },
  params: Params,
  query: z.object({ language: z.enum(["fi", "sv", "en"]).default("fi") }),
  response: z.string(),
  media: "text/html",
});

export const markPaid = contract({
  method: "POST",
  path: "/invoices/:id/payment",
  summary: "Write down the day an invoice was paid in full",
  act: { verb: "change", register },
  subject: { of: "invoice", param: "id" },
  params: Params,
  body: z.strictObject({ day: z.iso.date() }),
  response: z.object({ id: Id, paidOn: z.iso.date() }),
});
