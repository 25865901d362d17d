// How often data moved, was collected or was refused in a period, as the log tells it: counts by what the flow picture has a line or a register for.
import type { Counted } from "../../documents/flowPicture/observe.ts";
import { addDays, type Day, dayInHelsinki, startInHelsinki } from "../../values/Day.ts";
import type { EvidenceGrant } from "./store.ts";

/**
 * Days in Finland, both included. `since`: the first day that the log still tells of, where entries have been dropped at the end of their period;
 * null where it is whole.
 */
export async function flowCounts(
  grant: EvidenceGrant,
  { from, to }: { from: Day; to: Day },
): Promise<{ counted: Counted[]; since: Day | null }> {
  const rows = await grant
    .selectFrom("audit_event")
    .select(["flow", "channel", "register", "verb", "decision"])
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("at", ">=", startInHelsinki(from))
    .where("at", "<", startInHelsinki(addDays(to, 1)))
    .groupBy(["flow", "channel", "register", "verb", "decision"])
    .execute();
  const counted = rows.map(({ flow, channel, register, verb, decision, count }) => ({
    flow,
    source: flow === null ? channel : null,
    register,
    verb,
    decision: decision === "allowed" ? ("allowed" as const) : ("refused" as const),
    count: Number(count),
  }));
  const { dropped } = await grant.selectFrom("log_position").select("dropped").executeTakeFirstOrThrow();
  if (Number(dropped) === 0) return { counted, since: null };
  const first = await grant.selectFrom("audit_event").select("at").orderBy("id").limit(1).executeTakeFirst();
  return { counted, since: dayInHelsinki(first?.at ?? grant.at) };
}
