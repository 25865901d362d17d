import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";
import { staffSources } from "./draft.ts";

/** The source chosen, the phone until another is. */
export function useSource(): [string, (source: string) => void] {
  const { labels } = useLabels();
  const [chosen, choose] = useState("");
  const sources = staffSources(labels);
  return [chosen || (sources.find(({ id }) => id === "phone") ?? sources[0])?.id || "", choose];
}

export function SourceField({ value, onChange }: { value: string; onChange: (source: string) => void }) {
  const { t } = useWords();
  const { labels } = useLabels();
  return (
    <NativeSelect
      label={t("newCustomer.source")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={staffSources(labels).map(({ id, label }) => ({ value: id, label }))}
    />
  );
}
