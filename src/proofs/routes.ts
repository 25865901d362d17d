import type { Contract } from "../api/contract.ts";
import type { Serve } from "../api/serve.ts";
import { html } from "../documents/html.ts";
import type { Gate } from "../gate/gate.ts";
import { listProofs, printDocument, proveNow, readDocument, readLabels } from "./contract.ts";
import { documentNow } from "./documents.ts";
import { labelsOf } from "./labels.ts";
import type { Prover } from "./prove.ts";

export function proofRoutes(serve: Serve, gate: Gate, prover: Prover, served: readonly Contract[]) {
  const document = async (kind: Parameters<typeof documentNow>[1], language: Parameters<typeof documentNow>[2]) =>
    documentNow({ gate, proofs: await prover.last(), served }, kind, language);

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
  serve(printDocument, async (_, { params, query }) => html(await document(params.kind, query.language)));
  serve(readLabels, async (_, { query }) => labelsOf(gate.inForce().description, query.language));
}
