import { Button, Group, Stack, Text, TextInput, Title, UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { tryDescription } from "../../../versions/contract.ts";
import { useAsk } from "../../session/server.ts";
import { Loading } from "../../ui/Loading.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { useWords } from "../../words/words.tsx";
import { asked, dropDraft, isEmpty, rebase, takeBack, useDraft } from "./draft.ts";
import type { Finding, InForceNow, Tried, View } from "./editing.ts";
import { Findings } from "./Findings.tsx";
import { NewDocuments } from "./NewDocuments.tsx";
import { TakeForce } from "./TakeForce.tsx";

type Props = {
  now: InForceNow;
  onView: (view: View | null) => void;
  onDone: (version: string) => void;
  onFindings: (findings: readonly Finding[]) => void;
};

/** What all the changes together would do, before anybody decides. */
export function TrialView({ now, onView, onDone, onFindings }: Props) {
  const { t, moment, language } = useWords();
  const draft = useDraft();
  const [version, setVersion] = useState("");
  // Once it is in force there is nothing to try out any more.
  const [taking, setTaking] = useState(false);
  const body = { ...asked(draft), language, ...(version.trim() !== "" && { version: version.trim() }) };
  const answer = useAsk(
    tryDescription,
    { body },
    { enabled: !isEmpty(draft) && !taking, staleTime: 0, keepPrevious: true },
  );
  const tried = answer.data;
  useEffect(() => {
    if (tried) onFindings(tried.findings);
  }, [tried, onFindings]);
  if (isEmpty(draft)) return <Text>{t("draft.none")}</Text>;
  if (answer.error?.code === "descriptionMoved")
    return (
      <Stack align="flex-start">
        <ProblemAlert problem={answer.error} typed />
        <Text size="sm">
          {t("draft.moved", { version: now.version, moment: moment(now.since), by: now.by ?? t("draft.program") })}
        </Text>
        <Button onClick={() => rebase(now.hash)}>{t("draft.rebase")}</Button>
      </Stack>
    );
  return (
    <Stack gap="lg">
      <Pending onView={onView} />
      <ProblemAlert problem={answer.error} typed />
      {!tried && !answer.error && <Loading rows={8} />}
      {tried && <What tried={tried} onView={onView} />}
      {(tried?.asksVersion || version !== "") && (
        <TextInput
          label={t("draft.version")}
          description={t("draft.versionHelp", { now: now.version })}
          value={version}
          maxLength={40}
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
      )}
      {tried && (
        <TakeForce
          key={JSON.stringify(tried.dangers)}
          {...{ tried, body, onTaking: setTaking }}
          onDone={(next) => {
            dropDraft();
            onDone(next);
          }}
        >
          <Button variant="default" onClick={() => onView(null)}>
            {t("draft.goOn")}
          </Button>
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              dropDraft();
              onView(null);
            }}
          >
            {t("draft.drop")}
          </Button>
        </TakeForce>
      )}
    </Stack>
  );
}

function Pending({ onView }: Pick<Props, "onView">) {
  const { t } = useWords();
  const { changes, text } = useDraft();
  return (
    <section aria-label={t("draft.pending")}>
      <Title order={3}>{t("draft.pending")}</Title>
      <ul className="pending">
        {text !== null && <li>{t("draft.fromFile")}</li>}
        {changes.map(({ path, title, value }) => (
          <li key={path.join(".")}>
            <span>{title}</span>
            <Group gap="xs">
              {value !== undefined && (
                <UnstyledButton
                  className="edit"
                  aria-label={t("draft.edit", { what: title })}
                  onClick={() => onView({ kind: "form", path, isNew: false })}
                >
                  {t("edit")}
                </UnstyledButton>
              )}
              <UnstyledButton
                className="edit"
                aria-label={t("draft.takeBackOf", { what: title })}
                onClick={() => takeBack(path)}
              >
                {t("draft.takeBack")}
              </UnstyledButton>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

function What({ tried, onView }: { tried: Tried; onView: Props["onView"] }) {
  const { t } = useWords();
  if (tried.isSame)
    return (
      <Notice tone="note" icon={IconCheck}>
        {t("draft.same")}
      </Notice>
    );
  return (
    <>
      <Findings findings={tried.findings} onView={onView} />
      {tried.changes.length > 0 && (
        <section>
          <Title order={3} mb="xs">
            {t("draft.effects")}
          </Title>
          <ul className="effects">
            {tried.changes.map(({ path, mark, sentence, touches }) => (
              <li key={`${path} ${sentence}`} data-mark={mark}>
                {mark && <b>{t(mark === "stops" ? "draft.stops" : "draft.asks")}: </b>}
                {sentence}
                {touches.length > 0 && (
                  <ul>
                    {touches.map((touch) => (
                      <li key={touch}>{touch}</li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <NewDocuments documents={tried.documents} />
    </>
  );
}
