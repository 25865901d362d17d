import { Text } from "@mantine/core";
import type { PicturePart } from "../../proofs/picture/contract.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { useWords } from "../words/words.tsx";

/** The picture's facts for those who do not see it, or would rather read. */
export function PartTable({ parts, counted }: { parts: readonly PicturePart[]; counted: boolean }) {
  const { t, count } = useWords();
  const number = (value: number | undefined) => (value === undefined ? "–" : count(value));
  return (
    <details className="more flow-table">
      <summary>{t("flows.table")}</summary>
      <DataTable
        label={t("flows.table")}
        rows={parts}
        keyOf={({ part }) => part}
        columns={[
          {
            head: t("flows.column.what"),
            width: "24%",
            cell: ({ kind, title }) => (
              <span>
                <Text span size="xs" c="dimmed" display="block">
                  {t(`flows.kind.${kind}`)}
                </Text>
                {title}
              </span>
            ),
          },
          {
            head: t("flows.column.says"),
            prose: true,
            cell: ({ says, at }) => (
              <span>
                {says.join(" ")}
                <span className="place" style={{ display: "block" }}>
                  {at}
                </span>
              </span>
            ),
          },
          ...(counted
            ? [
                {
                  head: t("flows.column.allowed"),
                  align: "end" as const,
                  cell: ({ seen }: PicturePart) => number(seen?.allowed),
                },
                {
                  head: t("flows.column.refused"),
                  align: "end" as const,
                  cell: ({ seen }: PicturePart) => number(seen?.refused),
                },
              ]
            : []),
        ]}
      />
    </details>
  );
}
