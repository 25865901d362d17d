import { Button, Checkbox, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../words/words.tsx";
import type { Chosen } from "./useChosen.ts";

/** Above a list: all of it chosen or none, how many are, and what may be done with them. */
export function ChosenBar<Row>({ chosen, children }: { chosen: Chosen<Row>; children: ReactNode }) {
  const { t } = useWords();
  const count = chosen.rows.length;
  return (
    <Group gap="md" mih={36} mb="xs">
      <Checkbox
        size="sm"
        label={t("bulk.all")}
        checked={chosen.all}
        indeterminate={count > 0 && !chosen.all}
        onChange={(event) => chosen.setAll(event.currentTarget.checked)}
      />
      <Text size="sm" c="dimmed" role="status">
        {count > 0 ? t("bulk.chosen", { count }) : ""}
      </Text>
      {count > 0 && (
        <Group gap="xs">
          {children}
          <Button size="compact-sm" variant="subtle" onClick={chosen.clear}>
            {t("bulk.clear")}
          </Button>
        </Group>
      )}
    </Group>
  );
}

type RowProps<Row> = {
  /** Absent: nothing can be done with many here. */
  chosen: Chosen<Row> | undefined;
  row: Row;
  /** What the box chooses, for those who do not see the row. */
  what: string;
  children: ReactNode;
};

/** The first cell of a row that can be chosen: its box before its link. */
export function ChosenCell<Row>({ chosen, row, what, children }: RowProps<Row>) {
  const { t } = useWords();
  if (!chosen) return children;
  return (
    <Group gap="sm" wrap="nowrap">
      <Checkbox
        size="sm"
        aria-label={t("bulk.choose", { what })}
        checked={chosen.has(row)}
        onChange={(event) => chosen.set(row, event.currentTarget.checked)}
      />
      {children}
    </Group>
  );
}
