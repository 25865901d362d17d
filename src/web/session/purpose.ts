// The purpose one acts for, kept in memory. None chosen: the server takes the first that the task and the roles allow.
import { useSyncExternalStore } from "react";

let chosen: string | undefined;
const listeners = new Set<() => void>();

export function choosePurpose(purpose: string | undefined): void {
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
