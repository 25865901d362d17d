// Whether the clock is believed: pure. A clock that jumps (an empty battery, a wrong year typed in) would make everything due at once, and what is
// erased does not come back.
import { CLOCK_AHEAD_MS, CLOCK_BEHIND_MS } from "../../values/safety.ts";

/** `ahead`: it has gone further than time has, or the program stood still so long. `behind`: before what was last seen. `beforeLog`: before the log's newest. */
export type Doubt = "ahead" | "behind" | "beforeLog";

export type Look = {
  /** What the clock says, in milliseconds since 1970 (UTC: neither daylight saving nor a leap day is a jump). */
  nowMs: number;
  /** The highest moment believed so far; null where nothing has been. */
  seenMs: number | null;
  /** When this run of the program last believed the clock: the moment, and the time that has passed since; null in a run that has not yet. */
  since: { wallMs: number; passedMs: number } | null;
  /** How far the log's newest entry lies after the present, by the clock that wrote it; 0 or less is as it should be. */
  logAheadMs: number;
};

/**
 * null: believed. More than a day from where the clock should be, either way, is asked about; so is any moment before one that was seen, for time does
 * not go back (a few minutes are: clocks are set right by the network).
 * While the program runs, "should be" is told by the monotonic clock. At a start nothing tells how long the program stood still, and a second clock there
 * is not (the database's is the same machine's): a stop of more than a day asks too.
 */
export function doubtOf({ nowMs, seenMs, since, logAheadMs }: Look): Doubt | null {
  if (seenMs !== null && nowMs < seenMs - CLOCK_BEHIND_MS) return "behind";
  if (logAheadMs > CLOCK_BEHIND_MS) return "beforeLog";
  const expectedMs = since ? since.wallMs + since.passedMs : seenMs;
  if (expectedMs === null) return null;
  if (nowMs > expectedMs + CLOCK_AHEAD_MS) return "ahead";
  return nowMs < expectedMs - CLOCK_AHEAD_MS ? "behind" : null;
}
