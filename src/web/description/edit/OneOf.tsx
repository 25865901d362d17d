import { Fieldset, NativeSelect, Stack } from "@mantine/core";
import type { FormNode } from "../../../versions/contract.ts";
import { useWords } from "../../words/words.tsx";
import type { FieldProps } from "./form.ts";
import { fresh, UNKNOWN, variantOf } from "./values.ts";

/** First which of several, then what it says. */
export function OneOf({ node, form, path, value, onChange }: FieldProps & { node: FormNode }) {
  const { t } = useWords();
  const { nodes, Field } = form;
  const isSaid = value !== undefined && value !== UNKNOWN;
  const chosen = isSaid ? variantOf(nodes, node.children, value) : -1;
  const at = node.children[chosen];
  const choose = (text: string) => {
    const next = text === "" ? undefined : node.children[Number(text)];
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
          <Field key={chosen} form={form} at={at} path={path} value={value} onChange={onChange} bare />
        )}
      </Stack>
    </Fieldset>
  );
}
