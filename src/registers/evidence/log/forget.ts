// The log's own retention: entries go at the end of the period that the description gives them, their hashes stay, and the tree with them.
import type { Connection } from "../../../db/connect.ts";
import { forgetEntries } from "../../../db/logUpkeep.ts";
import { systemCaller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import { addDays, addPeriod, type Day, dayInHelsinki, isPeriod, periodParts } from "../../../values/Day.ts";
import { evidenceLogOf } from "./evidenceLog.ts";

/** Drops entries from before the day; answers how many. Written down where there were any. */
export async function forgetLog(gate: Gate, owner: Connection, before: Day): Promise<number> {
  // Only what is signed can go: else nothing would say what stood there.
  await evidenceLogOf(gate).checkpoint();
  const gone = await forgetEntries(owner, before);
  if (gone > 0) {
    const caller = systemCaller("retention");
    const ask = { register: "evidence", verb: "erase", place: "staff.log" } as const;
    await gate.serving(caller, ask, async () => undefined);
    // The next checkpoint says how many are gone: whoever drops more is found out.
    await evidenceLogOf(gate).checkpoint();
  }
  return gone;
}

/** Of the night: what the description's period (`staff.log`) is over for. Nothing where it gives none. */
export async function forgetEnded(gate: Gate, owner: Connection): Promise<number> {
  const period = gate.inForce().description.staff?.log.period;
  if (period === undefined || !isPeriod(period)) return 0;
  return forgetLog(gate, owner, lastEnded(dayInHelsinki(gate.clock.now()), period));
}

/** The last day whose period is over today; what was written on it stays one day more, since its hours are those of another zone. */
export function lastEnded(today: Day, period: string): Day {
  const { years, months, weeks, days, hours } = periodParts(period);
  const most = years * 366 + months * 31 + weeks * 7 + days + Math.ceil(hours / 24) + 4;
  let day = addDays(today, -most);
  while (addPeriod(addDays(day, 1), period) <= today) day = addDays(day, 1);
  return day;
}
