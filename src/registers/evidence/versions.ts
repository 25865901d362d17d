// The description as it is put in force: its text, its hash, the places of its elements; every version is kept for ever.
import { compare } from "../../description/compare.ts";
import type { InForce } from "../../description/inForce.ts";
import { parse } from "../../description/parse.ts";
import { digest, digestHex } from "../../keys/token.ts";
import { Problem } from "../../values/problem.ts";
import type { EvidenceGrant } from "./store.ts";

export type Candidate = { force: InForce; text: string };

/** Null where the text is no description; `parse` says why. `file` is the name without its folder. */
export function candidateOf(text: string, file: string, at: Date): Candidate | null {
  const parsed = parse(text);
  if (!parsed.description) return null;
  const { description, placeOf } = parsed;
  return { force: { description, hash: digestHex(text), file, placeOf, inForceAt: at }, text };
}

/** Changes that only a person who has seen them may put in force while data is held: something it stands in disappears, ends earlier or moves. */
const MOVES = new Set<string>(["retentionMoved"]);

/**
 * Puts the candidate in force by itself, as a start does, and answers since when it is. Throws `descriptionSameVersion` where its version
 * is known with another text (or is one of the past), `descriptionEndangers` where what holds rows would disappear or end earlier.
 */
export async function putInForce(grant: EvidenceGrant, { force, text }: Candidate, by: string): Promise<Date> {
  const { version } = force.description;
  const now = await grant
    .selectFrom("description_version")
    .selectAll()
    .orderBy("in_force_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (now && now.version === version && now.hash.equals(digest(text))) return now.in_force_at;
  const known = await grant
    .selectFrom("description_version")
    .select("version")
    .where("version", "=", version)
    .executeTakeFirst();
  if (known) throw new Problem("descriptionSameVersion", 409, { file: force.file, version });
  const before = now && parse(now.text).description;
  if (before && (await holdsAnything(grant))) {
    const danger = compare(before, force.description).find(({ code, endangers }) => endangers || MOVES.has(code));
    if (danger) throw new Problem("descriptionEndangers", 409, { file: force.file, place: danger.path });
  }
  await grant.insert("description_version", { version, hash: digest(text), text, in_force_at: grant.at, by }).execute();
  return grant.at;
}

/** Whether anybody stands in any register: in an empty one nothing can be lost. */
async function holdsAnything(grant: EvidenceGrant): Promise<boolean> {
  return (await grant.selectFrom("subject").select("id").limit(1).executeTakeFirst()) !== undefined;
}
