import type { Clock } from "../../values/Day.ts";

/** A clock that stands where it is set, and goes like any other once it is released. Only the demo has one. */
export type DemoClock = Clock & { set: (moment: Date) => void; release: () => void };

export function demoClock(): DemoClock {
  let set: Date | null = null;
  return {
    now: () => set ?? new Date(),
    // The made-up year really passes, as far as the demo is concerned.
    monotonicMs: () => (set ?? new Date()).getTime(),
    set: (moment) => {
      set = moment;
    },
    release: () => {
      set = null;
    },
  };
}
