import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { closeRequest, type PersonRequest } from "../../registers/requests/contract.ts";
import { useAct } from "../session/server.ts";
import { Facts } from "../ui/Facts.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { AnswerForm } from "./AnswerForm.tsx";
import { CaseStep } from "./CaseStep.tsx";

/** What was answered, and the end of the request. */
export function CaseAnswer({ request }: { request: PersonRequest }) {
  const { t } = useWords();
  const { id, state, tasksOpen, outcome } = request;
  const ready = state === "identified" && tasksOpen === 0;
  if (outcome === null)
    return (
      <CaseStep title={t("case.answer")} state={ready ? "now" : "later"}>
        <AnswerForm request={request} ready={ready} />
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
