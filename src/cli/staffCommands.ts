// Who uses the register, and what is held of one of them, for the command line and the server beside it.
import { staffPage } from "../documents/staffAccess.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { type AccountLine, listAccounts } from "../registers/staff/store.ts";
import { labelsOf } from "../rights/labels.ts";
import { staffPackage } from "../rights/staff/package.ts";
import type { Language } from "../values/Language.ts";

type Context = { gate: Gate };
const caller = () => systemCaller("cli");

export const staffCommands = {
  "staff list": ({ gate }: Context, _: undefined): Promise<AccountLine[]> =>
    gate.serving(caller(), { register: "staff", verb: "read", place: "staff" }, listAccounts),
  /** @throws Problem `notFound` */
  "staff data": async (
    { gate }: Context,
    { id, language, format }: { id: string; language: Language; format: "html" | "json" },
  ): Promise<string> => {
    const data = await staffPackage(gate, caller(), id, language);
    if (format === "json") return `${JSON.stringify(data, null, 2)}\n`;
    return staffPage(data, labelsOf(gate.inForce().description, language), language);
  },
} as const;
