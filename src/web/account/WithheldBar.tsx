import { Button, Group, Text } from "@mantine/core";
import { IconLockPassword } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useLabels } from "../session/labels.ts";
import { useMe } from "../session/me.ts";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";

/** Why roles that one was given are not in use, and the way to them. */
export function WithheldBar() {
  const { t } = useWords();
  const { role } = useLabels();
  const { withheld } = useMe();
  const path = useLocation({ select: ({ pathname }) => pathname });
  if (withheld.length === 0) return null;
  return (
    <Notice
      tone="attention"
      icon={IconLockPassword}
      title={t("withheld.title", { roles: withheld.map(role).join(", ") })}
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 260px">
          {t("withheld.text")}
        </Text>
        {path !== "/account" && (
          <Button size="compact-sm" renderRoot={(props) => <Link {...props} to="/account" />}>
            {t("withheld.go")}
          </Button>
        )}
      </Group>
    </Notice>
  );
}
