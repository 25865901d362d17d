import { html } from "../documents/html.ts";
import { ageRecipientOf } from "../documents/recoverySheet/secret.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { documentNow } from "../proofs/documents.ts";
import { printedPicture } from "../proofs/picture/now.ts";
import { openProver } from "../proofs/prove.ts";
import { contracts } from "../server/contracts.ts";
import type { Sources } from "../wayOut/company.ts";
import { type Taken, takeOut } from "../wayOut/export.ts";
import { logFiles } from "../wayOut/log.ts";

type Context = { gate: Gate };

export const exportCommands = {
  /** To whom an export is sealed where nobody else is named, and of whom it is. */
  "export to": async ({ gate }: Context, _: undefined): Promise<{ company: string; recipients: string[] }> => ({
    company: gate.inForce().description.controller.name,
    recipients: gate.keys.recovery().recipients.map(ageRecipientOf),
  }),
  /** `file`: absolute. Throws as `takeOut` does. */
  "export all": async ({ gate }: Context, args: { file: string; recipients: readonly string[] }): Promise<Taken> => {
    const proofs = await openProver(gate).last();
    const caller = systemCaller("operator");
    const document: Sources["document"] = async (kind, language) => {
      const picture = kind === "dataflow" ? await printedPicture(gate, language) : undefined;
      return html(documentNow({ gate, proofs, served: contracts, ...(picture && { picture }) }, kind, language));
    };
    return takeOut(gate, caller, { ...args, sources: { document, log: () => logFiles(gate) } });
  },
} as const;
