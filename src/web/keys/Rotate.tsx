import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type RotatedLevel, rotateKeys } from "../../server/keys/contract.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

/** Asks once, telling what the change means while it is under way. */
export function Rotate({ level }: { level: RotatedLevel }) {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const act = useAct(rotateKeys);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={open}
        aria-label={t("keys.rotateOf", { level: t(`keys.level.${level}`) })}
      >
        {t("keys.rotate")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("keys.rotateSure", { level: t(`keys.level.${level}`) })}
        confirm={t("keys.rotate")}
        busy={act.isPending}
        problem={act.error}
        onConfirm={() => act.mutate({ body: { level } }, { onSuccess: close })}
      >
        {t(`keys.rotateText.${level}`)}
      </ReasonDialog>
    </>
  );
}
