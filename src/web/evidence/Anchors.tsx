import { Text } from "@mantine/core";
import { useLabels } from "../session/labels.ts";
import { Command } from "../ui/Command.tsx";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import type { Head } from "./LogPage.tsx";

const SETTINGS = "ANCHOR_DIR=/media/stick ANCHOR_SYSTEM=anchorStick npm start";

/** The server's own: it tells of a database that went back, and guards against nobody who holds the server. */
const BESIDE = "data folder";
const FOLDER = "folder ".length;

/** Where checkpoints stand outside, and the line to be kept on paper. */
export function Anchors({ head: { anchors, checkpoint, size } }: { head: Head }) {
  const { t, moment, count } = useWords();
  const sinkWord = useSinkWord();
  return (
    <Section title={t("log.anchors")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("log.anchorsText")}
      </Text>
      {anchors.length > 0 && (
        <DataTable
          label={t("log.anchors")}
          rows={anchors}
          keyOf={({ sink }) => sink}
          columns={[
            { head: t("log.sink"), width: "40%", cell: ({ sink }) => <b>{sinkWord(sink)}</b> },
            { head: t("log.anchoredAt"), cell: ({ at }) => <span className="num">{moment(at)}</span> },
            { head: t("log.covered"), align: "end", cell: (one) => count(one.size) },
            { head: t("log.behind"), align: "end", cell: (one) => count(Math.max(0, size - one.size)) },
          ]}
        />
      )}
      {anchors.every(({ sink }) => sink === BESIDE) && (
        <>
          <Text size="sm" mt="md" mb="xs">
            {t("log.anchorsNone")}
          </Text>
          <Command>{SETTINGS}</Command>
        </>
      )}
      {checkpoint && (
        <>
          <Text size="sm" mt="md" mb="xs">
            {t("log.line")}
          </Text>
          <Command>{checkpoint.line}</Command>
        </>
      )}
    </Section>
  );
}

/** A sink is told by the description's own word for the helper that it is. */
function useSinkWord(): (sink: string) => string {
  const { t } = useWords();
  const labels = useLabels();
  return (sink) => {
    if (sink === BESIDE) return t("log.sink.beside");
    return sink.startsWith("folder ") ? t("log.sink.folder", { system: labels.system(sink.slice(FOLDER)) }) : sink;
  };
}
