import type { Due } from "../../retention/contract.ts";
import { useWords } from "../words/words.tsx";
import { Duty } from "./Duty.tsx";

/** What has come to its end; and first why nothing goes, while it waits for a person's word. */
export function RetentionDuties({ due: { items, doubt, pause } }: { due: Due }) {
  const { t, dayOfMoment } = useWords();
  const people = new Set(items.map(({ subjectId }) => subjectId)).size;
  return (
    <>
      {doubt && <Duty to="/retention" title={t("home.clock")} tone="bad" text={t("home.clockText")} />}
      {pause && (
        <Duty
          to="/retention"
          title={t("home.pause", { until: dayOfMoment(pause.until) })}
          tone="look"
          text={t(`home.pause.${pause.why}`)}
        />
      )}
      <Duty
        to="/retention"
        title={t(people > 0 ? "home.due" : "home.dueNothing")}
        tone={people > 0 ? "look" : "good"}
        text={people > 0 ? t("home.dueCount", { count: people }) : t("home.dueNone")}
      />
    </>
  );
}
