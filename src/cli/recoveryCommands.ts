import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import type { Language } from "../values/Language.ts";
import { confirmSheet, printSheet, type Recovery, recoveryOf, renewSheet } from "../wayOut/recovery.ts";

type Context = { gate: Gate };
/** Whoever operates the machine: named so in the log. */
const operator = () => systemCaller("operator");

export const recoveryCommands = {
  "recovery state": async ({ gate }: Context, _: undefined): Promise<Recovery> => recoveryOf(gate),
  /** The PDF in base64, over the socket that only the server's own account opens. Throws `recoveryConfirmed`. */
  "recovery sheet": async ({ gate }: Context, { language }: { language: Language }): Promise<{ pdf: string }> => ({
    pdf: (await printSheet(gate, operator(), language)).toString("base64"),
  }),
  /** Throws `recoveryConfirmed`, `recoveryWrongWords`. */
  "recovery confirm": async ({ gate }: Context, { words }: { words: string }): Promise<Recovery> => {
    await confirmSheet(gate, operator(), words);
    return recoveryOf(gate);
  },
  "recovery renew": async ({ gate }: Context, _: undefined): Promise<Recovery> => {
    await renewSheet(gate, operator());
    return recoveryOf(gate);
  },
} as const;
