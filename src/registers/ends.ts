// When something ends and how: judged the same way for a request, the preview and the run.
import type { Description, RetentionOf } from "../description/schema.ts";
import { type EventDays, keepUntil } from "../policy/keepUntil.ts";
import type { Day } from "../values/Day.ts";
import { otherClock } from "./latestStart.ts";
import type { HeldCategory } from "./register.ts";

/**
 * The last day on which something is kept, as `keepUntil` says; while an order waits for its delivery the clock for "nothing has happened yet"
 * counts too, because an old warranty that ends does not end the business under way. null: nothing is due.
 */
export function lastDay(rule: RetentionOf, events: EventDays, openOrder: boolean): Day | null {
  const until = keepUntil(rule, events);
  const other = otherClock(rule);
  if (!openOrder || until === null || !other || events[rule.from] === undefined) return until;
  const waiting = keepUntil(other, events);
  return waiting !== null && waiting > until ? waiting : until;
}

/** An open invoice needs the person; an identity code only where it was collected to secure a receivable (Data Protection Act 1050/2018, section 29). */
export const waitsForPayment = (rule: RetentionOf, row: string | null, { ground }: HeldCategory): boolean =>
  row === null && (rule.onRequest !== "erase" || ground === "collection" || ground === "credit");

/** Only orders can stand without the person: their amounts tell of nobody. */
export const endsAs = (
  description: Description,
  rule: RetentionOf,
  category: string,
  row: string | null,
): "erased" | "anonymised" =>
  rule.atEnd === "anonymise" && row === null && description.categories[category]?.type === "orders"
    ? "anonymised"
    : "erased";
