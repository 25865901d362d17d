import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useWords } from "../words/words.tsx";

const SHOWN_MS = 10_000;

type Props = { what: string; busy: boolean; undo: () => void; over: () => void };

/** Takes a change back for ten seconds; whoever has the button under the pointer or the keyboard is not hurried. */
export function Undo({ what, busy, undo, over }: Props) {
  const { t } = useWords();
  const [held, setHeld] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time begins when the button comes or is let go of, not when the row is drawn anew.
  useEffect(() => {
    if (held || busy) return;
    const timer = setTimeout(over, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, busy]);
  return (
    <Button
      size="compact-xs"
      variant="light"
      leftSection={<IconArrowBackUp size={14} aria-hidden />}
      aria-label={t("customer.undoFor", { what })}
      onClick={undo}
      loading={busy}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {t("undo")}
    </Button>
  );
}
