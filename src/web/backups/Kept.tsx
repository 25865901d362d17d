import { Text } from "@mantine/core";
import type { Backups } from "../../backup/contract.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useMoreWords } from "../words/more.ts";
import { useWords } from "../words/words.tsx";
import { useAges } from "./ages.ts";

/** What stands at the target, and until when each copy may stay. */
export function Kept({ backups: { kept, bases } }: { backups: Backups }) {
  const { t, count, day, moment } = useWords();
  const { megabytes } = useAges();
  const words = useMoreWords("certificate");
  if (kept.length === 0 || !words) return null;
  return (
    <>
      <Section title={t("backups.kept")}>
        <Text size="sm" c="dimmed" mb="sm">
          {t("backups.keptText")}
        </Text>
        <DataTable
          label={t("backups.kept")}
          rows={kept}
          keyOf={({ what }) => what}
          columns={[
            { head: t("backups.what"), width: "36%", cell: ({ what }) => <b>{words(`copy.${what}`)}</b> },
            { head: t("backups.count"), align: "end", cell: (line) => count(line.count) },
            { head: t("backups.oldest"), align: "end", cell: ({ oldestAt }) => (oldestAt ? moment(oldestAt) : "–") },
            { head: t("backups.newest"), align: "end", cell: ({ newestAt }) => (newestAt ? moment(newestAt) : "–") },
            { head: t("backups.atMost"), align: "end", cell: ({ days }) => t("backups.days", { count: days }) },
          ]}
        />
      </Section>
      {bases.length > 0 && (
        <Section title={t("backups.bases")}>
          <DataTable
            label={t("backups.bases")}
            rows={bases}
            keyOf={({ name }) => name}
            columns={[
              { head: t("backups.madeAt"), width: "36%", cell: ({ at }) => <span className="num">{moment(at)}</span> },
              { head: t("backups.size"), align: "end", cell: ({ bytes }) => megabytes(bytes) },
              { head: t("backups.goneBy"), align: "end", cell: ({ goneBy }) => day(goneBy) },
            ]}
          />
        </Section>
      )}
    </>
  );
}
