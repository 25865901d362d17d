import { Button, Checkbox, Group, NativeSelect, Radio, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import {
  answerRequest,
  closeRequest,
  type PersonRequest,
  RefusalGround,
  RequestOutcome,
} from "../../registers/requests/contract.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import { useAct } from "../session/server.ts";
import { Facts } from "../ui/Facts.tsx";
import { DayField } from "../ui/fields/DayField.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { CaseStep } from "./CaseStep.tsx";

/** What was answered, and the end of the request. */
export function CaseAnswer({ request }: { request: PersonRequest }) {
  const { t } = useWords();
  const { id, state, tasksOpen, outcome } = request;
  const ready = state === "identified" && tasksOpen === 0;
  if (outcome === null)
    return (
      <CaseStep title={t("case.answer")} state={ready ? "now" : "later"}>
        <AnswerForm id={id} ready={ready} />
      </CaseStep>
    );
  return (
    <>
      <CaseStep title={t("case.answer")} state="done">
        <Answered request={request} />
      </CaseStep>
      <CaseStep title={t("case.end")} state={state === "closed" ? "done" : "now"}>
        {state === "closed" ? <Closed request={request} /> : <Close id={id} />}
      </CaseStep>
    </>
  );
}

/** A refusal may come at any time; until all has been looked through, the button is not the one to press. */
function AnswerForm({ id, ready }: { id: string; ready: boolean }) {
  const { t, sentence } = useWords();
  const act = useAct(answerRequest);
  const [outcome, setOutcome] = useState<RequestOutcome>("answered");
  const [ground, setGround] = useState<RefusalGround>("rightsOfOthers");
  const [complaintTold, setTold] = useState(false);
  const [answeredOn, setDay] = useState<Day | null>(dayInHelsinki(new Date()));
  const refuses = outcome === "partly" || outcome === "refused";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (answeredOn === null) return;
    act.mutate({ params: { id }, body: { outcome, answeredOn, ...(refuses && { ground }), complaintTold } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={620}>
        <Text size="sm">{t("case.answerText")}</Text>
        <Radio.Group
          label={t("case.outcome")}
          value={outcome}
          onChange={(next) => setOutcome(RequestOutcome.options.find((one) => one === next) ?? outcome)}
        >
          <Stack gap="xs" mt={6}>
            {RequestOutcome.options.map((value) => (
              <Radio key={value} value={value} label={t(`case.outcome.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {refuses && (
          <NativeSelect
            label={t("case.ground")}
            value={ground}
            onChange={(event) =>
              setGround(RefusalGround.options.find((one) => one === event.currentTarget.value) ?? ground)
            }
            data={RefusalGround.options.map((value) => ({
              value,
              label: sentence("rights", `request.refusal.${value}`),
            }))}
          />
        )}
        {refuses && (
          <Checkbox
            label={t("case.complaint")}
            checked={complaintTold}
            onChange={(event) => setTold(event.currentTarget.checked)}
          />
        )}
        <DayField label={t("case.answeredOn")} value={answeredOn} onChange={setDay} maw={220} />
        <ProblemAlert problem={act.error} typed />
        <Group>
          <Button type="submit" loading={act.isPending} variant={ready ? "filled" : "default"}>
            {t("case.saveAnswer")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Answered({ request }: { request: PersonRequest }) {
  const { t, sentence, day } = useWords();
  const { outcome, answeredOn, refusalGround, complaintTold } = request;
  if (outcome === null) return null;
  return (
    <Facts
      facts={[
        { term: t("case.outcome"), value: t(`case.outcome.${outcome}`) },
        ...(refusalGround
          ? [{ term: t("case.ground"), value: sentence("rights", `request.refusal.${refusalGround}`) }]
          : []),
        ...(complaintTold ? [{ term: t("case.complaintTerm"), value: t("case.complaintTold") }] : []),
        ...(answeredOn ? [{ term: t("case.answeredOn"), value: day(answeredOn) }] : []),
      ]}
    />
  );
}

function Close({ id }: { id: string }) {
  const { t } = useWords();
  const act = useAct(closeRequest);
  return (
    <Stack gap="sm">
      <Text size="sm">{t("case.closeText")}</Text>
      <ProblemAlert problem={act.error} />
      <Group>
        <Button loading={act.isPending} onClick={() => act.mutate({ params: { id } })}>
          {t("case.close")}
        </Button>
      </Group>
    </Stack>
  );
}

function Closed({ request: { answeredOn, dueOn, keptUntil } }: { request: PersonRequest }) {
  const { t, day } = useWords();
  const late = answeredOn !== null && answeredOn > dueOn;
  return (
    <Notice tone={late ? "attention" : "good"} icon={IconCircleCheck} title={t("case.closed")}>
      {t(late ? "case.wasLate" : "case.inTime")}
      {keptUntil && ` ${t("case.keptUntil", { day: day(keptUntil) })}`}
    </Notice>
  );
}
