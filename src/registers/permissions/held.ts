// Everything that one person allowed and refused, in force and past, for the card.
import type { WritingGrant } from "../../gate/gate.ts";
import type { Permissions } from "./contract.ts";
import { lastDayOf } from "./ending.ts";

export type Held = Omit<Permissions, "objectable" | "offered">;

export async function heldOf(grant: WritingGrant<"permissions", "change">): Promise<Held> {
  const { description } = grant;
  const consents = await grant.selectFrom("consent").selectAll().orderBy("given_at", "desc").execute();
  const objections = await grant.selectFrom("objection").selectAll().orderBy("at", "desc").execute();
  const restrictions = await grant.selectFrom("restriction").selectAll().orderBy("at", "desc").execute();
  const holds = await grant.selectFrom("hold").selectAll().orderBy("at", "desc").execute();
  return {
    consents: consents.map(({ consent, purpose, channels, wording, source, given_at, withdrawn_at }) => ({
      ...{ consent, purpose, channels, wording, source },
      givenAt: given_at.toISOString(),
      withdrawnAt: withdrawn_at?.toISOString() ?? null,
      lastDay: withdrawn_at ? null : lastDayOf(description, consent, given_at),
    })),
    objections: objections.map(({ purpose, at, lifted_at }) => ({ purpose, ...span(at, lifted_at) })),
    restrictions: restrictions.map(({ register, purposes, until, at, lifted_at }) => ({
      ...{ register, purposes, until },
      ...span(at, lifted_at),
    })),
    holds: holds.map(({ hold, at, lifted_at }) => ({ hold, ...span(at, lifted_at) })),
  };
}

const span = (at: Date, lifted: Date | null) => ({
  at: at.toISOString(),
  liftedAt: lifted?.toISOString() ?? null,
});
