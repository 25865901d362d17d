import { ActionIcon, Alert, Button, Group, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconLink } from "@tabler/icons-react";
import { useWords } from "../words/words.tsx";

/** A link that works once, shown once. */
export function LinkMade({ link, endsAt, onClose }: { link: string; endsAt: string; onClose: () => void }) {
  const { t, moment } = useWords();
  const { copy, copied } = useClipboard({ timeout: 3000 });
  return (
    <Stack gap="md">
      <Alert color="spruce" icon={<IconLink size={20} aria-hidden />} title={t("account.linkMade")}>
        {t("account.linkText", { moment: moment(endsAt) })}
      </Alert>
      <TextInput
        label={t("account.link")}
        value={link}
        readOnly
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
        rightSection={
          <Tooltip label={copied ? t("account.copied") : t("account.copy")}>
            <ActionIcon variant="subtle" aria-label={t("account.copy")} onClick={() => copy(link)}>
              {copied ? <IconCheck size={17} aria-hidden /> : <IconCopy size={17} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        }
      />
      <Text size="sm" role="status">
        {copied ? t("account.copied") : ""}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("close")}</Button>
      </Group>
    </Stack>
  );
}
