// What moves: only what the purpose needs, only over a channel that may carry it, and somebody carries it.
import { OPEN_CHANNELS } from "../terms.ts";
import { error, isHigh, isIdentityCode, type Lint, own, warning } from "./issue.ts";

export const flows: Lint = function* (d) {
  for (const [id, flow] of Object.entries(d.flows)) {
    const path = ["flows", id];
    if (flow.by.length === 0 && flow.manual) yield error("flowNobodyCarries", [...path, "by"], { flow: id });
    if (flow.channel === "email" && "processor" in flow.to && flow.categories.some((id) => isOfInvoices(d, id)))
      yield warning("materialByEmail", [...path, "channel"], { flow: id, processor: flow.to.processor });
    for (const [n, category] of flow.categories.entries()) {
      const place = [...path, "categories", n];
      const known = own(d.categories, category);
      if (!known) continue;
      if (OPEN_CHANNELS.has(flow.channel) && isHigh(d, category))
        yield error("channelRisk", place, { category, channel: flow.channel });
      if (own(d.purposes, flow.purpose) && !known.purposes.includes(flow.purpose))
        yield error("purposeNotOfCategory", place, { category, purpose: flow.purpose });
      for (const end of [flow.from, flow.to]) {
        const register = "register" in end ? own(d.registers, end.register) : undefined;
        if (register && "register" in end && !register.categories.includes(category))
          yield error("categoryNotInRegister", place, { category, register: end.register });
      }
      if (flow.channel === "internal" && isIdentityCode(d, category) && goesToInvoicing(d, flow.to))
        yield error("identityCodeOnInvoice", place, { category });
    }
    for (const side of ["from", "to"] as const) {
      const end = flow[side];
      if (!("register" in end) || end.system === undefined) continue;
      const register = own(d.registers, end.register);
      if (register && own(d.systems, end.system) && !register.systems.includes(end.system))
        yield error("systemNotOfRegister", [...path, side, "system"], { system: end.system, register: end.register });
    }
  }
};

/** A voucher tells who bought what and what it cost: secrecy of business and of the person, whatever risk each category alone has. */
const isOfInvoices = (d: Parameters<Lint>[0], category: string): boolean =>
  own(d.categories, category)?.type === "invoices";

function goesToInvoicing(d: Parameters<Lint>[0], end: object): boolean {
  return "register" in end && typeof end.register === "string" && own(d.registers, end.register)?.kind === "invoices";
}
