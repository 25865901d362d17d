// The description as it is put in force: its text, its hash, the places of its elements; every version is kept for ever.
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

/**
 * Since when the candidate is in force; null where it is a new version. Throws `descriptionSameVersion` where its version is known with
 * another text or is one of the past, `descriptionOlder` where it is lower than the one in force.
 */
export async function standingOf(grant: EvidenceGrant, { force, text }: Candidate): Promise<Date | null> {
  const { version } = force.description;
  const now = await latest(grant);
  if (now && now.version === version && now.hash.equals(digest(text))) return now.in_force_at;
  const known = await grant
    .selectFrom("description_version")
    .select("version")
    .where("version", "=", version)
    .executeTakeFirst();
  if (known) throw new Problem("descriptionSameVersion", 409, { file: force.file, version });
  if (now && ORDER.compare(version, now.version) < 0)
    throw new Problem("descriptionOlder", 409, { file: force.file, version, now: now.version });
  return null;
}

/** "10" comes after "9", "1.10" after "1.9", "2026-12" after "2026-11". */
export const ORDER = new Intl.Collator("en", { numeric: true });

/** Writes the new version down and answers since when it is in force; what stands already stays as it was. Throws as `standingOf` does. */
export async function putInForce(grant: EvidenceGrant, candidate: Candidate, by: string): Promise<Date> {
  const since = await standingOf(grant, candidate);
  if (since) return since;
  const { force, text } = candidate;
  const { version } = force.description;
  await grant.insert("description_version", { version, hash: digest(text), text, in_force_at: grant.at, by }).execute();
  return grant.at;
}

/** The version written down with this hash; null where it is not written down. `hash` in hex. */
export async function writtenVersion(
  grant: EvidenceGrant,
  hash: string,
): Promise<{ version: string; text: string; since: Date; by: string } | null> {
  const found = await grant
    .selectFrom("description_version")
    .select(["version", "text", "in_force_at", "by"])
    .where("hash", "=", Buffer.from(hash, "hex"))
    .executeTakeFirst();
  return found ? { version: found.version, text: found.text, since: found.in_force_at, by: found.by } : null;
}

/**
 * Whether the candidate is word for word a version of the past, and the one in force was made by a person at the screen since: then the file is
 * only behind, and no wish of anybody's.
 */
export async function isBehindScreen(grant: EvidenceGrant, { force }: Candidate): Promise<boolean> {
  const now = await latest(grant);
  if (!now || now.by.startsWith("system:") || now.hash.equals(Buffer.from(force.hash, "hex"))) return false;
  return (await writtenVersion(grant, force.hash)) !== null;
}

const latest = (grant: EvidenceGrant) =>
  grant.selectFrom("description_version").selectAll().orderBy("in_force_at", "desc").limit(1).executeTakeFirst();
