import { ActionIcon, Group, Text, VisuallyHidden } from "@mantine/core";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { type Address, type Customer, changeCustomer } from "../../registers/customers/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { OriginValue } from "../ui/OriginValue.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { Undo } from "./Undo.tsx";
import { ValueEditor } from "./ValueEditor.tsx";
import { changeOf, type Row } from "./values.ts";

type Props = {
  customer: Customer;
  row: Row;
  shown: string | undefined;
  editing: boolean;
  onEdit: (on: boolean) => void;
};

type Before = { value: string | Address | null; source: string; mark: string | undefined };

/** One value of the card: read with its origin, changed in place, and the change taken back with one press. */
export function ValueRow({ customer, row, shown, editing, onEdit }: Props) {
  const { t } = useWords();
  const { category } = useLabels();
  const may = useMay();
  const act = useAct(changeCustomer);
  const [before, setBefore] = useState<Before | null>(null);
  const [said, setSaid] = useState("");
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const label = category(row.category);
  const params = { id: customer.id };
  const needed = row.at === "text" && row.key === "name";
  const mayChange = may(`change customers ${row.category}`);
  // The keyboard comes back to where it left from.
  useEffect(() => {
    if (wasEditing.current && !editing) pencil.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const save = (value: string | Address | null, source: string) => {
    const earlier = { value: row.value ?? null, source: customer.origins[row.category]?.source ?? source };
    act.mutate(
      { params, body: changeOf(row, value, source) },
      {
        onSuccess: ({ undo: mark }) => {
          // What was there goes back only with its own origin; what was not there is taken away again.
          const back = earlier.value === null ? !needed : mark !== undefined;
          setBefore(back ? { ...earlier, mark } : null);
          setSaid(back ? t("customer.savedUndo", { what: label }) : "");
          onEdit(false);
        },
      },
    );
  };
  const undo = () => {
    if (!before) return;
    const body = { ...changeOf(row, before.value, before.source), ...(before.mark && { undo: before.mark }) };
    act.mutate(
      { params, body },
      {
        onSuccess: () => {
          setBefore(null);
          setSaid(t("customer.undone", { what: label }));
          pencil.current?.focus();
        },
      },
    );
  };
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <ValueEditor
            row={row}
            label={label}
            busy={act.isPending}
            problem={act.error}
            onSave={save}
            onCancel={() => onEdit(false)}
          />
        ) : (
          <Group gap="xs" justify="space-between" wrap="nowrap">
            {shown === undefined ? (
              <Text span size="sm" c="dimmed">
                {t("customer.noValue")}
              </Text>
            ) : (
              <OriginValue origin={customer.origins[row.category]} category={label}>
                {shown}
              </OriginValue>
            )}
            <Group gap={4} wrap="nowrap">
              {before && <Undo what={label} busy={act.isPending} undo={undo} over={() => setBefore(null)} />}
              {mayChange && (
                <ActionIcon
                  ref={pencil}
                  variant="subtle"
                  color="gray"
                  my={-6}
                  aria-label={
                    shown === undefined
                      ? t("customer.addValue", { what: label })
                      : t("customer.editValue", { what: label })
                  }
                  onClick={() => onEdit(true)}
                >
                  {shown === undefined ? <IconPlus size={16} aria-hidden /> : <IconPencil size={16} aria-hidden />}
                </ActionIcon>
              )}
            </Group>
          </Group>
        )}
        {!editing && <ProblemAlert problem={act.error} />}
        <VisuallyHidden role="status">{said}</VisuallyHidden>
      </dd>
    </div>
  );
}
