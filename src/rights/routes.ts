import type { Serve } from "../api/serve.ts";
import { accessPage } from "../documents/access.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import { contactsOfOne } from "../registers/customers/contacts.ts";
import { finishErasures } from "../registers/evidence/ledger.ts";
import { noteErasure, notePackage } from "../registers/requests/note.ts";
import { eraseContacts } from "../retention/run.ts";
import { accessPackage } from "./access.ts";
import * as contract from "./contract.ts";
import { endingConsents } from "./endingConsents.ts";
import { eraseSubject, previewErasure } from "./erasure.ts";
import { labelsOf } from "./labels.ts";
import { lookedAt } from "./lookedAt.ts";

export function rightsRoutes(serve: Serve, gate: Gate): void {
  serve(contract.readAccess, async (steps, { query: { language } }) => {
    const data = await accessPackage(gate, steps, language ?? gate.inForce().description.languages[0] ?? "fi");
    await notePackage(steps.requests());
    return data;
  });
  serve(contract.printAccess, async (steps, { query: { language } }) => {
    const data = await accessPackage(gate, steps, language);
    await notePackage(steps.requests());
    return accessPage(data, labelsOf(gate.inForce().description, language), language);
  });
  serve(contract.listEndingConsents, (grant, _, { caller }) => endingConsents(gate, grant, caller));
  serve(contract.readLookedAt, async (steps) => ({ items: await lookedAt(steps) }));
  serve(contract.previewErasure, (steps, { body, query }) => previewErasure(gate, steps, { ...body, ...query }));
  const erase = async (steps: Steps, asked: Parameters<typeof eraseSubject>[2]) => {
    await noteErasure(steps.requests());
    return eraseSubject(gate, steps, asked);
  };
  serve(contract.eraseSubject, (steps, { body, query }) => erase(steps, { ...body, ...query }), {
    told: async (answer, { params: { id } }) => {
      // Contact persons were kept for their organisation. A crash before this leaves them to the next run of retention, which finds them too.
      const contactPersons = await eraseContacts(gate, await contactsOfOne(gate, id));
      const more = contactPersons > 0 ? { ...answer, contactPersons } : answer;
      return (await finishErasures(gate, id)) ? more : { ...more, keysDestroyedOn: null, keysPending: true };
    },
  });
}
