import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { isDay } from "../../../values/Day.ts";
import { useWords } from "../../words/words.tsx";
import { DayField } from "./DayField.tsx";

type Props = {
  field: { label: string; type: string };
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
};

/** A category of the company's own, by its type; the value is text as the API keeps it. */
export function OwnValueField({ field: { label, type }, value, onChange, error }: Props) {
  const { t } = useWords();
  const change = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  if (type === "day") {
    return (
      <DayField
        label={label}
        value={isDay(value) ? value : null}
        onChange={(day) => onChange(day ?? "")}
        error={error}
        maw={220}
      />
    );
  }
  if (type === "yesNo") {
    const data = [
      { value: "", label: t("field.choose") },
      { value: "yes", label: t("yes") },
      { value: "no", label: t("no") },
    ];
    return <NativeSelect label={label} value={value} onChange={change} data={data} error={error} maw={220} />;
  }
  if (type === "longText") {
    return (
      <Textarea label={label} value={value} onChange={change} error={error} autosize minRows={3} maxLength={4000} />
    );
  }
  return (
    <TextInput
      label={label}
      value={value}
      onChange={change}
      error={error}
      maxLength={4000}
      {...(type === "number" && { inputMode: "decimal" as const })}
    />
  );
}
