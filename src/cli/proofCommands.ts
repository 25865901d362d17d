// Proving and printing, for the command line and the server beside it.
import type { Drill } from "../backup/drill.ts";
import { html } from "../documents/html.ts";
import { markdown } from "../documents/markdown.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import type { Proof } from "../proofs/contract.ts";
import { documentNow, type Kind } from "../proofs/documents.ts";
import { printedPicture } from "../proofs/picture/now.ts";
import { openProver } from "../proofs/prove.ts";
import { contracts } from "../server/contracts.ts";
import type { Language } from "../values/Language.ts";

export type Format = "html" | "md" | "json";

export const proofCommands = {
  prove: ({ gate, drill }: { gate: Gate; drill: Drill }): Promise<Proof[]> => openProver(gate, drill).prove(),
  print: async (
    { gate }: { gate: Gate },
    { kind, language, format }: { kind: Kind; language: Language; format: Format },
  ): Promise<string> => {
    const proofs = await openProver(gate).last();
    const drawn = kind === "dataflow" && format !== "md";
    const picture = drawn ? await printedPicture(gate, language, systemCaller("operator")) : undefined;
    const document = documentNow({ gate, proofs, served: contracts, ...(picture && { picture }) }, kind, language);
    if (format === "json") return `${JSON.stringify(document, null, 2)}\n`;
    return format === "md" ? markdown(document) : html(document);
  },
} as const;
