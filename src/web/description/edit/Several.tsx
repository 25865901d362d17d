import { Fieldset, Stack } from "@mantine/core";
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
  return (
    <Fieldset legend={node.label}>
      <Stack gap="md">
        {items.map((each, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is known by nothing but its place
          <Fieldset key={n} legend={`${n + 1}.`} className="item">
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
                <button type="button" className="quiet" onClick={() => onChange(items.toSpliced(n, 1))}>
                  {t("draft.removeThis", { what: `${node.label}, ${n + 1}.` })}
                </button>
              </div>
            </Stack>
          </Fieldset>
        ))}
        <div>
          <button type="button" className="quiet" onClick={() => onChange([...items, fresh(form.nodes, item) ?? {}])}>
            {t("draft.addThis", { what: node.label })}
          </button>
        </div>
      </Stack>
    </Fieldset>
  );
}
