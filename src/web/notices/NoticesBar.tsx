import { Alert, Stack, Text } from "@mantine/core";
import { IconBellExclamation } from "@tabler/icons-react";
import { useWords } from "../words/words.tsx";
import { useNotices } from "./useNotices.ts";

/** What is not as it should be, on every page of whoever keeps backups. It goes away by itself when all is well. */
export function NoticesBar() {
  const { t } = useWords();
  const open = useNotices()?.filter(({ mendedAt }) => mendedAt === null);
  if (!open || open.length === 0) return null;
  return (
    <Alert
      role="status"
      color="amber"
      icon={<IconBellExclamation size={20} aria-hidden />}
      title={t("notices.title", { count: open.length })}
      mb="xl"
    >
      <Stack gap={8}>
        {open.map(({ kind, title, text, wayOut }) => (
          <Text key={kind} size="sm">
            <b>{title}.</b> {text} {wayOut}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
