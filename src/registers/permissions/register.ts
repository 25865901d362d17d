// What people allowed and refused. Consents are not erased with the person: their proof ends by a period of its own (`consents.*.proofKept`).

import type { Gate } from "../../gate/gate.ts";
import { OWNED } from "../../gate/owned.ts";
import { addPeriod, type Day, dayInHelsinki } from "../../values/Day.ts";
import { newId } from "../../values/Uuid.ts";
import { type HeldItem, neverDue, type Register } from "../register.ts";

export const permissions: Register = {
  ...neverDue,
  name: "permissions",
  tables: OWNED.permissions,
  apart: { ban: "a keyed hash without a subject: it outlives the person so that a refusal of marketing is kept" },
  async exportOf(steps) {
    const grant = steps.permissions();
    const consents = await grant.selectFrom("consent").selectAll().orderBy("given_at").execute();
    const objections = await grant.selectFrom("objection").selectAll().orderBy("at").execute();
    const restrictions = await grant.selectFrom("restriction").selectAll().orderBy("at").execute();
    const holds = await grant.selectFrom("hold").selectAll().orderBy("at").execute();
    const item = (category: string, what: string, at: Date, by: string, ended: Date | null): HeldItem => ({
      category,
      value: ended === null ? what : `${what}\n${ended.toISOString()}`,
      at: at.toISOString(),
      by,
    });
    return [
      ...consents.map((c) => ({
        ...item("consent", `${c.consent} ${c.wording} ${c.channels.join(" ")}`, c.given_at, c.given_by, c.withdrawn_at),
        source: c.source,
        purpose: c.purpose,
      })),
      ...objections.map((o) => ({ ...item("objection", o.purpose, o.at, o.by, o.lifted_at), purpose: o.purpose })),
      ...restrictions.map((r) =>
        item("restriction", `${r.register}: ${r.purposes.join(" ")} ${r.until ?? ""}`.trim(), r.at, r.by, r.lifted_at),
      ),
      ...holds.map((h) => item("hold", h.hold, h.at, h.by, h.lifted_at)),
    ];
  },
  /** With the last of the person's data their objections, locks and holds have nothing left to stand on; proofs of consent wait for `proofsOver`. */
  async eraseOf(steps, _, all) {
    if (!all) return [];
    const grant = steps.permissions();
    for (const table of ["objection", "restriction", "hold"] as const) await grant.delete(table).execute();
    return [];
  },
};

export type ProofOver = { id: string; subject: string; consent: string; until: Day };

/** Consents withdrawn so long ago that their proof is no longer kept. */
export async function proofsOver(gate: Gate, day: Day): Promise<ProofOver[]> {
  const { consents } = gate.inForce().description;
  const caller = { actor: { kind: "system", id: "system:retention" } as const, requestId: newId() };
  const ask = { register: "permissions", verb: "read", place: "consents", silent: true } as const;
  const rows = await gate.serving(caller, ask, (grant) =>
    grant
      .selectFrom("consent")
      .select(["id", "subject_id", "consent", "withdrawn_at"])
      .where("withdrawn_at", "is not", null)
      .execute(),
  );
  return rows.flatMap(({ id, subject_id, consent, withdrawn_at }) => {
    const kept = Object.hasOwn(consents, consent) ? consents[consent]?.proofKept : undefined;
    if (withdrawn_at === null || kept === undefined) return [];
    const until = addPeriod(dayInHelsinki(withdrawn_at), kept);
    return until < day ? [{ id, subject: subject_id, consent, until }] : [];
  });
}

export async function eraseProof(gate: Gate, { id, subject }: ProofOver): Promise<void> {
  const caller = { actor: { kind: "system", id: "system:retention" } as const, requestId: newId() };
  const ask = { register: "permissions", verb: "erase", place: "consents", subject } as const;
  await gate.serving(caller, ask, (grant) => grant.delete("consent").where("id", "=", id).execute());
}
