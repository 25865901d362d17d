import { Text } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { Backups, DrillFacts, Run } from "../../backup/contract.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useProblemSentence } from "../words/problemSentence.ts";
import { useWords } from "../words/words.tsx";
import { useAges } from "./ages.ts";

/** The copies really brought up: what was found in them, or why not. */
export function Drills({ backups: { drill } }: { backups: Backups }) {
  const { t, moment } = useWords();
  const { age } = useAges();
  return (
    <Section title={t("backups.drills")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("backups.drillsText")}
      </Text>
      {drill.last.length > 0 && (
        <DataTable
          label={t("backups.drills")}
          rows={drill.last}
          keyOf={({ startedAt }) => startedAt}
          columns={[
            {
              head: t("backups.drilledAt"),
              width: "15%",
              cell: ({ startedAt }) => <span className="num">{moment(startedAt)}</span>,
            },
            { head: t("backups.result"), width: "14%", cell: ({ problem }) => <Result good={problem === null} /> },
            { head: t("backups.found"), prose: true, cell: (run) => <Told run={run} /> },
            {
              head: t("backups.took"),
              align: "end",
              cell: ({ startedAt, finishedAt }) => age((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000),
            },
          ]}
        />
      )}
    </Section>
  );
}

function Told({ run: { problem, problemFacts, facts } }: { run: Run }) {
  const sentenceOf = useProblemSentence();
  if (problem !== null) return sentenceOf(problem, problemFacts);
  return facts && <Counted facts={facts} />;
}

function Counted({ facts: { until, ...counts } }: { facts: DrillFacts }) {
  const { t, moment } = useWords();
  return (
    <span>
      {t("backups.facts", counts)}{" "}
      <Text span size="sm" c="dimmed">
        {t("backups.until", { until: moment(until) })}
      </Text>
    </span>
  );
}

function Result({ good }: { good: boolean }) {
  const { t } = useWords();
  const Icon = good ? IconCheck : IconX;
  return (
    <StateMark tone={good ? "good" : "trouble"} icon={Icon}>
      {t(good ? "backups.good" : "backups.bad")}
    </StateMark>
  );
}
