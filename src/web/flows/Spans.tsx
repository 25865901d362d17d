import { Group, SegmentedControl } from "@mantine/core";
import type { Day } from "../../values/Day.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { useWords } from "../words/words.tsx";
import { daysOf, type FlowSearch, spans } from "./search.ts";

type Props = { search: FlowSearch; onChange: (next: FlowSearch) => void };

/** Of which days the numbers are. */
export function Spans({ search, onChange }: Props) {
  const { t } = useWords();
  const { span = "days30" } = search;
  const days = daysOf(search);
  const choose = (next: string) => {
    const known = spans.find((each) => each === next);
    if (known === undefined || known === "days30") onChange({});
    else onChange(known === "own" ? { span: known, ...days } : { span: known });
  };
  const own = (change: { from?: Day | null; to?: Day | null }) => {
    const next = { ...days, ...change };
    onChange({ span: "own", ...(next.from && { from: next.from }), ...(next.to && { to: next.to }) });
  };
  return (
    <Group gap="sm" align="flex-end" className="flow-spans">
      <SegmentedControl
        aria-label={t("flows.span")}
        value={span}
        onChange={choose}
        data={spans.map((each) => ({ value: each, label: t(`flows.span.${each}`) }))}
      />
      {span === "own" && (
        <>
          <DayField aria-label={t("flows.from")} value={days.from} onChange={(from) => own({ from })} w={150} />
          <DayField aria-label={t("flows.to")} value={days.to} onChange={(to) => own({ to })} w={150} />
        </>
      )}
    </Group>
  );
}
