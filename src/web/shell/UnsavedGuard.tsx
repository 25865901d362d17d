import { useQueryClient } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";
import { hasUnsaved, watchTyping } from "./unsaved.ts";

/** Asks before text that was typed and not saved is left behind: another page, a reload, a closed window. */
export function UnsavedGuard() {
  const { t } = useWords();
  const client = useQueryClient();
  useEffect(watchTyping, []);
  const unsaved = useCallback(() => {
    const saved = client
      .getMutationCache()
      .getAll()
      .filter(({ state, meta }) => state.status === "success" && !meta?.keepsTyped);
    return hasUnsaved(Math.max(0, ...saved.map(({ state }) => state.submittedAt)));
  }, [client]);
  const leaves = useCallback(
    ({ current, next }: { current: { pathname: string }; next: { pathname: string } }) =>
      current.pathname !== next.pathname && unsaved(),
    [unsaved],
  );
  const asked = useBlocker({ shouldBlockFn: leaves, enableBeforeUnload: unsaved, withResolver: true });
  return (
    <ReasonDialog
      opened={asked.status === "blocked"}
      onClose={() => asked.reset?.()}
      title={t("unsaved.title")}
      confirm={t("unsaved.leave")}
      danger
      busy={false}
      problem={null}
      onConfirm={() => asked.proceed?.()}
    >
      {t("unsaved.text")}
    </ReasonDialog>
  );
}
