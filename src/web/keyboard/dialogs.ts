// Which of the dialogs that the keyboard opens is open; one at a time, known to the header and to the keys alike.
import { useSyncExternalStore } from "react";

export type Dialog = "palette" | "shortcuts";

let opened: Dialog | undefined;
const listeners = new Set<() => void>();

export function openDialog(dialog: Dialog | undefined): void {
  opened = dialog;
  for (const tell of listeners) tell();
}

export function useOpenedDialog(): Dialog | undefined {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => opened,
  );
}
