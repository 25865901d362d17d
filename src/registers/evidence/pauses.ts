// Time in which retention only shows what it would do: after the first start, an import or a restore, when a mistake is likeliest and nobody has looked yet.
import type { Caller } from "../../gate/caller.ts";
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import { PAUSE_MS } from "../../values/safety.ts";
import { newId } from "../../values/Uuid.ts";
import { asRetention } from "./asRetention.ts";

export type PauseReason = "firstStart" | "import" | "restore";
export type Pause = { why: PauseReason; until: Date };

/** Begins a pause of the decided length from now on; for whoever brings rows in by the hundred. */
export async function pauseRetention(gate: Gate, why: "import" | "restore"): Promise<Pause> {
  const at = gate.clock.now();
  const until = new Date(at.getTime() + PAUSE_MS);
  await asRetention(gate, "change", (grant) =>
    grant.insert("retention_pause", { id: newId(at), why, at, until }).execute(),
  );
  return { why, until };
}

/** The pause in force that lasts longest; null where retention may run. */
export const pauseNow = (gate: Gate): Promise<Pause | null> =>
  asRetention(gate, "change", async (grant) => {
    await rememberFirstStart(grant);
    const row = await grant
      .selectFrom("retention_pause")
      .select(["why", "until"])
      .where("ended_at", "is", null)
      .where("until", ">", grant.at)
      .orderBy("until", "desc")
      .limit(1)
      .executeTakeFirst();
    return row ? { why: row.why as PauseReason, until: row.until } : null;
  });

/** Whether a restore was made so lately that somebody may find the moment to be the wrong one; a person who has looked ends it. */
export const pausedAfterRestore = (gate: Gate): Promise<boolean> =>
  asRetention(gate, "change", async (grant) => {
    const row = await grant
      .selectFrom("retention_pause")
      .select("id")
      .where("why", "=", "restore")
      .where("ended_at", "is", null)
      .where("until", ">", grant.at)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  });

/** A person has looked and lets retention run. Answers how many pauses ended. */
export async function endPauses(gate: Gate, by: Caller): Promise<number> {
  const ask = { register: "evidence", verb: "change", place: "retention.pause" } as const;
  return gate.serving(by, ask, async (grant) => {
    const done = await grant
      .update("retention_pause")
      .set({ ended_at: grant.at, ended_by: by.actor.id })
      .where("ended_at", "is", null)
      .where("until", ">", grant.at)
      .executeTakeFirst();
    return Number(done.numUpdatedRows);
  });
}

/** Counted from the day the installation was made, so that one that has run for years does not begin again with a new version of the program. */
async function rememberFirstStart(grant: WritingGrant<"evidence", "change">): Promise<void> {
  const known = await grant
    .selectFrom("retention_pause")
    .select("id")
    .where("why", "=", "firstStart")
    .executeTakeFirst();
  if (known) return;
  const begun = await grant.selectFrom("installation").select("created_at as at").executeTakeFirst();
  if (!begun) return;
  const until = new Date(begun.at.getTime() + PAUSE_MS);
  await grant
    .insert("retention_pause", { id: newId(begun.at), why: "firstStart", at: begun.at, until })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
