import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import { decimalCents, parseCents } from "../../../values/Money.ts";
import { useWords } from "../../words/words.tsx";

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  cents: number | null;
  onChange: (cents: number | null) => void;
};

/** Euros typed with a comma or a point; given on as whole cents, or null while it is not an amount. */
export function MoneyField({ cents, onChange, error, ...rest }: Props) {
  const { t, language } = useWords();
  const [text, setText] = useState<string | null>(null);
  const shown = cents === null ? "" : decimalCents(cents, language === "en" ? "." : ",");
  const wrong = text !== null && text.trim() !== "" && cents === null;
  return (
    <TextInput
      inputMode="decimal"
      {...rest}
      value={text ?? shown}
      error={wrong ? t("field.moneyWrong") : error}
      rightSection={<span aria-hidden>€</span>}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(readMoney(event.currentTarget.value));
      }}
      onBlur={() => cents !== null && setText(null)}
      styles={{ input: { textAlign: "right", fontVariantNumeric: "tabular-nums" } }}
    />
  );
}

function readMoney(text: string): number | null {
  try {
    return parseCents(text);
  } catch {
    return null;
  }
}
