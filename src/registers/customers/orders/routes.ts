import type { Serve } from "../../../api/serve.ts";
import { categoryOfType } from "../../../description/inForce.ts";
import type { Gate } from "../../../gate/gate.ts";
import { registerOfKind } from "../../../policy/decide.ts";
import { parseDay } from "../../../values/Day.ts";
import * as contract from "../contract.ts";
import { acceptDelivery, addOrder, findOrder, listOrders } from "./store.ts";

export function orderRoutes(serve: Serve): void {
  serve(contract.addOrder, (grant, { body }) => addOrder(grant, body), { asks: ordersOnly });
  serve(contract.listOrders, (grant, { query }) => listOrders(grant, query));
  serve(contract.readOrder, (grant, { params }) => findOrder(grant, params.id));
  serve(contract.acceptDelivery, (grant, { params, body }) => acceptDelivery(grant, params.id, parseDay(body.day)), {
    asks: ordersOnly,
  });
}

/** What is collected is orders, so a role that may collect other things only is refused before anything is read. */
function ordersOnly(_body: unknown, gate: Gate): { categories: readonly string[] } {
  const { description } = gate.inForce();
  const register = registerOfKind(description, "customers") ?? "";
  return { categories: [categoryOfType(description, register, "orders") ?? "orders"] };
}
