// Accounts of people who no longer use the register: erased when the period of the description has passed since the account was closed.
import { accountPeriodOf } from "../description/staff.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { clockIsRight } from "../registers/evidence/clock.ts";
import { enter, replayErasures } from "../registers/evidence/ledger.ts";
import { pauseNow } from "../registers/evidence/pauses.ts";
import { closedBefore } from "../registers/staff/own.ts";
import { staff } from "../registers/staff/register.ts";
import { addPeriod, type Day, dayInHelsinki } from "../values/Day.ts";
import { peopleADay } from "../values/safety.ts";

const system = () => systemCaller("retention");

/** Accounts whose period has ended before the day, the longest closed first, no more than a day allows; none where the description names no period. */
export async function dueAccounts(gate: Gate, day: Day): Promise<string[]> {
  const period = accountPeriodOf(gate.inForce().description);
  if (period === null) return [];
  const ask = { register: "staff", verb: "read", place: "staff.accounts", silent: true } as const;
  const closed = await gate.serving(system(), ask, (grant) => closedBefore(grant, grant.at, 1000));
  return closed
    .filter(({ closedAt }) => addPeriod(dayInHelsinki(closedAt), period) < day)
    .map(({ subject }) => subject)
    .slice(0, peopleADay(closed.length));
}

/**
 * Erases what is due today, each in a transaction of its own with its line of the ledger; keys go after. Answers how many: none while the clock is not
 * believed or retention only shows what it would do.
 */
export async function eraseClosedAccounts(gate: Gate): Promise<number> {
  if (!(await clockIsRight(gate)) || (await pauseNow(gate)) !== null) return 0;
  const due = await dueAccounts(gate, dayInHelsinki(gate.clock.now()));
  let erased = 0;
  for (const subject of due) if (await eraseAccount(gate, subject)) erased++;
  if (erased > 0) await replayErasures(gate);
  return erased;
}

function eraseAccount(gate: Gate, subject: string): Promise<boolean> {
  const ask = { right: "retention", verb: "erase", subject, kinds: [], beside: "staff" } as const;
  return gate.right(system(), ask, async (steps) => {
    const row = await steps.staff().selectFrom("account").select("disabled_at").executeTakeFirst();
    // Opened again since it was found.
    if (!row?.disabled_at) return false;
    const gone = await staff.eraseOf(steps, [], true);
    await enter(
      steps,
      gone.map((one) => ({ ...one, register: "staff", graceDays: 0, everything: true })),
      "retention",
    );
    return true;
  });
}
