// How long one thing is kept: the one computation behind the card, the preview, the run, an erasure's answer and the printed period.
import type { RetentionOf } from "../description/schema.ts";
import { UNKNOWN } from "../description/terms.ts";
import { addPeriod, type Day, endOfYear } from "../values/Day.ts";

/** Days by event, the last of each kind. */
export type EventDays = Readonly<Record<string, Day | undefined>>;

/**
 * The last day on which something under the rule is kept; it is due on the day after. null: the event that starts the period has not
 * happened (or the period is not known yet), so nothing is due.
 * The end of a financial year counts from the end of its calendar year (Accounting Act 1336/1997, chapter 2, section 10). A receivable that was
 * settled before the value was collected is not the one that the value secures: the period begins at the collecting at the earliest.
 */
export function keepUntil(rule: RetentionOf, events: EventDays): Day | null {
  const started = rule.from === "receivableSettled" ? settledSince(events) : events[rule.from];
  if (started !== undefined)
    return rule.period === UNKNOWN ? null : addPeriod(startOf(rule.from, started), rule.period);
  const { otherwise } = rule;
  const began = otherwise && events[otherwise.from];
  return otherwise && began !== undefined ? addPeriod(startOf(otherwise.from, began), otherwise.period) : null;
}

function settledSince({ receivableSettled: settled, collected }: EventDays): Day | undefined {
  return settled !== undefined && collected !== undefined && collected > settled ? collected : settled;
}

const startOf = (event: string, day: Day): Day => (event === "financialYearEnd" ? endOfYear(day) : day);
