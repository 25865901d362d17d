import { ActionIcon, TextInput, type TextInputProps } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { addDays, type Day, dayInHelsinki, dayOf, dayParts, isDay } from "../../../values/Day.ts";
import { useWords } from "../../words/words.tsx";

type Props = Omit<TextInputProps, "value" | "onChange"> & { value: Day | null; onChange: (day: Day | null) => void };

/** A day typed as people write it ("3.2.2026", "3.2.", "2026-02-03"), or picked from the browser's own calendar. */
export function DayField({ value, onChange, error, ...rest }: Props) {
  const { t, day } = useWords();
  const [text, setText] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const wrong = text !== null && text.trim() !== "" && value === null;
  return (
    <div style={{ position: "relative" }}>
      <TextInput
        placeholder={t("field.dayForm")}
        {...rest}
        value={text ?? (value ? day(value) : "")}
        error={wrong ? t("field.dayWrong") : error}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onChange(readDay(event.currentTarget.value));
        }}
        onBlur={() => value && setText(null)}
        rightSection={
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("field.openCalendar")}
            onClick={() => picker.current?.showPicker()}
          >
            <IconCalendar size={17} aria-hidden />
          </ActionIcon>
        }
      />
      <input
        ref={picker}
        type="date"
        tabIndex={-1}
        aria-hidden
        value={value ?? ""}
        onChange={(event) => {
          setText(null);
          onChange(isDay(event.currentTarget.value) ? event.currentTarget.value : null);
        }}
        style={{ position: "absolute", right: 0, bottom: 0, width: 1, height: 1, opacity: 0, pointerEvents: "none" }}
      />
    </div>
  );
}

/** The day a person meant, or null; without a year it is the nearest such day, at most half a year ahead. */
export function readDay(text: string): Day | null {
  const bare = text.trim();
  if (isDay(bare)) return bare;
  const found = /^(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4})?$/.exec(bare);
  if (!found) return null;
  const today = dayInHelsinki(new Date());
  const written = (year: number) => tryDay(year, Number(found[2]), Number(found[1]));
  if (found[3]) return written(Number(found[3]));
  const { year } = dayParts(today);
  const thisYear = written(year);
  return thisYear && thisYear > addDays(today, 183) ? written(year - 1) : thisYear;
}

function tryDay(year: number, month: number, date: number): Day | null {
  try {
    return dayOf(year, month, date);
  } catch {
    return null;
  }
}
