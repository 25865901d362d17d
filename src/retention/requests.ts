// Requests of people: what names them goes once the person is gone and the request closed, the request itself when its own period has passed.
import { systemCaller } from "../gate/caller.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import { clockIsRight } from "../registers/evidence/clock.ts";
import { enter, replayErasures } from "../registers/evidence/ledger.ts";
import { pauseNow } from "../registers/evidence/pauses.ts";
import type { Gone } from "../registers/register.ts";
import { deleteRequests, forgetClosed } from "../registers/requests/erase.ts";
import { requestsOver, wordsLeft } from "../registers/requests/register.ts";
import { dayInHelsinki } from "../values/Day.ts";
import { peopleADay } from "../values/safety.ts";

const system = () => systemCaller("retention");

/**
 * Erases what is due today, each person in a transaction of their own with its line of the ledger; keys go after. Answers how many requests went whole: none while
 * the clock is not believed or retention only shows what it would do.
 */
export async function eraseOldRequests(gate: Gate): Promise<number> {
  if (!(await clockIsRight(gate)) || (await pauseNow(gate)) !== null) return 0;
  const gone = await wordsLeft(gate);
  for (const subject of gone) await end(gate, subject, [], (steps) => forgetClosed(steps.requests()));
  const over = await requestsOver(gate, dayInHelsinki(gate.clock.now()));
  const people = [...Map.groupBy(over, ({ subject }) => subject)].slice(0, peopleADay(over.length));
  let erased = 0;
  for (const [subject, theirs] of people) {
    const ids = theirs.map(({ id }) => id);
    await end(gate, subject, ids, (steps) => deleteRequests(steps.requests(), ids));
    erased += ids.length;
  }
  if (gone.length + erased > 0) await replayErasures(gate);
  return erased;
}

const end = (
  gate: Gate,
  subject: string,
  rows: readonly string[],
  work: (steps: Steps) => Promise<Gone[]>,
): Promise<void> =>
  gate.right(system(), { right: "retention", verb: "erase", subject, kinds: [], beside: "requests" }, async (steps) => {
    const lines = (await work(steps)).map((one) => ({ ...one, register: "requests", graceDays: 0, rows }));
    await enter(steps, lines, "retention");
  });
