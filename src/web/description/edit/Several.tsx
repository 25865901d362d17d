import { Fieldset, Stack } from "@mantine/core";
import { useState } from "react";
import type { FormNode } from "../../../versions/contract.ts";
import { useWords } from "../../words/words.tsx";
import type { FieldProps } from "./form.ts";
import { fresh, listIn } from "./values.ts";

/** A list whose items are forms themselves. */
export function Several({ node, form, path, value, onChange }: FieldProps & { node: FormNode }) {
  const { t } = useWords();
  const { Field } = form;
  const items = listIn(value);
  const [item = -1] = node.children;
  // An item keeps its fields when one above it goes.
  const [keys, setKeys] = useState(() => items.map((_, n) => n));
  const add = () => {
    setKeys([...keys, Math.max(-1, ...keys) + 1]);
    onChange([...items, fresh(form.nodes, item) ?? {}]);
  };
  const remove = (n: number) => {
    setKeys(keys.toSpliced(n, 1));
    onChange(items.toSpliced(n, 1));
  };
  return (
    <Fieldset legend={node.label}>
      <Stack gap="md">
        {items.map((each, n) => (
          <Fieldset key={keys[n]} legend={`${n + 1}.`} className="item">
            <Stack gap="md">
              <Field
                form={form}
                at={item}
                path={`${path}.${n}`}
                value={each}
                onChange={(next) => onChange(items.with(n, next ?? {}))}
                bare
              />
              <div>
                <button type="button" className="quiet" onClick={() => remove(n)}>
                  {t("draft.removeThis", { what: `${node.label}, ${n + 1}.` })}
                </button>
              </div>
            </Stack>
          </Fieldset>
        ))}
        <div>
          <button type="button" className="quiet" onClick={add}>
            {t("draft.addThis", { what: node.label })}
          </button>
        </div>
      </Stack>
    </Fieldset>
  );
}
