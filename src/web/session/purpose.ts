// The purpose one acts for, kept in memory. None chosen: the server takes the first that the task and the roles allow.
import { useSyncExternalStore } from "react";

let chosen: string | undefined;
/** Chosen by a link for one page, and what it goes back to. */
let lent: { path: string; before: string | undefined } | undefined;
const listeners = new Set<() => void>();

export function choosePurpose(purpose: string | undefined): void {
  lent = undefined;
  choose(purpose);
}

/** For the page at `path` alone: what was chosen before comes back when one leaves it, or else it would hide everyday work for the rest of the session. */
export function lendPurpose(purpose: string, path: string): void {
  lent = { path, before: lent ? lent.before : chosen };
  choose(purpose);
}

/** The person has come to `path`. A page under the one it was lent to keeps it, and so do an order and an invoice opened from there. */
export function comeTo(path: string): void {
  if (lent && !path.startsWith(lent.path) && !/^\/(orders|invoices)\/[^/]/.test(path)) choosePurpose(lent.before);
}

function choose(purpose: string | undefined): void {
  chosen = purpose;
  for (const tell of listeners) tell();
}

export const purposeNow = (): string | undefined => chosen;

export function usePurpose(): string | undefined {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, purposeNow);
}
