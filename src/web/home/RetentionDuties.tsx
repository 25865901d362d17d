import type { z } from "zod";
import type { countDue } from "../../retention/contract.ts";
import { useWords } from "../words/words.tsx";
import { Duty } from "./Duty.tsx";

/** What has come to its end; and first why nothing goes, while it waits for a person's word. */
export function RetentionDuties({ due: { people, doubt, pause } }: { due: z.output<typeof countDue.response> }) {
  const { t, dayOfMoment } = useWords();
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
