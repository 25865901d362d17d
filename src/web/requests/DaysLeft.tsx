import { IconAlertTriangle, IconClock, IconClockExclamation } from "@tabler/icons-react";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";

const SOON = 7;

/** "3 päivää jäljellä", "2 päivää myöhässä" */
export function daysLeftWord(t: ReturnType<typeof useWords>["t"], daysLeft: number): string {
  if (daysLeft < 0) return t("days.late", { days: -daysLeft });
  return daysLeft === 0 ? t("days.last") : t("days.left", { days: daysLeft });
}

/** How long there is to answer: in words, and in a colour beside them. */
export function DaysLeft({ daysLeft }: { daysLeft: number }) {
  const { t } = useWords();
  const word = daysLeftWord(t, daysLeft);
  if (daysLeft < 0)
    return (
      <StateMark tone="trouble" icon={IconAlertTriangle}>
        {word}
      </StateMark>
    );
  return (
    <StateMark
      tone={daysLeft <= SOON ? "attention" : "plain"}
      icon={daysLeft <= SOON ? IconClockExclamation : IconClock}
    >
      {word}
    </StateMark>
  );
}
