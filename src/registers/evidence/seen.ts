// What the log tells a person of what was done with their data.
import { names } from "../../db/fragments.ts";
import type { Steps } from "../../gate/gate.ts";

const MOST = 5000;
const LOOKING: readonly string[] = ["read", "change", "disclose", "erase"];

export type Seen = {
  at: Date;
  roles: readonly string[];
  verb: string;
  register: string;
  purpose: string | null;
  categories: readonly string[];
  flow: string | null;
  system: boolean;
  /** The person themselves, on their own card. */
  own: boolean;
};

/** What was done with the subject's data, newest first; what was refused shows no data and is left out. At most 5000 acts. */
export async function actsOn(steps: Steps): Promise<Seen[]> {
  const grant = steps.evidence();
  const theirs = grant
    .selectFrom("audit_event")
    .select(["id", "at", "roles", "verb", "register", "purpose", "categories", "flow", "actor_kind", "place"])
    .where(names("subjects", steps.subject))
    .where("decision", "=", "allowed")
    .where("verb", "in", LOOKING)
    .offset(0);
  const rows = await grant.around(theirs, "theirs").selectAll().orderBy("id", "desc").limit(MOST).execute();
  return rows.map(({ actor_kind, id: _, place, roles, ...row }) => ({
    ...row,
    roles: actingRole(place) ?? roles,
    system: actor_kind === "system",
    own: actor_kind === "subject",
  }));
}

/** Of somebody's several roles the one that the description let act. */
function actingRole(place: string): readonly string[] | undefined {
  const role = /^roles\.([A-Za-z0-9]+)\./.exec(place)?.[1];
  return role === undefined ? undefined : [role];
}
