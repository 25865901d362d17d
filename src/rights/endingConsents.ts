// Consents that are about to end, with the names of those who gave them: of the purposes and the customers that the caller may see.
import type { z } from "zod";
import type { Caller } from "../gate/caller.ts";
import type { Gate, Grant } from "../gate/gate.ts";
import { listCustomers } from "../registers/customers/search/store.ts";
import { aheadOf, endingBy } from "../registers/permissions/ending.ts";
import { seenBy } from "../registers/permissions/routes.ts";
import { dayInHelsinki } from "../values/Day.ts";
import type { listEndingConsents } from "./contract.ts";

const MOST = 50;

export async function endingConsents(
  gate: Gate,
  grant: Grant<"customers", "read">,
  caller: Caller,
): Promise<z.input<typeof listEndingConsents.response>> {
  const { description, register, actor } = grant;
  const { sees } = seenBy(description, register, actor);
  const by = aheadOf(dayInHelsinki(gate.clock.now()));
  const look = { register: "permissions", verb: "read", place: "roles", silent: true } as const;
  const all = await gate.serving(caller, look, (permissions) => endingBy(permissions, description, by));
  const ending = all.filter(({ purpose }) => sees(purpose)).slice(0, MOST);
  if (ending.length === 0) return { items: [] };
  const { items } = await listCustomers(grant, { limit: MOST, only: ending.map(({ subject }) => subject) });
  const names = new Map(items.map((line) => [line.id, line]));
  return {
    items: ending.flatMap(({ subject, purpose, lastDay }) => {
      const line = names.get(subject);
      return line ? [{ id: subject, ...(line.name !== undefined && { name: line.name }), purpose, lastDay }] : [];
    }),
  };
}
