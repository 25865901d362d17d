import { Button, Group, Text } from "@mantine/core";
import { IconBellExclamation } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";
import { useNotices } from "./useNotices.ts";

/** What is not as it should be, by its name, on every page of whoever keeps backups; told whole where one looks after it. It goes away by itself. */
export function NoticesBar() {
  const { t } = useWords();
  // A full disk has a banner for everybody.
  const open = useNotices()?.filter(({ kind, mendedAt }) => mendedAt === null && kind !== "diskNearlyFull");
  if (!open || open.length === 0) return null;
  return (
    <Notice tone="attention" icon={IconBellExclamation}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} flex="1 1 240px">
          {open.map(({ title }) => title).join(". ")}.
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          renderRoot={(props) => <Link {...props} to="/backups" hash="notices" />}
        >
          {t("notices.look")}
        </Button>
      </Group>
    </Notice>
  );
}
