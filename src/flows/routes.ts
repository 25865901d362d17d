import type { Serve } from "../api/serve.ts";
import type { Gate } from "../gate/gate.ts";
import { invoiceOrder, invoiceOrderAgain, previewInvoice } from "./contract.ts";
import { carryOrder, previewOrder } from "./erpToInvoicing.ts";

export function flowRoutes(serve: Serve, gate: Gate): void {
  serve(previewInvoice, (granted, { params, query }) =>
    previewOrder(granted, params.id, { force: gate.inForce(), language: query.language }),
  );
  serve(invoiceOrder, (granted, { params }) => carryOrder(granted, params.id));
  serve(invoiceOrderAgain, (granted, { params }) => carryOrder(granted, params.id, { again: true }));
}
