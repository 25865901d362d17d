import { ActionIcon, Box, Button, Group, Popover, Stack, Text, TextInput } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import {
  addView,
  listViews,
  removeView,
  type ViewedList,
  type ViewFilter,
} from "../../registers/staff/views/contract.ts";
import { useAct, useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { ProblemAlert } from "./ProblemAlert.tsx";

/** What of a list's address may be kept; the server holds to the same. */
const KEPT: readonly string[] = [
  "view",
  "from",
  "to",
  "decision",
  "verb",
  "register",
  "flow",
  "source",
  "purpose",
  "own",
];

type Props = {
  list: ViewedList;
  /** The list's address; what is searched for and whom it is about is left out of what is kept. */
  search: Readonly<Record<string, string | undefined>>;
  apply: (filter: ViewFilter) => void;
};

/** One's own names for filters of a list. */
export function SavedViews({ list, search, apply }: Props) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const views = useAsk(listViews, {}, { staleTime: 60_000 });
  const add = useAct(addView);
  const remove = useAct(removeView);
  const mine = views.data?.items.filter((view) => view.list === list) ?? [];
  const filter: ViewFilter = Object.fromEntries(
    Object.entries(search).filter(([key, value]) => KEPT.includes(key) && value !== undefined),
  );
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    add.mutate({ body: { list, name: name.trim(), filter } }, { onSuccess: () => setName("") });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBookmark size={17} aria-hidden />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t("views.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)" aria-label={t("views.title")}>
        <Stack gap="sm">
          {mine.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("views.none")}
            </Text>
          )}
          {mine.map(({ id, name: called, filter: kept }) => (
            <Group key={id} gap="xs" wrap="nowrap" justify="space-between">
              <Button
                variant="subtle"
                size="compact-sm"
                style={{ minWidth: 0 }}
                onClick={() => {
                  apply(kept);
                  setOpened(false);
                }}
              >
                {called}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("views.remove", { name: called })}
                onClick={() => remove.mutate({ params: { id } })}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={save}>
            <TextInput
              label={t("views.name")}
              description={t("views.help")}
              value={name}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setName(event.currentTarget.value)}
              inputContainer={(field) => (
                <Group gap="xs" align="flex-end" wrap="nowrap">
                  <Box flex={1}>{field}</Box>
                  <Button type="submit" size="sm" loading={add.isPending}>
                    {t("save")}
                  </Button>
                </Group>
              )}
            />
          </form>
          <ProblemAlert problem={add.error ?? remove.error} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
