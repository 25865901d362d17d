import { Alert, Button, Group, NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { IconMessage2 } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { addCustomer } from "../../registers/customers/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { Duplicates } from "./Duplicates.tsx";
import { bodyOf, categoryOf, type Draft, emptyDraft, staffSources } from "./draft.ts";
import { MoreFields } from "./MoreFields.tsx";

/** A call or a meeting becomes a customer: name, phone, e-mail, and Enter. */
export function NewCustomerPage() {
  const { t } = useWords();
  const may = useMay();
  const { labels } = useLabels();
  const navigate = useNavigate();
  const sources = staffSources(labels);
  const [draft, setDraft] = useState<Draft>(emptyDraft(""));
  const [tried, setTried] = useState(false);
  const act = useAct(addCustomer);
  const source = draft.source || (sources.find(({ id }) => id === "phone") ?? sources[0])?.id || "";
  const mayGive = (type: string) => may(`collect customers ${categoryOf(labels, type)}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const body = bodyOf({ ...draft, source });
    if (!body) return;
    act.mutate({ body }, { onSuccess: ({ id }) => void navigate({ to: "/customers/$id", params: { id } }) });
  };
  const field = (key: "name" | "phone" | "email" | "businessId") => ({
    label: t(`customer.${key}`),
    value: draft[key],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [key]: event.currentTarget.value }),
  });
  return (
    <Page
      title={t("newCustomer.title")}
      lead={t("newCustomer.lead")}
      width="read"
      back={{ to: "/customers", label: t("customers.title") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Group gap="md" align="flex-end">
            <NativeSelect
              label={t("newCustomer.source")}
              value={source}
              onChange={(event) => setDraft({ ...draft, source: event.currentTarget.value })}
              data={sources.map(({ id, label }) => ({ value: id, label }))}
              w={240}
            />
            <Radio.Group
              aria-label={t("newCustomer.kind")}
              value={draft.kind}
              onChange={(kind) => setDraft({ ...draft, kind: kind === "organisation" ? kind : "person" })}
            >
              <Group gap="md" h={36}>
                <Radio value="person" label={t("customer.kind.person")} />
                <Radio value="organisation" label={t("customer.kind.organisation")} />
              </Group>
            </Radio.Group>
          </Group>
          <TextInput
            {...field("name")}
            error={tried && draft.name.trim() === "" ? t("field.required") : undefined}
            maxLength={200}
            autoFocus
            required
            withAsterisk={false}
          />
          <Group gap="md" grow align="flex-start" preventGrowOverflow={false}>
            {mayGive("phone") && <TextInput {...field("phone")} type="tel" maxLength={40} miw={180} />}
            {mayGive("email") && <TextInput {...field("email")} type="email" maxLength={254} miw={220} />}
          </Group>
          {draft.kind === "organisation" && mayGive("businessId") && (
            <TextInput {...field("businessId")} placeholder="1234567-1" maxLength={20} w={200} />
          )}
          <Duplicates draft={draft} />
          <MoreFields draft={draft} setDraft={setDraft} source={source} tried={tried} />
          <Alert color="spruce" icon={<IconMessage2 size={20} aria-hidden />} title={t("newCustomer.sayTitle")}>
            {(labels?.sources[source]?.spoken ?? []).join(" ")}
          </Alert>
          <ProblemAlert problem={act.error} typed />
          <Group>
            <Button type="submit" loading={act.isPending}>
              {t("newCustomer.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
