import { Button, Popover, Text } from "@mantine/core";
import { IconChevronDown, IconLogout, IconMask, IconUserCog } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { signOut } from "../../registers/staff/contract.ts";
import { useLabels } from "../session/labels.ts";
import { leave, useMay, useMe } from "../session/me.ts";
import { useWords } from "../words/words.tsx";
import { useCondition } from "./useCondition.ts";

/** Who one is and in which roles, and the way out. */
export function MyMenu() {
  const { t } = useWords();
  const { name, roles } = useMe();
  const { role } = useLabels();
  const [opened, setOpened] = useState(false);
  const mayTry = useMay()("keeps accounts change");
  const demo = useCondition()?.demo ?? "this";
  // Nothing is asked anew behind it: there is nobody to answer. Without an answer the cookie may live on: then one is told, and stays.
  const act = useMutation({ mutationFn: () => call(signOut, {}), onSuccess: leave });
  const line = {
    ...({ variant: "subtle", color: "gray", c: "var(--mantine-color-text)", px: 8 } as const),
    ...{ fullWidth: true, justify: "flex-start", onClick: () => setOpened(false) },
  };
  return (
    <Popover
      opened={opened}
      onDismiss={() => setOpened(false)}
      position="bottom-end"
      width={260}
      shadow="md"
      withRoles={false}
      withinPortal={false}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          px={8}
          c="var(--mantine-color-text)"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
          onKeyDown={(event) => event.key === "Escape" && setOpened(false)}
          rightSection={<IconChevronDown size={15} aria-hidden />}
        >
          <Text component="span" size="sm" fw={550} truncate maw={150} visibleFrom="md">
            {name}
          </Text>
          <Text component="span" size="sm" fw={650} hiddenFrom="md" role="img" aria-label={name}>
            {initials(name)}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <Text size="sm" fw={600} px={8} pt={4}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" px={8} pb={8}>
          {roles.map(role).join(", ")}
        </Text>
        <Button
          {...line}
          renderRoot={(props) => <Link {...props} to="/account" />}
          leftSection={<IconUserCog size={16} aria-hidden />}
        >
          {t("myAccount.title")}
        </Button>
        {mayTry && demo !== "this" && (
          <Button
            {...line}
            renderRoot={(props) => <Link {...props} to="/demo" />}
            leftSection={<IconMask size={16} aria-hidden />}
          >
            {t("demo.look")}
          </Button>
        )}
        <Button
          {...line}
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => act.mutate()}
          loading={act.isPending}
        >
          {act.error ? t("signOut.failed") : t("signOut")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();
