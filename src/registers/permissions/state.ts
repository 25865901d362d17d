// Consents, objections, restrictions and holds of one subject: state as rows, each with who and when.
import type { Steps } from "../../gate/gate.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { newId } from "../../values/Uuid.ts";

type Grant = ReturnType<Steps["permissions"]>;

export type State = {
  consents: { id: string; consent: string; purpose: string; withdrawnOn: ReturnType<typeof dayInHelsinki> | null }[];
  objections: string[];
  holds: string[];
};

export async function stateOf(grant: Grant): Promise<State> {
  const consents = await grant
    .selectFrom("consent")
    .select(["id", "consent", "purpose", "withdrawn_at"])
    .orderBy("given_at")
    .execute();
  const objections = await grant.selectFrom("objection").select("purpose").where("lifted_at", "is", null).execute();
  const holds = await grant.selectFrom("hold").select("hold").where("lifted_at", "is", null).execute();
  return {
    consents: consents.map(({ id, consent, purpose, withdrawn_at }) => ({
      id,
      consent,
      purpose,
      withdrawnOn: withdrawn_at === null ? null : dayInHelsinki(withdrawn_at),
    })),
    objections: [...new Set(objections.map(({ purpose }) => purpose))],
    holds: holds.map(({ hold }) => hold),
  };
}

/** One row in the order of time. `of`: the consent's, purpose's, register's or hold's id. */
export type Past = {
  kind: "consent" | "objection" | "restriction" | "hold";
  of: string;
  at: Date;
  ended: Date | null;
  source?: string;
  /** Consents: the wording that was agreed to, and for which channels. */
  wording?: number;
  channels?: readonly string[];
  /** Restrictions: what may still be done, and until when. */
  purposes?: readonly string[];
  until?: string | null;
};

export async function historyOf(grant: Grant): Promise<Past[]> {
  const consents = await grant.selectFrom("consent").selectAll().execute();
  const objections = await grant.selectFrom("objection").selectAll().execute();
  const restrictions = await grant.selectFrom("restriction").selectAll().execute();
  const holds = await grant.selectFrom("hold").selectAll().execute();
  const past: Past[] = [
    ...consents.map(({ consent, given_at, withdrawn_at, source, wording, channels }) => ({
      ...{ kind: "consent" as const, of: consent, at: given_at, ended: withdrawn_at },
      ...{ source, wording, channels },
    })),
    ...objections.map(({ purpose, at, lifted_at }) => ({
      kind: "objection" as const,
      of: purpose,
      at,
      ended: lifted_at,
    })),
    ...restrictions.map(({ register, at, lifted_at, purposes, until }) => ({
      ...{ kind: "restriction" as const, of: register, at, ended: lifted_at },
      ...{ purposes, until },
    })),
    ...holds.map(({ hold, at, lifted_at }) => ({ kind: "hold" as const, of: hold, at, ended: lifted_at })),
  ];
  return past.sort((a, b) => a.at.getTime() - b.at.getTime());
}

export async function withdraw(grant: Grant, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await grant
    .update("consent")
    .set({ withdrawn_at: grant.at, withdrawn_by: grant.actor.id })
    .where("id", "in", [...ids])
    .where("withdrawn_at", "is", null)
    .execute();
}

export async function forgetConsents(grant: Grant, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await grant
      .delete("consent")
      .where("id", "in", [...ids])
      .execute();
}

export async function object(grant: Grant, purposes: readonly string[]): Promise<void> {
  if (purposes.length === 0) return;
  const rows = purposes.map((purpose) => ({ id: newId(grant.at), purpose, at: grant.at, by: grant.actor.id }));
  await grant.insert("objection", rows).execute();
}

/** One lock a register for the same purposes: asked again it moves its day, so that two requests leave one row. */
export async function restrict(
  grant: Grant,
  lock: { register: string; purposes: readonly string[]; until: string | null; ground: string },
): Promise<void> {
  const there = await grant
    .selectFrom("restriction")
    .select(["id", "purposes"])
    .where("register", "=", lock.register)
    .where("lifted_at", "is", null)
    .execute();
  const wanted = lock.purposes.toSorted().join(" ");
  const same = there.find(({ purposes }) => purposes.toSorted().join(" ") === wanted);
  const { ground, until } = lock;
  if (same) await grant.update("restriction").set({ until, ground }).where("id", "=", same.id).execute();
  else
    await grant
      .insert("restriction", {
        id: newId(grant.at),
        register: lock.register,
        purposes: [...lock.purposes],
        until,
        ground,
        at: grant.at,
        by: grant.actor.id,
      })
      .execute();
}

/** Keeps the refusal when the address itself goes; purposes add up. */
export async function ban(grant: Grant, mark: Buffer, purposes: readonly string[]): Promise<void> {
  const there = await grant.selectFrom("ban").select("purposes").where("address_mac", "=", mark).executeTakeFirst();
  const all = [...new Set([...(there?.purposes ?? []), ...purposes])];
  await grant
    .insert("ban", { address_mac: mark, purposes: all, at: grant.at })
    .onConflict((conflict) => conflict.column("address_mac").doUpdateSet({ purposes: all, at: grant.at }))
    .execute();
}
