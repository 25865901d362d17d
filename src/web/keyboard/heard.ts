// What a press of a key means here.
import { holdsMod } from "./mod.ts";
import { doorLetters } from "./shortcuts.ts";

export type Heard = { does: "palette" | "shortcuts" | "search" | "newCustomer" | "save" } | { to: string };
type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "repeat">;

/** Between `g` and its letter. */
const SEQUENCE_MS = 1500;

/**
 * Hears presses one after another. `free`: nothing is being written, no dialog is open, and keys that work alone are on.
 * `at`: milliseconds, from any beginning.
 */
export function listener(): (press: Press, free: boolean, at: number) => Heard | undefined {
  let began = Number.NEGATIVE_INFINITY;
  return (press, free, at) => {
    const { key, altKey, shiftKey, isComposing, repeat } = press;
    if (isComposing || altKey || repeat) return undefined;
    if (holdsMod(press)) {
      if (shiftKey) return undefined;
      if (key.toLowerCase() === "k") return { does: "palette" };
      return key === "Enter" ? { does: "save" } : undefined;
    }
    if (!free || press.ctrlKey || press.metaKey) return undefined;
    const follows = at - began < SEQUENCE_MS;
    began = Number.NEGATIVE_INFINITY;
    if (follows) {
      const door = Object.entries(doorLetters).find(([, letter]) => letter === key.toLowerCase());
      if (door) return { to: door[0] };
    }
    if (key === "g") began = at;
    if (key === "/") return { does: "search" };
    if (key === "?") return { does: "shortcuts" };
    return key === "n" ? { does: "newCustomer" } : undefined;
  };
}

/** Somebody is writing there, or choosing from a list by its letters. */
export const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
