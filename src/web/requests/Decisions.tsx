import { Text } from "@mantine/core";
import type { ErasureDecision } from "../../rights/contract.ts";
import { useLabels } from "../session/labels.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Outcome } from "../ui/Outcome.tsx";
import { useWords } from "../words/words.tsx";

/** What happens to what, until when, and by which statute or ground; `done`: what has happened. */
export function Decisions({ decisions, done = false }: { decisions: readonly ErasureDecision[]; done?: boolean }) {
  const { t, sentence, day } = useWords();
  const labels = useLabels();
  return (
    <DataTable
      label={t("erasure.preview")}
      rows={decisions.map((decision, place) => ({ ...decision, at: place }))}
      keyOf={({ at }) => at}
      columns={[
        {
          head: t("erasure.register"),
          width: "30%",
          cell: ({ register, categories }) => (
            <span>
              <b>{labels.register(register)}</b>
              <br />
              {labels.categories(categories)}
            </span>
          ),
        },
        {
          head: t("erasure.outcome"),
          cell: ({ outcome, until }) => (
            <span>
              <Outcome of={outcome} done={done} />
              {until && (
                <Text component="span" size="sm" display="block" mt={4} className="num">
                  {t("erasure.until", { day: day(until) })}
                </Text>
              )}
            </span>
          ),
        },
        {
          head: t("erasure.reason"),
          prose: true,
          width: "44%",
          cell: ({ reason, ground, purposes, place }) => (
            <span>
              {sentence("rights", reason)}
              {purposes && purposes.length > 0 && (
                <> {t("erasure.onlyFor", { purposes: purposes.map(labels.purpose).join(", ") })}</>
              )}
              {ground && (
                <Text component="span" size="sm" c="dimmed" display="block" mt={2}>
                  {ground}
                </Text>
              )}
              <span className="place" style={{ display: "block" }}>
                {place}
              </span>
            </span>
          ),
        },
      ]}
    />
  );
}
