// How often something failed lately, by a key that says nothing of a person (a keyed hash, an address). In memory and bounded.
import type { Clock } from "../values/Day.ts";

export type Attempts = {
  /** Seconds to wait; 0: go on. */
  waitSeconds(key: string): number;
  /** Counted before the work, so that many at once do not all pass. */
  count(key: string): void;
  forgive(key: string): void;
};

/** At most `most` within `withinMs`, counted from the first; then a wait until that time has passed, never longer. */
export function countAttempts(clock: Clock, { most, withinMs }: { most: number; withinMs: number }): Attempts {
  const KEPT = 20_000;
  const counted = new Map<string, { since: number; times: number }>();
  const fresh = (key: string) => {
    const found = counted.get(key);
    if (found && clock.now().getTime() - found.since < withinMs) return found;
    counted.delete(key);
    return undefined;
  };
  return {
    waitSeconds(key) {
      const found = fresh(key);
      if (!found || found.times < most) return 0;
      return Math.max(1, Math.ceil((found.since + withinMs - clock.now().getTime()) / 1000));
    },
    count(key) {
      const found = fresh(key);
      if (found) found.times++;
      else counted.set(key, { since: clock.now().getTime(), times: 1 });
      const oldest = counted.size > KEPT ? counted.keys().next().value : undefined;
      if (oldest !== undefined) counted.delete(oldest);
    },
    forgive(key) {
      counted.delete(key);
    },
  };
}
