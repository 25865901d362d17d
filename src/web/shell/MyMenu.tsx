import { Button, Menu, Text } from "@mantine/core";
import { IconChevronDown, IconLogout } from "@tabler/icons-react";
import { signOut } from "../../registers/staff/contract.ts";
import { useLabels } from "../session/labels.ts";
import { leave, useMe } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { useWords } from "../words/words.tsx";

export function MyMenu() {
  const { t } = useWords();
  const { name, roles } = useMe();
  const { role } = useLabels();
  const act = useAct(signOut);
  // Without an answer the cookie may live on: then one is told, and stays.
  const out = () => act.mutate({}, { onSuccess: leave });
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px={8}
          c="var(--mantine-color-text)"
          rightSection={<IconChevronDown size={15} aria-hidden />}
        >
          <Text component="span" size="sm" fw={550} truncate maw={150} visibleFrom="md">
            {name}
          </Text>
          <Text component="span" size="sm" fw={650} hiddenFrom="md" aria-label={name}>
            {initials(name)}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          <br />
          {roles.map(role).join(", ")}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={out} closeMenuOnClick={false}>
          {act.error ? t("signOut.failed") : t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();
