import type { Day } from "../../values/Day.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { useWords } from "../words/words.tsx";

type Props = { value: Day | null; onChange: (day: Day | null) => void };

/** The last day of an account; needed for the people of another organisation and for inspectors, free to leave open for one's own. */
export function LastDay({ value, onChange }: Props) {
  const { t } = useWords();
  return (
    <DayField
      label={t("account.lastDay")}
      description={t("account.lastDayHelp")}
      value={value}
      onChange={onChange}
      mt="sm"
    />
  );
}
