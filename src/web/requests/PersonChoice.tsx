import { Button, Group, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconUserCheck } from "@tabler/icons-react";
import { useWords } from "../words/words.tsx";
import { type FoundPerson, useFoundPeople, usePersonLine } from "./useFoundPeople.ts";

export type Chosen = { id: string; name: string };
type Props = { name: string; chosen: Chosen | null; onChoose: (person: Chosen | null) => void };

const MOST = 5;

/** People of the register whom a written name may mean; one is chosen by a press, or none. */
export function PersonChoice({ name, chosen, onChoose }: Props) {
  const { t } = useWords();
  const [search] = useDebouncedValue(name.trim(), 200);
  const { items } = useFoundPeople(chosen || search.length < 2 ? "" : search);
  const line = usePersonLine();
  if (chosen)
    return (
      <Group gap="xs">
        <Text size="sm" fw={550}>
          <IconUserCheck size={17} aria-hidden style={{ verticalAlign: "-3px", marginRight: 6 }} />
          {t("newRequest.chosen", { name: chosen.name })}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={() => onChoose(null)}>
          {t("newRequest.unchoose")}
        </Button>
      </Group>
    );
  if (!items || items.length === 0) return null;
  const choose = (person: FoundPerson) => onChoose({ id: person.id, name: person.name ?? name.trim() });
  return (
    <Stack gap={4} role="group" aria-label={t("newRequest.suggestions")}>
      <Text size="sm" c="dimmed" mb={4} aria-hidden>
        {t("newRequest.suggestions")}
      </Text>
      {items.slice(0, MOST).map((person) => (
        <Button
          key={person.id}
          variant="default"
          size="sm"
          h="auto"
          py={6}
          justify="flex-start"
          styles={{ label: { whiteSpace: "normal", textAlign: "start" } }}
          onClick={() => choose(person)}
        >
          <span>
            {person.name ?? t("customer.unnamed")}{" "}
            <Text span size="sm" c="dimmed">
              {line(person)}
            </Text>
          </span>
        </Button>
      ))}
    </Stack>
  );
}
