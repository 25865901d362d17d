// What the log tells a colleague of themselves: what they did, and what was done with their account. Whose data it was is not theirs to know here.
import { names } from "../../db/fragments.ts";
import type { EvidenceGrant } from "./store.ts";

export type OwnAct = {
  at: Date;
  roles: string[];
  verb: string;
  register: string;
  purpose: string | null;
  categories: string[];
  flow: string | null;
  decision: string;
  reason: string | null;
  people: number;
};

const columns = [
  "id",
  "at",
  "actor",
  "actor_kind",
  "roles",
  "verb",
  "register",
  "subjects",
  "purpose",
  "categories",
  "flow",
  "decision",
  "reason",
] as const;

/** Newest first, at most `most` of each. `about`: by somebody else, or by a sign-in that did not succeed. */
export async function actsOf(
  grant: EvidenceGrant,
  id: string,
  most: number,
): Promise<{ did: OwnAct[]; about: (OwnAct & { system: boolean })[] }> {
  const did = await grant
    .selectFrom("audit_event")
    .select(columns)
    .where("actor", "=", id)
    .orderBy("id", "desc")
    .limit(most)
    .execute();
  // A query of its own, fenced: the index of subjects is of no use to one that also asks for the newest.
  const theirs = grant.selectFrom("audit_event").select(columns).where(names("subjects", id)).offset(0);
  const about = await grant
    .around(theirs, "theirs")
    .selectAll()
    .where("actor", "!=", id)
    .orderBy("id", "desc")
    .limit(most)
    .execute();
  const told = ({ id: _, actor: __, actor_kind: ___, subjects, ...row }: (typeof did)[number]): OwnAct => ({
    ...row,
    people: subjects.filter((subject) => subject !== id).length,
  });
  return { did: did.map(told), about: about.map((row) => ({ ...told(row), system: row.actor_kind === "system" })) };
}
