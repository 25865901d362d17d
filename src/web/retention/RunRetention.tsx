import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEraser } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import type { z } from "zod";
import type { ProblemError } from "../../api/call.ts";
import type { Due, runRetention } from "../../retention/contract.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

type Run = UseMutationResult<z.output<typeof runRetention.response>, ProblemError, unknown>;

/** Asks once before what cannot be undone; what is shown above is exactly what goes. */
export function RunRetention({ due, run }: { due: Due; run: Run }) {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const people = new Set(due.items.map(({ subjectId }) => subjectId)).size;
  return (
    <>
      <Button color="red" leftSection={<IconEraser size={17} aria-hidden />} onClick={open}>
        {t("retention.run")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("retention.sure")}
        confirm={t("retention.run")}
        danger
        busy={run.isPending}
        problem={run.error}
        onConfirm={() => run.mutate({}, { onSuccess: close })}
      >
        {t("retention.sureText", { people })}
      </ReasonDialog>
    </>
  );
}
