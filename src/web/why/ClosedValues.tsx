import { Group, Text } from "@mantine/core";
import { readWhy } from "../../registers/staff/why/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { WhyNot } from "./WhyNot.tsx";

/** On a card: which of the register's data is not open to the reader's role or purpose, whether or not there is any of it on this card. */
export function ClosedValues() {
  const { t } = useWords();
  const { category } = useLabels();
  const { data } = useAsk(readWhy, { query: { act: "read customers" } }, { staleTime: 300_000 });
  const closed = data?.items[0]?.categories ?? [];
  if (closed.length === 0) return null;
  return (
    <Group gap={4} mt="xs">
      <Text size="sm" c="dimmed">
        {t("why.closedValues")}
      </Text>
      {closed.map(({ category: id }) => (
        <Group key={id} gap={0} wrap="nowrap">
          <Text size="sm">{category(id)}</Text>
          <WhyNot act={`read customers ${id}`} about={category(id)} />
        </Group>
      ))}
    </Group>
  );
}
