import { ActionIcon, CopyButton, Group } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useWords } from "../words/words.tsx";

/** Lines to be typed elsewhere, as they stand. */
export function Command({ children }: { children: string }) {
  const { t } = useWords();
  return (
    <Group className="command" gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
      <code>{children}</code>
      <CopyButton value={children}>
        {({ copied, copy }) => (
          <ActionIcon variant="subtle" color="gray" aria-label={t(copied ? "copied" : "copy")} onClick={copy}>
            {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}
