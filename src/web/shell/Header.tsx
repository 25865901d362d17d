import { Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMe } from "../session/me.ts";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { Mark } from "./Mark.tsx";
import { MyMenu } from "./MyMenu.tsx";
import { PurposeChoice } from "./PurposeChoice.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";
import { SearchButton } from "./SearchButton.tsx";

export function Header({ burger }: { burger: ReactNode }) {
  const { company } = useMe();
  return (
    <Group h="100%" className="frame-bar" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap={10} wrap="nowrap" miw={0}>
        {burger}
        <Link
          to="/"
          style={{
            display: "flex",
            alignItems: "center",
            gap: 10,
            minWidth: 0,
            color: "inherit",
            textDecoration: "none",
          }}
        >
          <Mark />
          <Text fw={650} truncate>
            {company}
          </Text>
        </Link>
      </Group>
      <Group gap={6} wrap="nowrap">
        <SearchButton />
        <Group visibleFrom="sm" gap={6} wrap="nowrap">
          <PurposeChoice />
          <LanguageChoice saves />
          <SchemeSwitch />
        </Group>
        <MyMenu />
      </Group>
    </Group>
  );
}
