import { Text } from "@mantine/core";
import type { KeysState } from "../../server/keys/contract.ts";
import { useEventWords } from "../evidence/eventWords.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

/** How many keys each register has, how old, how much used. */
export function PersonKeys({ keys }: { keys: KeysState }) {
  const { t, count, dayOfMoment } = useWords();
  const { registerName } = useEventWords();
  return (
    <Section title={t("keys.persons")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("keys.personsText", { keys: keys.keys, destroyed: keys.destroyed })}
      </Text>
      {keys.registers.length > 0 && (
        <DataTable
          label={t("keys.persons")}
          rows={keys.registers}
          keyOf={({ register }) => register}
          columns={[
            {
              head: t("evidence.register"),
              width: "30%",
              cell: ({ register }) => <b>{registerName(register)}</b>,
            },
            { head: t("keys.people"), align: "end", cell: ({ subjects }) => count(subjects) },
            { head: t("keys.count"), align: "end", cell: (line) => count(line.keys) },
            { head: t("keys.superseded"), align: "end", cell: ({ superseded }) => count(superseded) },
            {
              head: t("keys.oldest"),
              align: "end",
              cell: ({ oldest }) => (oldest ? dayOfMoment(oldest) : t("keys.sinceUnknown")),
            },
            { head: t("keys.mostUses"), align: "end", cell: ({ mostUses }) => count(mostUses) },
          ]}
        />
      )}
    </Section>
  );
}
