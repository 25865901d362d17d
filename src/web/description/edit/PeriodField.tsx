import { Group, Input, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useId } from "react";
import { useWords } from "../../words/words.tsx";

type Props = {
  label: string;
  description: string | null;
  error: string | undefined;
  required: boolean;
  value: string;
  onChange: (value: string) => void;
};
const UNITS = ["Y", "M", "W", "D", "H"] as const;
type Unit = (typeof UNITS)[number];
const write = (count: number, unit: Unit): string => (unit === "H" ? `PT${count}H` : `P${count}${unit}`);

/** "5 vuotta" rather than P5Y; a period of several parts is shown as it is written in the file. */
export function PeriodField({ label, description, error, required, value, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const found = /^PT?(\d+)([YMWDH])$/.exec(value);
  if (value !== "" && !found)
    return (
      <TextInput
        {...{ label, description, error, required, value }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  const unit = UNITS.find((each) => each === found?.[2]) ?? "Y";
  return (
    <Input.Wrapper {...{ label, description, error, required, id }} labelProps={{ htmlFor: id }}>
      <Group gap="xs" wrap="nowrap" align="flex-start" mt={4}>
        <NumberInput
          id={id}
          w={96}
          min={0}
          hideControls
          allowDecimal={false}
          value={found ? Number(found[1]) : ""}
          onChange={(count) => onChange(typeof count === "number" ? write(count, unit) : "")}
        />
        <NativeSelect
          aria-label={t("draft.unitOf", { what: label })}
          value={unit}
          data={UNITS.map((each) => ({ value: each, label: t(`draft.unit.${each}`) }))}
          onChange={({ currentTarget }) => {
            const next = UNITS.find((each) => each === currentTarget.value);
            if (next) onChange(write(Number(found?.[1] ?? 1), next));
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
