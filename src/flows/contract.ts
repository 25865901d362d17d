import { z } from "zod";
import { contract } from "../api/contract.ts";
import { InvoiceVat } from "../registers/invoices/contract.ts";

const Id = z.uuid();
const flow = { from: "customers", to: "invoices" } as const;
const subject = { of: "order", param: "id" } as const;
const params = z.object({ id: Id });

/** Exactly what moves, by category, and what stays. */
export const previewInvoice = contract({
  method: "GET",
  path: "/orders/:id/invoice-preview",
  summary: "What would move from the ERP to invoicing, and why",
  act: { flow, preview: true },
  subject,
  params,
  query: z.object({ language: z.enum(["fi", "sv", "en"]).default("fi") }),
  response: z.object({
    orderId: Id,
    customerId: Id,
    flow: z.object({
      id: z.string(),
      /** Place of the flow in the description. */
      place: z.string(),
      purpose: z.string(),
      legalBasis: z.string(),
      channel: z.string(),
      fromSystem: z.string(),
      toSystem: z.string(),
    }),
    moves: z.array(z.object({ category: z.string(), value: z.string() })),
    /** Categories held of the customer that do not move: names only. */
    stays: z.array(z.string()),
    netCents: z.number().int(),
    vatCents: z.number().int(),
    totalCents: z.number().int(),
    byRate: z.array(InvoiceVat),
    missing: z.array(z.string()),
    /** The invoice, when the order has one already. */
    invoiceId: Id.nullable(),
    /** The invoice was issued before a restore to an earlier time lost it; the customer may hold it. */
    uncertain: z.object({ number: z.string(), issuedOn: z.iso.date() }).nullable(),
  }),
});

export const invoiceOrder = contract({
  method: "POST",
  path: "/orders/:id/invoice",
  summary: "Move an accepted delivery to invoicing; a second call answers with the first invoice",
  act: { flow },
  subject,
  params,
  response: z.object({ id: Id, number: z.string() }),
  status: 201,
});

export const invoiceOrderAgain = contract({
  method: "POST",
  path: "/orders/:id/invoice/again",
  summary: "Issue again, under its own number and day, the invoice that a restore lost",
  act: { flow },
  subject,
  params,
  response: z.object({ id: Id, number: z.string() }),
  status: 201,
});
