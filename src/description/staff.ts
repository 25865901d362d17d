// How long the register keeps what it knows of the people who use it: the log of what they did, and the accounts of those who have left.
import type { Description } from "./schema.ts";
import { UNKNOWN } from "./terms.ts";

/** ISO 8601 period counted from each entry of the log; null: the description does not say, and no entry may go until it does. */
export const logPeriodOf = ({ staff }: Description): string | null => said(staff?.log.period);

/** ISO 8601 period counted from the day on which an account is closed; null: the description does not say, and closed accounts stay. */
export const accountPeriodOf = ({ staff }: Description): string | null => said(staff?.accounts.period);

const said = (period: string | undefined): string | null =>
  period === undefined || period === UNKNOWN ? null : period;
