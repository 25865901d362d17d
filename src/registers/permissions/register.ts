// What people allowed and refused. Consents are not erased with the person: their proof ends by a period of its own (`consents.*.proofKept`).
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { OWNED } from "../../gate/owned.ts";
import { addDays, addPeriod, type Day, dayInHelsinki } from "../../values/Day.ts";
import { neverDue, type Register, sealing } from "../register.ts";
import { historyOf } from "./state.ts";

export const permissions: Register = {
  ...neverDue,
  ...sealing("permissions"),
  name: "permissions",
  tables: OWNED.permissions,
  apart: { ban: "a keyed hash without a subject: it outlives the person so that a refusal of marketing is kept" },
  async exportOf(steps) {
    const history = await historyOf(steps.permissions());
    return history.map(({ kind, of, at, ended, source }) => ({
      category: kind,
      value: ended === null ? of : `${of} (${ended.toISOString()})`,
      at: at.toISOString(),
      ...(source === undefined ? {} : { source }),
    }));
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
  const caller = systemCaller("retention");
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

const system = () => systemCaller("retention");
const reading = { register: "permissions", verb: "read", place: "retention", silent: true } as const;

/** People of whom consents are kept: the daily limit is counted from it. */
export const proofPeople = (gate: Gate): Promise<number> =>
  gate.serving(system(), reading, async (grant) => {
    const row = await grant
      .selectFrom("consent")
      .select((eb) => eb.fn.count<number>("subject_id").distinct().as("people"))
      .executeTakeFirstOrThrow();
    return Number(row.people);
  });

/** Of how many people a proof of the consent is kept. */
export const consentsOf = (gate: Gate, consent: string): Promise<number> =>
  gate.serving(system(), reading, async (grant) => {
    const row = await grant
      .selectFrom("consent")
      .select((eb) => eb.fn.count<number>("subject_id").distinct().as("people"))
      .where("consent", "=", consent)
      .executeTakeFirstOrThrow();
    return Number(row.people);
  });

/** People whose registers retention has locked on the day, by the register's id: the daily limit counts them. A lock that stood already is no new one. */
export async function lockedOn(gate: Gate, day: Day): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const since = new Date(`${addDays(day, -1)}T00:00:00Z`);
  const rows = await gate.serving(system(), reading, (grant) =>
    grant
      .selectFrom("restriction")
      .select(["register", "subject_id", "at"])
      .where("ground", "=", "retention")
      .where("at", ">=", since)
      .execute(),
  );
  const locked = new Map<string, Set<string>>();
  for (const { register, subject_id, at } of rows)
    if (dayInHelsinki(at) === day) locked.set(register, (locked.get(register) ?? new Set()).add(subject_id));
  return locked;
}

/**
 * Of how many people something in force names the purpose: an objection, a consent that has not been withdrawn, a restriction that leaves it
 * allowed, a refusal kept for an address. A purpose that goes, or gets another name, would silently end what they said.
 */
export const saidOf = (gate: Gate, purpose: string): Promise<number> =>
  gate.serving(system(), reading, async (grant) => {
    const objections = grant.selectFrom("objection").select("subject_id").where("purpose", "=", purpose);
    const consents = grant.selectFrom("consent").select("subject_id").where("purpose", "=", purpose);
    const restrictions = grant.selectFrom("restriction").select("subject_id");
    const rows = [
      ...(await objections.where("lifted_at", "is", null).distinct().execute()),
      ...(await consents.where("withdrawn_at", "is", null).distinct().execute()),
      ...(await restrictions
        .where((eb) => eb(eb.val(purpose), "=", eb.fn.any("purposes")))
        .where("lifted_at", "is", null)
        .distinct()
        .execute()),
    ];
    const bans = await grant
      .selectFrom("ban")
      .select((eb) => eb.fn.countAll<number>().as("addresses"))
      .where((eb) => eb(eb.val(purpose), "=", eb.fn.any("purposes")))
      .executeTakeFirstOrThrow();
    return new Set(rows.map(({ subject_id }) => subject_id)).size + Number(bans.addresses);
  });

const PAGE = 5000;

/** Holds in force and registers that retention has locked already, by subject. */
export async function marksOf(
  gate: Gate,
  subjects: readonly string[],
): Promise<{ holds: Map<string, string[]>; locked: Map<string, Set<string>> }> {
  const marks = { holds: new Map<string, string[]>(), locked: new Map<string, Set<string>>() };
  for (let n = 0; n < subjects.length; n += PAGE) {
    const some = subjects.slice(n, n + PAGE);
    await gate.serving(system(), reading, async (grant) => {
      const holds = await grant
        .selectFrom("hold")
        .select(["subject_id", "hold"])
        .where("lifted_at", "is", null)
        .where("subject_id", "in", some)
        .execute();
      const locks = await grant
        .selectFrom("restriction")
        .select(["subject_id", "register"])
        .where("lifted_at", "is", null)
        .where("ground", "=", "retention")
        .where("subject_id", "in", some)
        .execute();
      for (const { subject_id, hold } of holds)
        marks.holds.set(subject_id, [...(marks.holds.get(subject_id) ?? []), hold]);
      for (const { subject_id, register } of locks)
        marks.locked.set(subject_id, new Set([...(marks.locked.get(subject_id) ?? []), register]));
    });
  }
  return marks;
}
