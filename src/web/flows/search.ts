// What the address says of the picture: the period of its numbers, and what is asked about.
import { addDays, type Day, dayInHelsinki, isDay } from "../../values/Day.ts";

export const spans = ["days30", "month", "year", "own"] as const;
export type Span = (typeof spans)[number];
export type FlowSearch = { span?: Exclude<Span, "days30">; from?: Day; to?: Day };

const dayed = (value: unknown) => (typeof value === "string" && isDay(value) ? value : undefined);

/** Anything else in the address is as if it said nothing. */
export function flowSearch({ span, from, to }: Record<string, unknown>): FlowSearch {
  const known = (["month", "year", "own"] as const).find((each) => each === span);
  const [first, last] = [dayed(from), dayed(to)];
  return {
    ...(known !== undefined && { span: known }),
    ...(known === "own" && first && { from: first }),
    ...(known === "own" && last && { to: last }),
  };
}

/** The days that are meant, both included, in Finland. */
export function daysOf({ span = "days30", from, to }: { span?: Span; from?: Day; to?: Day }): { from: Day; to: Day } {
  const today = dayInHelsinki(new Date());
  if (span === "own") {
    const last = to ?? today;
    return { from: from === undefined || from > last ? addDays(last, -29) : from, to: last };
  }
  if (span === "month") return { from: addDays(today, 1 - Number(today.slice(8))), to: today };
  return { from: addDays(today, span === "year" ? -364 : -29), to: today };
}
