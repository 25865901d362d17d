import { Fieldset, NativeSelect, Stack } from "@mantine/core";
import { useState } from "react";
import type { FormNode } from "../../../versions/contract.ts";
import { useWords } from "../../words/words.tsx";
import type { FieldProps } from "./form.ts";
import { fresh, staysAs, variantOf } from "./values.ts";

/** First which of several, then what it says; what was chosen stays chosen while its text is empty. */
export function OneOf({ node, form, path, value, onChange }: FieldProps & { node: FormNode }) {
  const { t } = useWords();
  const { nodes, Field } = form;
  const [last, setLast] = useState(() => variantOf(nodes, node.children, value));
  const isSaid = value !== undefined;
  const stays = staysAs(nodes, node.children[last] ?? -1, value);
  const chosen = !isSaid ? -1 : stays ? last : variantOf(nodes, node.children, value);
  const at = node.children[chosen];
  const choose = (text: string) => {
    const next = text === "" ? undefined : node.children[Number(text)];
    setLast(Number(text));
    onChange(next === undefined ? undefined : (fresh(nodes, next) ?? ""));
  };
  return (
    <Fieldset legend={node.label}>
      <Stack gap="md">
        <NativeSelect
          aria-label={node.label}
          description={node.help}
          error={form.faultAt(path)}
          value={String(chosen)}
          data={[
            ...(isSaid && node.required ? [] : [{ value: isSaid ? "" : "-1", label: t("draft.choose") }]),
            ...node.children.map((child, n) => ({ value: String(n), label: nodes[child]?.label ?? "" })),
          ]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        {at !== undefined && nodes[at]?.kind !== "fixed" && (
          <Field
            key={chosen}
            form={form}
            at={at}
            path={path}
            value={value}
            onChange={(next) => onChange(next ?? "")}
            bare
          />
        )}
      </Stack>
    </Fieldset>
  );
}
