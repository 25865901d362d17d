import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import type { Address } from "../../registers/customers/contract.ts";
import { AddressFields, addressOf, emptyAddress } from "../ui/fields/AddressFields.tsx";
import { OwnValueField } from "../ui/fields/OwnValueField.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { SourceField, useSource } from "./SourceField.tsx";
import type { Row } from "./values.ts";

type Props = {
  row: Row;
  label: string;
  busy: boolean;
  problem: Error | null;
  onSave: (value: string | Address | null, source: string) => void;
  onCancel: () => void;
};

/** The new value, and where it came from: a changed value has an origin of its own. */
export function ValueEditor({ row, label, busy, problem, onSave, onCancel }: Props) {
  const { t } = useWords();
  const [text, setText] = useState(row.at === "address" ? "" : (row.value ?? ""));
  const [address, setAddress] = useState(row.at === "address" ? (row.value ?? emptyAddress) : emptyAddress);
  const [tried, setTried] = useState(false);
  const [source, setSource] = useSource();
  const value = row.at === "address" ? addressOf(address) : text.trim() || undefined;
  const needed = row.at === "text" && row.key === "name";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (value === "incomplete" && row.at === "address") return;
    if (value === undefined && (needed || row.value === undefined)) return;
    onSave(value ?? null, source);
  };
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
  };
  return (
    <form onSubmit={submit} onKeyDown={cancelOnEscape} noValidate>
      <Stack gap="sm" maw={460}>
        {row.at === "address" && <AddressFields legend={label} value={address} onChange={setAddress} tried={tried} />}
        {row.at === "own" && <OwnValueField field={{ label, type: row.type }} value={text} onChange={setText} />}
        {row.at === "text" && (
          <TextInput
            label={label}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={tried && needed && value === undefined ? t("field.required") : undefined}
            autoComplete="off"
            data-autofocus
            autoFocus
          />
        )}
        <SourceField value={source} onChange={setSource} />
        <ProblemAlert problem={problem} typed />
        <Group gap="xs">
          <Button size="xs" type="submit" loading={busy}>
            {t("save")}
          </Button>
          <Button size="xs" variant="default" onClick={onCancel}>
            {t("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
