import { Button, Group, Text } from "@mantine/core";
import { IconCalendarOff, IconLockPassword } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import type { Me } from "../../registers/staff/contract.ts";
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
  const waiting = (what: Me["withheld"][number]["waitsFor"]) =>
    withheld.flatMap((each) => (each.waitsFor === what ? [role(each.role)] : [])).join(", ");
  const [factor, day] = [waiting("secondFactor"), waiting("lastDay")];
  return (
    <>
      {factor && (
        <Notice tone="attention" icon={IconLockPassword} title={t("withheld.title", { roles: factor })}>
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
      )}
      {day && (
        <Notice tone="attention" icon={IconCalendarOff} title={t("withheld.dayTitle", { roles: day })}>
          <Text size="sm">{t("withheld.dayText")}</Text>
        </Notice>
      )}
    </>
  );
}
