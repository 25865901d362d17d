import type { z } from "zod";
import type { Gate } from "../gate/gate.ts";
import type { Due, DueRun } from "../retention/contract.ts";
import { previewRetention, runRetention } from "../retention/run.ts";

type Context = { gate: Gate };

export const eraseCommands = {
  /** What is due today; nothing is erased. */
  "erase preview": ({ gate }: Context, _: undefined): Promise<z.infer<typeof Due>> => previewRetention(gate),
  /** Throws `clockJumped` and `retentionPaused`: only a person who keeps retention says otherwise, in the web. */
  "erase due": ({ gate }: Context, _: undefined): Promise<z.infer<typeof DueRun>> => runRetention(gate),
} as const;
