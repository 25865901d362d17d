// Acts that wait for the person: to prove anew who they are (`freshSignIn`), or to sign in again where the session has ended (`notSignedIn`). A dialog asks,
// and the act is then done; what was typed stays where it is, in memory alone.
import { useSyncExternalStore } from "react";
import { ProblemError } from "../../api/call.ts";

/** All acts that wait for the same share one dialog. `givesUp`: whether Escape does. */
function waitingRoom(givesUp: boolean) {
  let waiting: ((done: boolean) => void)[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const settle = (done: boolean): void => {
    const settled = waiting;
    waiting = [];
    tell();
    for (const resolve of settled) resolve(done);
  };
  /** Escape closes the dialog in front alone: those behind it keep what was typed. Heard before them, because it was here first. */
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || waiting.length === 0) return;
      event.stopImmediatePropagation();
      if (givesUp) settle(false);
    },
    { capture: true },
  );
  return {
    ask: (): Promise<boolean> =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve];
        tell();
      }),
    settle,
    /** True while some act waits. */
    useWanted: (): boolean =>
      useSyncExternalStore(
        (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        () => waiting.length > 0,
      ),
  };
}

/** Nobody is signed in any more: the one who was may come back, and nobody else goes on with what is there. */
export const away = waitingRoom(false);
const proof = waitingRoom(true);

/** True once the person has proved it; false where they would not. */
export const proveAgain = proof.ask;
/** The person has proved it, or would not. */
export const settleProof = proof.settle;
export const useProofWanted = proof.useWanted;

const asks: Readonly<Record<string, () => Promise<boolean>>> = { freshSignIn: proveAgain, notSignedIn: away.ask };

/** Does the act, once more after a proof or a sign-in where the server asks for one. Without it the refusal stands. */
export async function withProof<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const ask = error instanceof ProblemError ? asks[error.code] : undefined;
    if (!ask || !(await ask())) throw error;
    return withProof(act);
  }
}
