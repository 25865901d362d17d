import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEye } from "@tabler/icons-react";
import { type Due, endPause } from "../../retention/contract.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { Notice } from "../ui/Notice.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

/** Time to look before anything goes; a person with the duty may end it early. */
export function PauseNotice({ pause }: { pause: NonNullable<Due["pause"]> }) {
  const { t, dayOfMoment } = useWords();
  const may = useMay();
  const [opened, { open, close }] = useDisclosure();
  const end = useAct(endPause);
  return (
    <Notice tone="attention" icon={IconEye} title={t("retention.pause.title")}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(`retention.pause.${pause.why}`, { until: dayOfMoment(pause.until) })}</Text>
        {may("keeps retention change") && (
          <Button size="sm" variant="default" onClick={open}>
            {t("retention.pause.end")}
          </Button>
        )}
      </Stack>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("retention.pause.sure")}
        confirm={t("retention.pause.end")}
        danger
        busy={end.isPending}
        problem={end.error}
        onConfirm={() => end.mutate({}, { onSuccess: close })}
      >
        {t("retention.pause.sureText")}
      </ReasonDialog>
    </Notice>
  );
}
