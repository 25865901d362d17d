// How long copies are kept: dated data with its source.
import table from "./periods.json" with { type: "json" };

export type Periods = {
  /** Base copies and the log that goes with them. */
  readonly databaseDays: number;
  /** So long every base copy stays; after that one a week, from which the log still leads to any moment. */
  readonly databaseDailyDays: number;
  readonly keyringDays: number;
  /** Besides one a day. */
  readonly keyringNewest: number;
};

/** Those in force on the day (UTC); the first ones before any. `dated`: the oldest first. */
export function periodsOn(at: Date, dated: readonly (Periods & { readonly from: string })[] = table): Periods {
  const day = at.toISOString().slice(0, 10);
  const found = dated.findLast(({ from }) => from <= day) ?? dated[0];
  if (!found) throw new Error("no periods for copies");
  return found;
}
