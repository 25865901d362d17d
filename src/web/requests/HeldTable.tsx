import type { Held } from "../../rights/contract.ts";
import { useLabels } from "../session/labels.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { basisWord } from "../ui/OriginValue.tsx";
import { useWords } from "../words/words.tsx";

/** The values of one register, each with where it came from and until when it stays. */
export function HeldTable({ label, items }: { label: string; items: readonly Held[] }) {
  const { t, day } = useWords();
  const when = useWhen();
  const labels = useLabels();
  const rows = items.map((held, place) => ({ ...held, place }));
  const until = ({ keepUntil }: Held) =>
    keepUntil === undefined ? "" : keepUntil === null ? t("origin.untilEvent") : day(keepUntil);
  return (
    <DataTable
      label={label}
      keyOf={({ place }) => place}
      rows={rows}
      columns={[
        { head: t("access.category"), width: "17%", cell: ({ category }) => <b>{labels.category(category)}</b> },
        {
          head: t("access.value"),
          prose: true,
          width: "36%",
          cell: ({ value }) => <span style={{ whiteSpace: "pre-line" }}>{value}</span>,
        },
        {
          head: t("access.origin"),
          cell: ({ source, at }) => (
            <span>
              {source && labels.source(source)}
              {source && at && " · "}
              {at && <span className="num">{when(at)}</span>}
            </span>
          ),
        },
        {
          head: t("access.whatFor"),
          cell: ({ purpose, basis }) => (
            <span>
              {[purpose && labels.purpose(purpose), basis && basisWord(t, basis)].filter(Boolean).join(" · ")}
            </span>
          ),
        },
        { head: t("access.keepUntil"), cell: (held) => <span className="num">{until(held)}</span> },
      ]}
    />
  );
}

/** A day or a moment (ISO 8601) as people write it; other text as it stands. */
export function useWhen(): (text: string) => string {
  const { day, moment } = useWords();
  return (text) => {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
    return Number.isNaN(Date.parse(text)) ? text : moment(text);
  };
}
