// What waits for somebody's answer: a challenge, a secret to be confirmed. Taken once, for a few minutes, by whoever began it. In memory and bounded.
import type { Clock } from "../../../values/Day.ts";
import { CHALLENGE_MS } from "../../../values/safety.ts";

const MOST = 10_000;

export type Waiting<T> = {
  /** Instead of what waited for the same holder (a session, or a browser that has begun to sign in). */
  put(holder: string, what: T): void;
  /** null where nothing waits any more. */
  take(holder: string | null): T | null;
};

export function keepWaiting<T>(clock: Clock): Waiting<T> {
  const kept = new Map<string, { what: T; until: number }>();
  return {
    put(holder, what) {
      kept.delete(holder);
      kept.set(holder, { what, until: clock.now().getTime() + CHALLENGE_MS });
      const oldest = kept.size > MOST ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
    take(holder) {
      if (holder === null) return null;
      const found = kept.get(holder);
      kept.delete(holder);
      return found && clock.now().getTime() < found.until ? found.what : null;
    },
  };
}
