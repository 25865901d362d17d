// Events known by the place that they name, newest first: what was done to somebody's account, without leafing through the log.
import { names } from "../../db/fragments.ts";
import type { EvidenceGrant } from "./store.ts";

export type Placed = { id: number; at: Date; place: string; actor: string; actorKind: string; subjects: string[] };

/** At most `most` that were allowed, about the subject. */
export async function placedAbout(
  grant: EvidenceGrant,
  subject: string,
  places: readonly string[],
  most: number,
): Promise<Placed[]> {
  // Fenced: the index of subjects is of no use to a query that also asks for the newest.
  const theirs = grant
    .selectFrom("audit_event")
    .selectAll()
    .where(names("subjects", subject))
    .where("register", "=", "staff")
    .where("decision", "=", "allowed")
    .where("place", "in", places)
    .offset(0);
  const rows = await grant.around(theirs, "theirs").selectAll().orderBy("id", "desc").limit(most).execute();
  return rows.map(told);
}

/** All after the event with the id. */
export async function placedSince(grant: EvidenceGrant, after: number, places: readonly string[]): Promise<Placed[]> {
  const rows = await grant
    .selectFrom("audit_event")
    .selectAll()
    .where("id", ">", after)
    .where("register", "=", "staff")
    .where("decision", "=", "allowed")
    .where("place", "in", places)
    .orderBy("id", "desc")
    .execute();
  return rows.map(told);
}

/** The id of the newest event; 0 where there is none. */
export async function newestId(grant: EvidenceGrant): Promise<number> {
  const row = await grant.selectFrom("audit_event").select("id").orderBy("id", "desc").limit(1).executeTakeFirst();
  return row?.id ?? 0;
}

const told = (row: {
  id: number;
  at: Date;
  place: string;
  actor: string;
  actor_kind: string;
  subjects: string[];
}): Placed => ({
  id: row.id,
  at: row.at,
  place: row.place,
  actor: row.actor,
  actorKind: row.actor_kind,
  subjects: row.subjects,
});
