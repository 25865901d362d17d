import { Button, Group, Stack, Text, TextInput, Title, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconDownload, IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { type AskedIn, questions } from "../../description/guided/questions.ts";
import { tryDescription } from "../../versions/contract.ts";
import { TakeForce } from "../description/edit/TakeForce.tsx";
import { useAsk } from "../session/server.ts";
import { Loading } from "../ui/Loading.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { saveFile } from "../ui/saveFile.ts";
import { useWords } from "../words/words.tsx";
import { OwnText } from "./ExampleStep.tsx";
import { change, type Progress } from "./progress.ts";
import type { StepName } from "./steps.ts";
import type { Began, Finding, ShownStart, Tried } from "./useTried.ts";

type Props = { began: Began; progress: Progress; tried: Tried; onGo: (step: StepName) => void };

/** What stands in the way, with its article and the question it comes from; and then in force. */
export function CheckStep({ began, progress: { text, isText }, tried: { data, isCurrent }, onGo }: Props) {
  return (
    <Stack gap="lg">
      {isText && <OwnText text={text} onText={(next) => change({ text: next })} />}
      {data ? <Checked {...{ data, isText, onGo }} /> : !isText && <Loading rows={6} />}
      {data?.shown && isCurrent && !stands(data) && <InForce key={data.text} text={data.text} base={began.hash} />}
    </Stack>
  );
}

const stands = ({ findings, locksOut }: ShownStart): boolean =>
  locksOut || findings.some(({ severity }) => severity === "error");

type CheckedProps = { data: ShownStart; isText: boolean; onGo: Props["onGo"] };

function Checked({ data, isText, onGo }: CheckedProps) {
  const { t } = useWords();
  const findings = told(data.findings);
  const errors = findings.filter(({ severity }) => severity === "error");
  const unknown = findings.filter(({ code }) => code === "unknown");
  const others = findings.filter(({ severity, code }) => severity !== "error" && code !== "unknown");
  const leads = { isText, onGo };
  return (
    <>
      {errors.length > 0 && (
        <section role="alert">
          <Title order={3} mb="xs">
            {t("start.check.errors", { count: errors.length })}
          </Title>
          <FindingList findings={errors} {...leads} />
        </section>
      )}
      {data.locksOut && (
        <Notice tone="trouble" icon={IconLock} title={t("start.check.locksOut")}>
          {t("start.check.locksOutText")}
        </Notice>
      )}
      {!stands(data) && (
        <Notice tone="good" icon={IconCheck}>
          {t("start.check.fine")}
        </Notice>
      )}
      {others.length > 0 && (
        <details>
          <summary>
            {t("start.check.warnings")} ({others.length})
          </summary>
          <FindingList findings={others} {...leads} />
        </details>
      )}
      {unknown.length > 0 && (
        <details>
          <summary>{t("start.check.unknown", { count: unknown.length })}</summary>
          <Text size="sm" my="xs">
            {t("start.check.unknownText")}
          </Text>
          <FindingList findings={unknown} {...leads} />
        </details>
      )}
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} aria-hidden />}
          onClick={() => saveFile(t("start.check.file"), data.text, "application/yaml")}
        >
          {t("start.check.download")}
        </Button>
      </Group>
    </>
  );
}

/** One answer may stand in several places: what it leads to is told once. */
const told = (findings: readonly Finding[]): Finding[] =>
  findings.filter(
    ({ question, message }, n) =>
      question === null ||
      findings.findIndex((other) => other.question === question && other.message === message) === n,
  );

type ListProps = { findings: readonly Finding[]; isText: boolean; onGo: (step: StepName) => void };

function FindingList({ findings, isText, onGo }: ListProps) {
  const { t } = useWords();
  return (
    <ul className="start-findings">
      {findings.map((finding) => {
        const { code, path, line, col, severity, message, wayOut, question } = finding;
        return (
          <li key={`${code} ${path} ${line} ${col}`} data-mark={severity === "error" ? "stops" : undefined}>
            {message} {wayOut}
            <div className="where">
              <span>{t("draft.line", { line, col })}</span>
              {question !== null && !isText && (
                <UnstyledButton className="edit" onClick={() => leadTo(question, onGo)}>
                  {t("start.check.answer", { question: titleOf(question, t) })}
                </UnstyledButton>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const titleOf = (question: AskedIn, t: ReturnType<typeof useWords>["t"]): string =>
  question === "company" ? t("start.step.company") : t(`start.q.${question}`);

/** To the question's step, and there to the question itself. */
function leadTo(question: AskedIn, onGo: (step: StepName) => void): void {
  onGo(questions.find(({ id }) => id === question)?.step ?? "company");
  const look = (left: number) => {
    const found = document.getElementById(`q-${question}`);
    found?.scrollIntoView({ block: "center" });
    found?.querySelector<HTMLElement>("input, select")?.focus({ preventScroll: true });
    if (!found && left > 0) requestAnimationFrame(() => look(left - 1));
  };
  // After the step is there and has taken the focus to its heading.
  if (question !== "company") setTimeout(() => look(60), 0);
}

/** Tried out once more as a version of this register, and put in force. */
function InForce({ text, base }: { text: string; base: string }) {
  const { t, language } = useWords();
  const [version, setVersion] = useState("");
  const [taking, setTaking] = useState(false);
  const body = { base, text, language, ...(version.trim() !== "" && { version: version.trim() }) };
  const { data: tried, error } = useAsk(
    tryDescription,
    { body },
    { enabled: !taking, staleTime: 0, keepPrevious: true },
  );
  return (
    <Stack gap="md">
      <ProblemAlert problem={error} typed />
      {!tried && !error && <Loading rows={2} />}
      {(tried?.asksVersion || version !== "") && (
        <TextInput
          label={t("draft.version")}
          value={version}
          maxLength={40}
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
      )}
      {tried?.changes.some(({ mark }) => mark === "stops") && (
        <Notice tone="trouble" icon={IconAlertTriangle}>
          {tried.changes
            .filter(({ mark }) => mark === "stops")
            .map(({ sentence }) => sentence)
            .join(" ")}
        </Notice>
      )}
      {tried && (
        <TakeForce
          key={JSON.stringify(tried.dangers)}
          {...{ tried, body }}
          onTaking={setTaking}
          onDone={(done) => change({ done })}
        />
      )}
    </Stack>
  );
}
