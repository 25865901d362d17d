import { ActionIcon, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { dayInHelsinki } from "../../values/Day.ts";
import { vatClasses, vatPermille } from "../../values/Vat.ts";
import { MoneyField } from "../ui/fields/MoneyField.tsx";
import { useWords } from "../words/words.tsx";
import { type LineDraft, quantityOf } from "./orderDraft.ts";

type Props = {
  line: LineDraft;
  number: number;
  total: { netCents: number; totalCents: number } | undefined;
  priceIncludesVat: boolean;
  tried: boolean;
  onChange: (line: LineDraft) => void;
  onRemove: (() => void) | undefined;
};

export function OrderLineFields({ line, number, total, priceIncludesVat, tried, onChange, onRemove }: Props) {
  const { t, money, percent } = useWords();
  const today = dayInHelsinki(new Date());
  return (
    <fieldset className="order-line">
      <legend>{t("order.lineNumber", { number })}</legend>
      <TextInput
        label={t("order.description")}
        value={line.description}
        onChange={(event) => onChange({ ...line, description: event.currentTarget.value })}
        error={tried && line.description.trim() === "" ? t("field.required") : undefined}
        maxLength={400}
        autoFocus={number > 1 || line.description === ""}
      />
      <TextInput
        label={t("order.quantity")}
        inputMode="decimal"
        value={line.quantity}
        onChange={(event) => onChange({ ...line, quantity: event.currentTarget.value })}
        error={quantityOf(line.quantity) === null ? t("order.quantityWrong") : undefined}
      />
      <MoneyField
        label={t("order.unitPrice")}
        cents={line.unitPriceCents}
        onChange={(unitPriceCents) => onChange({ ...line, unitPriceCents })}
        error={tried && line.unitPriceCents === null ? t("field.required") : undefined}
      />
      <NativeSelect
        label={t("order.vatClass")}
        value={line.vatClass}
        onChange={(event) => {
          const vatClass = vatClasses.find((each) => each === event.currentTarget.value);
          if (vatClass) onChange({ ...line, vatClass });
        }}
        data={vatClasses.map((value) => ({ value, label: percent(vatPermille(value, today)) }))}
      />
      <Text className="num order-line-total" size="sm" component="output">
        {total ? money(priceIncludesVat ? total.totalCents : total.netCents) : ""}
      </Text>
      {onRemove ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          className="order-line-remove"
          aria-label={t("order.removeLine", { number })}
          onClick={onRemove}
        >
          <IconTrash size={17} aria-hidden />
        </ActionIcon>
      ) : (
        <span />
      )}
    </fieldset>
  );
}
