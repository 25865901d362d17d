// The documents as they stand now: the description in force, the last probes, and what of the program the description uses.
import type { Contract } from "../api/contract.ts";
import type { ControlName } from "../description/terms.ts";
import { dataflow } from "../documents/dataflow.ts";
import type { InUse, PrintedDocument, Printing, Proofs } from "../documents/model.ts";
import { notice } from "../documents/notice.ts";
import { record } from "../documents/record.ts";
import { staffNotice } from "../documents/staffNotice.ts";
import type { Gate } from "../gate/gate.ts";
import { OWNED } from "../gate/owned.ts";
import { actInUse } from "../policy/inUse.ts";
import type { Language } from "../values/Language.ts";
import type { Proof } from "./contract.ts";

export type Kind = "dataflow" | "notice" | "record" | "staff";
const writers = { dataflow, notice, record, staff: staffNotice } as const;

/** What this build holds and sends through: carrying inside is the only channel yet. */
export const carriedNow = (): Pick<InUse, "registers" | "channels"> => ({
  registers: (["customers", "invoices"] as const).filter((kind) => kind in OWNED),
  channels: ["internal"],
});

type Parts = {
  gate: Gate;
  proofs: readonly Proof[];
  served: readonly Contract[];
  /** Only the data-flow description shows it. */
  picture?: Printing["picture"];
};

export function documentNow({ gate, proofs, served, picture }: Parts, kind: Kind, language: Language): PrintedDocument {
  const { description, hash, inForceAt } = gate.inForce();
  const inUse: InUse = {
    ...carriedNow(),
    routesNotInUse: served
      .filter(({ act }) => !actInUse(description, act))
      .map(({ method, path }) => `${method} /api${path}`),
  };
  const states = proofs.map(({ control, state, at }) => [control, { state, at }]);
  const printing = {
    hash,
    date: gate.clock.now().toISOString(),
    inForceAt: inForceAt.toISOString(),
    proofs: Object.fromEntries(states) as Record<ControlName, Proofs[ControlName]>,
    inUse,
    ...(picture && { picture }),
  };
  return writers[kind](description, printing, language);
}
