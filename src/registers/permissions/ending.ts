// A consent that the description gives a period: at its end it ends as if it were withdrawn, unless the person has given it anew.
import type { Description } from "../../description/schema.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import { addDays, addPeriod, type Day, dayInHelsinki } from "../../values/Day.ts";
import { withdraw } from "./state.ts";

type Grant = WritingGrant<"permissions", "change">;
type Given = { id: string; subject_id: string; consent: string; purpose: string; given_at: Date };

/** The last day on which it is relied on; null where the description gives it no end. */
export function lastDayOf({ consents }: Description, consent: string, givenAt: Date): Day | null {
  const period = Object.hasOwn(consents, consent) ? consents[consent]?.validFor : undefined;
  return period === undefined ? null : addPeriod(dayInHelsinki(givenAt), period);
}

/** How long before its end it is told of, and may be given anew. */
const DAYS_AHEAD = 60;
export const aheadOf = (today: Day): Day => addDays(today, DAYS_AHEAD);

export type Ending = { subject: string; purpose: string; lastDay: Day };

/** In force, and ending on or before the day; soonest first. What has been given anew since ends for nobody. */
export async function endingBy(grant: Grant, description: Description, day: Day): Promise<(Ending & { id: string })[]> {
  const ended = Object.keys(description.consents).filter((id) => description.consents[id]?.validFor !== undefined);
  if (ended.length === 0) return [];
  const rows: Given[] = await grant
    .selectFrom("consent")
    .select(["id", "subject_id", "consent", "purpose", "given_at"])
    .where("consent", "in", ended)
    .where("withdrawn_at", "is", null)
    .orderBy("given_at")
    .execute();
  const newest = new Map(rows.map((row) => [`${row.subject_id} ${row.consent}`, row]));
  return [...newest.values()]
    .flatMap(({ id, subject_id: subject, consent, purpose, given_at }) => {
      const lastDay = lastDayOf(description, consent, given_at);
      return lastDay !== null && lastDay <= day ? [{ id, subject, purpose, lastDay }] : [];
    })
    .sort((a, b) => (a.lastDay < b.lastDay ? -1 : Number(a.lastDay > b.lastDay)));
}

/** Ends those whose last day is past; each stands in the log as the person's own event. Answers how many people. */
export async function endConsents(gate: Gate): Promise<number> {
  const caller = systemCaller("nightly");
  const { description } = gate.inForce();
  const today = dayInHelsinki(gate.clock.now());
  const look = { register: "permissions", verb: "read", place: "consents", silent: true } as const;
  const ending = await gate.serving(caller, look, (grant) => endingBy(grant, description, today));
  const past = Map.groupBy(
    ending.filter(({ lastDay }) => lastDay < today),
    ({ subject }) => subject,
  );
  for (const [subject, theirs] of past) {
    const ids = theirs.map(({ id }) => id);
    const ask = { register: "permissions", verb: "change", place: "consents", subject } as const;
    await gate.serving(caller, ask, (grant) => withdraw(grant, ids));
  }
  return past.size;
}
