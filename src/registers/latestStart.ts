import type { RetentionOf } from "../description/schema.ts";
import { keepUntil } from "../policy/keepUntil.ts";
import { addDays, type Day } from "../values/Day.ts";

const FARTHEST = 36_500;

/**
 * The last day on which a period could have begun so that it is over before the day: what an index on event days is asked for. Found with
 * `keepUntil` itself, so that the search and the judgement cannot differ. null: no beginning of the last hundred years is over.
 */
export function latestStart(rule: RetentionOf, day: Day): Day | null {
  const { otherwise: _, ...plain } = rule;
  const over = (ago: number): boolean => {
    const until = keepUntil(plain, { [rule.from]: addDays(day, -ago) });
    return until !== null && until < day;
  };
  if (!over(FARTHEST)) return null;
  let [notYet, sure] = [-1, FARTHEST];
  while (sure - notYet > 1) {
    const middle = Math.floor((sure + notYet) / 2);
    if (over(middle)) sure = middle;
    else notYet = middle;
  }
  return addDays(day, -sure);
}

/** The other clock of a rule as a rule of its own; null where it has none. */
export function otherClock(rule: RetentionOf): RetentionOf | null {
  const { otherwise, ...plain } = rule;
  return otherwise ? { ...plain, from: otherwise.from, period: otherwise.period } : null;
}
