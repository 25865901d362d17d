import { Button, Checkbox } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEraser } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import type { ProblemError } from "../../api/call.ts";
import type { Due, runRetention } from "../../retention/contract.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

type Given = { query?: { confirmClock?: "true" | "false" | undefined } };
type Run = UseMutationResult<z.output<typeof runRetention.response>, ProblemError, Given>;

/** Asks once before what cannot be undone; what is shown above is exactly what goes. A clock that has jumped is first said to be right. */
export function RunRetention({ due, run }: { due: Due; run: Run }) {
  const { t, day } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const [clockRight, setClockRight] = useState(false);
  const people = new Set(due.items.map(({ subjectId }) => subjectId)).size;
  const jumped = due.clock === "jumped";
  const given: Given = jumped ? { query: { confirmClock: "true" } } : {};
  const leave = () => {
    setClockRight(false);
    close();
  };
  return (
    <>
      <Button color="red" leftSection={<IconEraser size={17} aria-hidden />} onClick={open}>
        {t("retention.run")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={leave}
        title={t("retention.sure")}
        confirm={t("retention.run")}
        danger
        ready={!jumped || clockRight}
        busy={run.isPending}
        problem={run.error}
        onConfirm={() => run.mutate(given, { onSuccess: leave })}
      >
        {t("retention.sureText", { people })}
        {jumped && (
          <Checkbox
            mt="md"
            checked={clockRight}
            onChange={(event) => setClockRight(event.currentTarget.checked)}
            label={t("retention.clockRight", { day: day(due.day) })}
          />
        )}
      </ReasonDialog>
    </>
  );
}
