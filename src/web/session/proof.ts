// Proving anew who one is: an act that the server answers with `freshSignIn` waits while the dialog asks, and is then done; what was typed stays where it is.
import { useSyncExternalStore } from "react";
import { ProblemError } from "../../api/call.ts";

/** All acts that wait share one dialog. */
let waiting: ((proved: boolean) => void)[] = [];
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** True once the person has proved it; false where they would not. */
export const proveAgain = (): Promise<boolean> =>
  new Promise((resolve) => {
    waiting = [...waiting, resolve];
    tell();
  });

/** The person has proved it, or would not. */
export function settleProof(proved: boolean): void {
  const settled = waiting;
  waiting = [];
  tell();
  for (const resolve of settled) resolve(proved);
}

/** Escape closes the dialog in front alone: those behind it keep what was typed. Heard before them, because it was here first. */
window.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || waiting.length === 0) return;
    event.stopImmediatePropagation();
    settleProof(false);
  },
  { capture: true },
);

/** True while some act waits. */
export const useProofWanted = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting.length > 0,
  );

/** Does the act, once more after a proof where the server asks for one. Without a proof the refusal stands. */
export async function withProof<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== "freshSignIn" || !(await proveAgain())) throw error;
    return act();
  }
}
