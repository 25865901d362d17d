import { Text } from "@mantine/core";
import type { Due } from "../../retention/contract.ts";
import { useLabels } from "../session/labels.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

/** Ends that come to everybody at once by their nature: shown a day before, they go whole. */
export function Draws({ draws }: { draws: Due["draws"] }) {
  const { t } = useWords();
  const labels = useLabels();
  if (draws.length === 0) return null;
  return (
    <Section title={t("retention.draws")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("retention.drawsText")}
      </Text>
      <DataTable
        label={t("retention.draws")}
        rows={draws}
        keyOf={({ rule }) => rule}
        columns={[
          { head: t("retention.rule"), width: "40%", cell: ({ rule }) => labels.retention(rule) },
          { head: t("retention.register"), cell: ({ register }) => labels.register(register) },
          { head: t("retention.people"), align: "end", cell: ({ people }) => people },
          {
            head: t("retention.draw.state"),
            cell: ({ free }) => t(free ? "retention.draw.free" : "retention.draw.waits"),
          },
        ]}
      />
    </Section>
  );
}
