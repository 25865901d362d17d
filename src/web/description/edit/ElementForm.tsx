import { Button, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { z } from "zod";
import type { Json } from "../../../description/rewrite.ts";
import { readForm } from "../../../versions/contract.ts";
import { useAsk } from "../../session/server.ts";
import { Asked } from "../../ui/Asked.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/words.tsx";
import { addChange, asked, idFor, useDraft } from "./draft.ts";
import type { Finding, InForceNow, Path, View } from "./editing.ts";
import { Field } from "./Field.tsx";
import { fresh, isValues, textIn, valuesIn } from "./values.ts";

type Props = {
  path: Path;
  isNew: boolean;
  now: InForceNow;
  findings: readonly Finding[];
  onView: (view: View | null) => void;
};
type Answer = z.output<typeof readForm.response>;

/** One element of the description, as the changes so far leave it. */
export function ElementForm(props: Props) {
  const { language } = useWords();
  const { path, isNew, now } = props;
  const draft = useDraft();
  const known = draft.text === null && draft.base === now.hash ? asked(draft) : {};
  const body = { ...known, base: now.hash, path, isNew, language };
  const answer = useAsk(readForm, { body }, { staleTime: 0, keepPrevious: true });
  return (
    <Asked answer={answer} rows={8}>
      {(form) => <Filled {...props} form={form} />}
    </Asked>
  );
}

function Filled({ form, isNew, now, findings, onView }: Props & { form: Answer }) {
  const { t } = useWords();
  const { nodes, languages, part, title, taken, keys, removable } = form;
  const [value, setValue] = useState<Json | undefined>(() => form.value ?? fresh(nodes, 0));
  const [key, setKey] = useState(keys?.[0]?.value ?? "");
  const at = form.path.join(".");
  const faultAt = (path: string): string | undefined => {
    const whole = path === "" ? at : `${at}.${path}`;
    return findings.find(
      (each) => each.severity === "error" && (each.path === whole || new RegExp(`^${whole}\\.\\d+$`).test(each.path)),
    )?.message;
  };
  const faults = findings.filter(
    ({ path, severity }) => severity === "error" && (path === at || path.startsWith(`${at}.`)),
  );
  const leave = (change: { path: string[]; value?: Json }, name: string) => {
    addChange(now.hash, { ...change, title: name });
    onView(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = nameIn(value, languages[0] ?? "fi");
    const id = keys ? key : idFor(name || textIn(valuesIn(value).register), taken, "new");
    const path = isNew ? [...form.path, id] : form.path;
    leave({ path, ...(value !== undefined && { value }) }, named(part, name || (isNew ? "" : title)));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Text size="sm" c="dimmed">
            {part}
          </Text>
          <Title order={3}>{isNew ? t("draft.new") : title}</Title>
        </div>
        {/* With the way out; the fault itself stands at its field too. */}
        {faults.map(({ code, path, message, wayOut }) => (
          <Notice key={`${code} ${path} ${message}`} tone="trouble" icon={IconAlertTriangle}>
            {message} {wayOut}
          </Notice>
        ))}
        {keys && (
          <NativeSelect
            label={t("draft.which")}
            data={keys}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <Field form={{ nodes, languages, faultAt, Field }} at={0} path="" value={value} onChange={setValue} bare />
        <Group justify="space-between" className="foot">
          <Group gap="xs">
            <Button type="submit">{t("draft.add")}</Button>
            <Button variant="default" onClick={() => onView(null)}>
              {t("cancel")}
            </Button>
          </Group>
          {removable && (
            <Button
              variant="subtle"
              color="red"
              onClick={() => leave({ path: form.path }, t("draft.removal", { what: named(part, title) }))}
            >
              {t("draft.remove")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

const named = (part: string, name: string): string => (name === "" || name === part ? part : `${part}: ${name}`);

function nameIn(value: Json | undefined, first: string): string {
  const { label, name } = valuesIn(value);
  const said = label ?? name;
  return isValues(said) ? textIn(said[first] ?? Object.values(said)[0]) : textIn(said);
}
