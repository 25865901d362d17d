// Since when a former version of a key has had no row: copies of the database begun before still hold rows of it.
import type { WritingGrant } from "../../gate/gate.ts";

type Evidence = WritingGrant<"evidence", "change">;

const BATCH = 5000;

/** Exactly these have no row now: what was written down of others is forgotten. */
export async function addUnused(grant: Evidence, ids: ReadonlySet<string>): Promise<void> {
  const known = await unusedSince(grant);
  const gone = [...known.keys()].filter((id) => !ids.has(id));
  const fresh = [...ids].filter((id) => !known.has(id));
  for (let n = 0; n < gone.length; n += BATCH)
    await grant
      .delete("unused_key")
      .where("id", "in", gone.slice(n, n + BATCH))
      .execute();
  for (let n = 0; n < fresh.length; n += BATCH)
    await grant
      .insert(
        "unused_key",
        fresh.slice(n, n + BATCH).map((id) => ({ id, since: grant.at })),
      )
      .execute();
}

export async function unusedSince(grant: Evidence): Promise<Map<string, Date>> {
  const rows = await grant.selectFrom("unused_key").select(["id", "since"]).execute();
  return new Map(rows.map(({ id, since }) => [id, since]));
}
