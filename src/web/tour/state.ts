// How far the tour is: in memory only, for it says nothing worth keeping.
import { useSyncExternalStore } from "react";

export const STEPS = ["add", "origin", "stop", "prove"] as const;
export type Step = (typeof STEPS)[number];
/** `at`: before the first step, at one, or past the last. `person`: who came by the form. */
export type Tour = { open: boolean; at: "offer" | Step | "end"; person: string | null };

const ORDER: readonly Tour["at"][] = STEPS;
const START: Tour = { open: false, at: "offer", person: null };
let tour: Tour = START;
const listeners = new Set<() => void>();

function set(next: Partial<Tour>): void {
  tour = { ...tour, ...next };
  for (const tell of listeners) tell();
}

export const offerTour = (): void => set({ ...START, open: true });
export const openTour = (): void => set({ open: true, at: tour.at === "end" ? "offer" : tour.at });
export const closeTour = (): void => set({ open: false });
export const rememberPerson = (person: string): void => set({ person });

/** 1 for the first step; 0 where the tour is at none. */
export const numberOf = (at: Tour["at"]): number => ORDER.indexOf(at) + 1;

export function goOn(): void {
  set({ at: STEPS[numberOf(tour.at)] ?? "end" });
}

export function useTour(): Tour {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => tour,
  );
}
