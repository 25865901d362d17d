import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { askIdentity, IdentityMethod, identify, type PersonRequest } from "../../registers/requests/contract.ts";
import { useAct } from "../session/server.ts";
import { Facts } from "../ui/Facts.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { CaseStep } from "./CaseStep.tsx";
import { type Chosen, PersonChoice } from "./PersonChoice.tsx";

/** Who asks, and how that was made sure (GDPR Art. 12(6)). */
export function CaseIdentity({ request }: { request: PersonRequest }) {
  const { t, sentence } = useWords();
  const { state, identityMethod, outcome } = request;
  if (identityMethod !== null)
    return (
      <CaseStep title={t("case.identity")} state="done">
        <Facts
          facts={[
            { term: t("case.method"), value: sentence("rights", `request.identity.${identityMethod}`) },
            {
              term: t("case.whoIs"),
              value: request.customerId ? request.name : t(request.erasedAt ? "case.heldGone" : "case.notHere"),
            },
          ]}
        />
      </CaseStep>
    );
  if (outcome !== null) return null;
  return (
    <CaseStep title={t("case.identity")} state="now">
      <Stack gap="md" maw={620}>
        <Text size="sm">{t("case.identityText")}</Text>
        <IdentityForm request={request} />
        {state === "received" && <AskMore id={request.id} />}
      </Stack>
    </CaseStep>
  );
}

function IdentityForm({ request: { id, name, customerId } }: { request: PersonRequest }) {
  const { t, sentence } = useWords();
  const act = useAct(identify);
  const [method, setMethod] = useState<IdentityMethod | null>(null);
  const [search, setSearch] = useState(name ?? "");
  const [chosen, setChosen] = useState<Chosen | null>(customerId ? { id: customerId, name: name ?? "" } : null);
  const [notHere, setNotHere] = useState(false);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (method === null || (chosen === null && !notHere)) return;
    act.mutate({ params: { id }, body: { method, customerId: notHere ? null : (chosen?.id ?? null) } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <NativeSelect
          label={t("case.method")}
          value={method ?? ""}
          onChange={(event) =>
            setMethod(IdentityMethod.options.find((one) => one === event.currentTarget.value) ?? null)
          }
          error={tried && method === null ? t("case.methodMissing") : undefined}
          data={[
            { value: "", label: t("field.choose") },
            ...IdentityMethod.options.map((value) => ({
              value,
              label: sentence("rights", `request.identity.${value}`),
            })),
          ]}
        />
        {/* Written down for a person of the register: another needs another request. */}
        {customerId === null && (
          <>
            {chosen === null && !notHere && (
              <TextInput
                type="search"
                label={t("case.whoIs")}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
                error={tried ? t("case.whoMissing") : undefined}
                maxLength={200}
                autoComplete="off"
              />
            )}
            {!notHere && <PersonChoice name={search} chosen={chosen} onChoose={setChosen} />}
            {chosen === null && (
              <Checkbox
                label={t("case.notHere")}
                checked={notHere}
                onChange={(event) => setNotHere(event.currentTarget.checked)}
              />
            )}
          </>
        )}
        <ProblemAlert problem={act.error} typed />
        <Group>
          <Button type="submit" loading={act.isPending}>
            {t("case.identify")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AskMore({ id }: { id: string }) {
  const { t } = useWords();
  const act = useAct(askIdentity);
  return (
    <>
      <ProblemAlert problem={act.error} />
      <Group>
        <Button variant="default" loading={act.isPending} onClick={() => act.mutate({ params: { id } })}>
          {t("case.askMore")}
        </Button>
      </Group>
    </>
  );
}
