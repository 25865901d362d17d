// How a page is made: a folder with the module's name, one component in a `Page`, a line in `router.tsx`, a line in `shell/navigation.ts`.
// It reads with `useAsk(contract, given)`, writes with `useAct(contract)` (session/server.ts), speaks with `useWords().t` (keys in
// locales/*/web.json, all three languages) and shows the company's own words with `useLabels()`. What may not be done is not shown: `useMay()`;
// why not is told by the door under every page, from the contracts that the page calls and the acts it asks for (why/offers.json, written by its test
// with GOLDEN=write), and where a page would stand empty for it, by `WhoMay` in that place.
import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

type Props = {
  title: string;
  /** One or two sentences: what this page is for. */
  lead?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; params?: Record<string, string>; search?: Record<string, string>; label: string };
  /** `work`: wide and dense. `read`: a column for reading and filling in. */
  width?: "work" | "read";
  /** In the browser's tab instead of the title: a person's name does not belong in the browser's history. */
  tab?: string;
  children: ReactNode;
};

export function Page({ title, lead, actions, back, width = "work", tab, children }: Props) {
  useEffect(() => {
    document.title = `${tab ?? title} · Tietovirta`;
  }, [title, tab]);
  return (
    <div className="page" data-width={width}>
      {back && (
        <Anchor
          renderRoot={(props) => <Link {...props} to={back.to} params={back.params ?? {}} search={back.search ?? {}} />}
          size="sm"
          mb={10}
          display="inline-flex"
        >
          <Group gap={6} component="span">
            <IconArrowLeft size={15} aria-hidden />
            {back.label}
          </Group>
        </Anchor>
      )}
      <Group justify="space-between" align="flex-start" gap="md" mb="xl">
        <Stack gap={6} flex="1 1 260px">
          <Title order={1}>{title}</Title>
          {lead && (
            <Text c="dimmed" maw={620}>
              {lead}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
