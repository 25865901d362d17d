// Planning a new version of the description and putting it in force, for the command line and the server beside it.
import type { InForce } from "../description/inForce.ts";
import type { Gate } from "../gate/gate.ts";
import { checked } from "../server/openRegister.ts";
import type { Language } from "../values/Language.ts";
import { type Plan, planOf } from "../versions/plan.ts";
import { type Applied, apply } from "../versions/putInForce.ts";

type Context = { gate: Gate; takeForce: (force: InForce) => void };
/** The text travels: the server may not be able to read the caller's file. `file`: its name without its folder. */
type Given = { text: string; file: string; language: Language };

export const versionCommands = {
  /** Throws `descriptionFaulty`. */
  plan: ({ gate }: Context, { text, file, language }: Given): Promise<Plan> =>
    planOf(gate, checked(text, file, language, gate.clock.now())),
  /** Throws `descriptionFaulty` and what `apply` throws. */
  apply: ({ gate, takeForce }: Context, { text, file, language, yes }: Given & { yes: boolean }): Promise<Applied> =>
    apply({ gate, takeForce }, checked(text, file, language, gate.clock.now()), { yes }),
} as const;
