import { Button, Group, Text } from "@mantine/core";
import { useEffect } from "react";
import { useWords } from "../../words/words.tsx";
import { isEmpty, useDraft } from "./draft.ts";
import type { View } from "./editing.ts";

/** Stays in sight while something waits to be put in force. */
export function DraftBar({ onView }: { onView: (view: View) => void }) {
  const { t } = useWords();
  const draft = useDraft();
  const empty = isEmpty(draft);
  useEffect(() => {
    if (empty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [empty]);
  if (empty) return null;
  return (
    <Group className="draft" role="status" justify="space-between" gap="sm">
      <Text size="sm" fw={600}>
        {draft.text === null ? t("draft.waiting", { count: draft.changes.length }) : t("draft.fromFile")}
      </Text>
      <Button size="sm" onClick={() => onView({ kind: "trial" })}>
        {t("draft.review")}
      </Button>
    </Group>
  );
}
