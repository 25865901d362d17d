import type { Serve } from "../api/serve.ts";
import { accessPage } from "../documents/access.ts";
import type { Gate } from "../gate/gate.ts";
import { finishErasures } from "../registers/evidence/ledger.ts";
import { accessPackage, labelsOf } from "./access.ts";
import * as contract from "./contract.ts";
import { eraseSubject, previewErasure } from "./erasure.ts";

export function rightsRoutes(serve: Serve, gate: Gate): void {
  serve(contract.readAccess, (steps, { query: { language } }) =>
    accessPackage(gate, steps, language ?? gate.inForce().description.languages[0] ?? "fi"),
  );
  serve(contract.printAccess, async (steps, { query: { language } }) => {
    const data = await accessPackage(gate, steps, language);
    return accessPage(data, labelsOf(gate.inForce().description, language), language);
  });
  serve(contract.previewErasure, (steps, { body, query }) => previewErasure(gate, steps, { ...body, ...query }));
  serve(contract.eraseSubject, (steps, { body, query }) => eraseSubject(gate, steps, { ...body, ...query }), {
    told: async (answer, { params: { id } }) =>
      (await finishErasures(gate, id)) ? answer : { ...answer, keysDestroyedOn: null, keysPending: true },
  });
}
