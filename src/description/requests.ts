// How long the register keeps what people have asked of their own data, and how it was answered.
import type { Description } from "./schema.ts";
import { UNKNOWN } from "./terms.ts";

/** ISO 8601 period counted from the day on which the request was closed; null: the description does not say, and closed requests stay. */
export function requestPeriodOf({ requests }: Description): string | null {
  const period = requests?.kept.period;
  return period === undefined || period === UNKNOWN ? null : period;
}
