// A customer, an order, a delivery and an invoice over HTTP, as made-up people would make them; what the tests of the trade share.
import assert from "node:assert/strict";
import type { TestApp } from "./app.ts";

export const MAIJA = {
  kind: "person",
  name: "Maija Esimerkki-Ruusunen",
  email: "maija@example.fi",
  phone: "040 123 4567",
  billingAddress: { street: "Kuvitteellinenkatu 7", postalCode: "90100", town: "Oulu", country: "FI" },
  source: "phone",
} as const;

export const LINES = [
  {
    description: "Puuikkunan asennus Kuvitteellinenkadulle",
    quantity: 2,
    unitPriceCents: 50_000,
    vatClass: "standard",
  },
] as const;

export const IDENTITY_CODE = "131052-308T";

type Id = { id: string };

/** Helpers on one app; each asserts the status it promises. */
export function trade({ ask }: TestApp) {
  async function made<T = Id>(role: string, url: string, payload?: object, status = 201): Promise<T> {
    const answer = await ask(role, "POST", url, payload);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    return answer.body;
  }
  const customer = async (values: object = MAIJA): Promise<string> =>
    (await made("administration", "/api/customers", values)).id;
  const order = async (customerId: string, more: object = {}): Promise<string> =>
    (await made("sales", "/api/orders", { customerId, lines: LINES, ...more })).id;
  const deliver = (orderId: string, day: string) =>
    made<{ warrantyEndsOn: string | null }>("sales", `/api/orders/${orderId}/delivery`, { day }, 200);
  const delivered = async (customerId: string, day = "2026-11-20", more: object = {}): Promise<string> => {
    const id = await order(customerId, more);
    await deliver(id, day);
    return id;
  };
  const invoice = (orderId: string) =>
    made<{ id: string; number: string }>("invoicing", `/api/orders/${orderId}/invoice`);
  return { customer, order, deliver, delivered, invoice };
}
