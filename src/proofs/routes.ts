import type { Contract } from "../api/contract.ts";
import type { Serve } from "../api/serve.ts";
import type { DrawnPicture } from "../documents/flowPicture/picture.ts";
import { html } from "../documents/html.ts";
import type { Gate } from "../gate/gate.ts";
import type { Language } from "../values/Language.ts";
import { listProofs, printDocument, proveNow, readDocument, readLabels } from "./contract.ts";
import { documentNow, type Kind } from "./documents.ts";
import { labelsOf } from "./labels.ts";
import { printedPicture } from "./picture/now.ts";
import type { Prover } from "./prove.ts";

export function proofRoutes(serve: Serve, gate: Gate, prover: Prover, served: readonly Contract[]) {
  const document = async (kind: Kind, language: Language, picture?: DrawnPicture) =>
    documentNow({ gate, proofs: await prover.last(), served, ...(picture && { picture }) }, kind, language);

  serve(listProofs, async () => ({ items: await prover.last(), running: prover.running() }));
  serve(proveNow, async () => ({ items: await prover.prove() }));
  serve(readDocument, async (_, { params: { kind }, query: { language } }) => {
    const { description, hash } = gate.inForce();
    return {
      kind,
      language,
      version: description.version,
      hash,
      document: JSON.parse(JSON.stringify(await document(kind, language))),
    };
  });
  serve(printDocument, async (_, { params: { kind }, query: { language } }, { caller }) => {
    const picture = kind === "dataflow" ? await printedPicture(gate, language, caller) : undefined;
    return html(await document(kind, language, picture));
  });
  serve(readLabels, async (_, { query }) => labelsOf(gate.inForce().description, query.language));
}
