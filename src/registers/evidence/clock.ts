// A clock that jumps (an empty battery, a wrong year typed in) would make everything due at once; what is erased does not come back.
import type { Gate } from "../../gate/gate.ts";
import { addDays, type Day, dayInHelsinki, parseDay } from "../../values/Day.ts";
import { newId } from "../../values/Uuid.ts";

const BACK_DAYS = 1;
const AHEAD_DAYS = 30;

/**
 * "jumped" where the day is more than a day before the last one seen, or more than 30 days after it; it then stays so until somebody
 * confirms the clock. Otherwise the day is remembered.
 */
export async function clockSays(gate: Gate, confirmed: boolean): Promise<"ok" | "jumped"> {
  const today = dayInHelsinki(gate.clock.now());
  const caller = { actor: { kind: "system", id: "system:retention" } as const, requestId: newId() };
  const ask = { register: "evidence", verb: "change", place: "retention", silent: true } as const;
  return gate.serving(caller, ask, async (grant) => {
    const row = await grant.selectFrom("retention_clock").select("seen_on").executeTakeFirst();
    if (row && !confirmed && jumped(parseDay(row.seen_on), today)) return "jumped";
    await grant
      .insert("retention_clock", { seen_on: today })
      .onConflict((conflict) => conflict.column("only_one").doUpdateSet({ seen_on: today }))
      .execute();
    return "ok";
  });
}

export const jumped = (seen: Day, today: Day): boolean =>
  today < addDays(seen, -BACK_DAYS) || today > addDays(seen, AHEAD_DAYS);
