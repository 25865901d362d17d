import type { Serve } from "../../api/serve.ts";
import { categoryOfType } from "../../description/inForce.ts";
import { invoicePage } from "../../documents/invoice.ts";
import { say } from "../../documents/say.ts";
import type { Gate } from "../../gate/gate.ts";
import { registerOfKind } from "../../policy/decide.ts";
import { parseDay } from "../../values/Day.ts";
import { listInvoices, markPaid, printInvoice, readInvoice } from "./contract.ts";
import { oneLine } from "./snapshot.ts";
import * as store from "./store.ts";

export function invoiceRoutes(serve: Serve): void {
  serve(listInvoices, (grant, { query }) => store.listInvoices(grant, query));
  serve(readInvoice, (grant, { params }) => store.findInvoice(grant, params.id));
  serve(printInvoice, async (grant, { params, query: { language } }) => {
    const invoice = await store.findInvoice(grant, params.id);
    const { text } = say(grant.description, language);
    const others = invoice.others.map(({ category, type, value }) => ({
      label: text(grant.description.categories[category]?.label ?? category),
      value: oneLine(type, value, language),
    }));
    return invoicePage({ ...invoice, others }, language);
  });
  serve(markPaid, (grant, { params, body }) => store.markPaid(grant, params.id, parseDay(body.day)), {
    asks: invoicesOnly,
  });
}

/** What is changed is the invoice, nothing that it says of its buyer. */
function invoicesOnly(_body: unknown, gate: Gate): { categories: readonly string[] } {
  const { description } = gate.inForce();
  const register = registerOfKind(description, "invoices") ?? "";
  return { categories: [categoryOfType(description, register, "invoices") ?? "invoices"] };
}
