import { Checkbox, Fieldset, NativeSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Json } from "../../../description/rewrite.ts";
import { isDay } from "../../../values/Day.ts";
import type { FormNode } from "../../../versions/contract.ts";
import { DayField } from "../../ui/fields/DayField.tsx";
import { useWords } from "../../words/words.tsx";
import type { FieldProps } from "./form.ts";
import { OneOf } from "./OneOf.tsx";
import { PeriodField } from "./PeriodField.tsx";
import { Several } from "./Several.tsx";
import { TextField } from "./TextField.tsx";
import { fresh, idsIn, isValues, textIn, UNKNOWN, valuesIn, withKey } from "./values.ts";

/** A field by its shape; where nobody may know yet, with a box that says so, which the first thing told there unticks. */
export function Field(props: FieldProps) {
  const { t } = useWords();
  const { form, at, value, onChange } = props;
  const node = form.nodes[at];
  if (!node || node.kind === "record") return null;
  if (!node.mayBeUnknown) return <Known {...props} node={node} />;
  // Nothing is chosen for anybody: only a group has parts that it cannot be without.
  const begun = () => (node.kind === "group" ? fresh(form.nodes, at) : undefined);
  const begin = (next: Json | undefined) => {
    if (next !== undefined) onChange(isValues(next) ? { ...valuesIn(begun()), ...next } : next);
  };
  const untold = { form: { ...form, unknown: true }, value: undefined, onChange: begin };
  return (
    <Stack gap={6}>
      {/* The same field in both states, so that typing goes on where it began. */}
      <Known {...props} {...(value === UNKNOWN && untold)} node={node} />
      <Checkbox
        label={t("draft.notKnown")}
        aria-label={`${node.label}: ${t("draft.notKnown")}`}
        checked={value === UNKNOWN}
        onChange={(event) => onChange(event.currentTarget.checked ? UNKNOWN : begun())}
      />
    </Stack>
  );
}

function Known({ node, ...props }: FieldProps & { node: FormNode }): ReactNode {
  const { t } = useWords();
  const { form, path, value, onChange } = props;
  const { kind, label, help, options, max, byDefault } = node;
  const required = node.required && !form.unknown;
  const error = form.faultAt(path);
  const said = textIn(value);
  const common = { label, description: help, error, required, withAsterisk: required };
  const orNothing = (text: string) => (text === "" ? undefined : text);
  switch (kind) {
    case "group":
      return <Group {...props} node={node} />;
    case "oneOf":
      return <OneOf {...props} node={node} />;
    case "list":
      return <Several {...props} node={node} />;
    case "text":
      return <TextField {...common} languages={form.languages} value={value} onChange={onChange} />;
    case "period":
      return <PeriodField {...common} value={textIn(value)} onChange={(text) => onChange(orNothing(text))} />;
    case "day":
      return <DayField {...common} value={isDay(said) ? said : null} onChange={(day) => onChange(day ?? undefined)} />;
    case "yesNo":
      return (
        <NativeSelect
          {...common}
          value={typeof value === "boolean" ? String(value) : ""}
          data={[
            ...(typeof value === "boolean" && required ? [] : [{ value: "", label: emptyWord(t, node) }]),
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
          onChange={({ currentTarget: { value: next } }) => onChange(next === "" ? undefined : next === "true")}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          min={0}
          {...(max !== null && { max })}
          hideControls
          allowDecimal={false}
          value={typeof value === "number" ? value : ""}
          placeholder={typeof byDefault === "number" ? String(byDefault) : ""}
          onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
        />
      );
    case "choice":
      return (
        <NativeSelect
          {...common}
          value={textIn(value)}
          data={[
            ...(required && value !== undefined ? [] : [{ value: "", label: emptyWord(t, node) }]),
            ...options,
            ...(textIn(value) !== "" && !options.some((each) => each.value === value) ? [textIn(value)] : []),
          ]}
          onChange={(event) => onChange(orNothing(event.currentTarget.value))}
        />
      );
    case "choices":
      return (
        <Checkbox.Group
          {...common}
          value={idsIn(value)}
          onChange={(next) => {
            // In the order of the page, so that ticking and unticking changes nothing.
            const kept = idsIn(value).filter((id) => next.includes(id));
            const all = [...kept, ...next.filter((id) => !kept.includes(id))];
            onChange(all.length === 0 && !required ? undefined : all);
          }}
        >
          <div className="ticks">
            {options.map((each) => (
              <Checkbox key={each.value} value={each.value} label={each.label} />
            ))}
          </div>
        </Checkbox.Group>
      );
    case "fixed":
    case "record":
      return null;
    default:
      return (
        <TextInput
          {...common}
          {...(kind === "email" && { type: "email" as const })}
          value={textIn(value)}
          placeholder={textIn(byDefault ?? undefined)}
          onChange={(event) => onChange(orNothing(event.currentTarget.value))}
        />
      );
  }
}

function emptyWord(t: ReturnType<typeof useWords>["t"], { byDefault, options }: FormNode): string {
  if (typeof byDefault === "boolean") return t("draft.otherwise", { value: t(byDefault ? "yes" : "no") });
  const label = options.find(({ value }) => value === byDefault)?.label;
  return label === undefined ? t("draft.choose") : t("draft.otherwise", { value: label });
}

/** The fields that said something when the form was opened, and the others behind a line of their own; none moves while one types. */
function Group({ node, form, path, value, onChange, bare = false }: FieldProps & { node: FormNode }) {
  const { t } = useWords();
  const values = valuesIn(value);
  const isShown = (child: number) => {
    const field = form.nodes[child];
    return field !== undefined && (field.required || Object.hasOwn(values, field.key) || field.byDefault !== null);
  };
  const [shown] = useState(() => node.children.filter(isShown));
  if (!node.required && value === undefined && !bare)
    return (
      <div>
        <button type="button" className="quiet" onClick={() => onChange(fresh(form.nodes, form.nodes.indexOf(node)))}>
          {t("draft.addThis", { what: node.label })}
        </button>
      </div>
    );
  const fieldOf = (child: number) => {
    const key = form.nodes[child]?.key ?? "";
    return (
      <Field
        key={key}
        form={form}
        at={child}
        path={path === "" ? key : `${path}.${key}`}
        value={isValues(value) && Object.hasOwn(values, key) ? values[key] : undefined}
        onChange={(next) => onChange(withKey(values, key, next))}
      />
    );
  };
  const hidden = node.children.filter((child) => !shown.includes(child));
  const fields = (
    <Stack gap="md">
      {shown.map(fieldOf)}
      {hidden.length > 0 && (
        <details className="more">
          <summary>{t("draft.more", { count: hidden.length })}</summary>
          <Stack gap="md" mt="sm">
            {hidden.map(fieldOf)}
          </Stack>
        </details>
      )}
      {!node.required && !bare && (
        <div>
          <button type="button" className="quiet" onClick={() => onChange(undefined)}>
            {t("draft.removeThis", { what: node.label })}
          </button>
        </div>
      )}
    </Stack>
  );
  return bare ? fields : <Fieldset legend={node.label}>{fields}</Fieldset>;
}
