// Keys that work alone can be switched off: who dictates, or whose hand slips, would set off acts by them (WCAG 2.1.4). The choice is of
// this browser and says nothing of anybody.
import { useSyncExternalStore } from "react";

const NAME = "tietovirta-shortcuts";
const listeners = new Set<() => void>();

/** Without storage (a private window of some browsers) the choice lasts as long as the page. */
let off = stored();

function stored(): boolean {
  try {
    return localStorage.getItem(NAME) === "off";
  } catch {
    return false;
  }
}

export const singleKeysOn = (): boolean => !off;

export function setSingleKeys(on: boolean): void {
  off = !on;
  try {
    if (off) localStorage.setItem(NAME, "off");
    else localStorage.removeItem(NAME);
  } catch {
    // Kept in memory then.
  }
  for (const tell of listeners) tell();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, singleKeysOn);
}
