import { Button, Checkbox, Group, NativeSelect, Radio, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import {
  answerRequest,
  type PersonRequest,
  REFUSAL_GROUNDS,
  type RefusalGround,
  RequestOutcome,
} from "../../registers/requests/contract.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import { useAct } from "../session/server.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { AnswerByCard } from "./AnswerByCard.tsx";
import { CaseRemains, useCaseRemains } from "./CaseRemains.tsx";

/** A refusal may come at any time; until all has been looked through (`ready`), the button is not the one to press. */
export function AnswerForm({ request, ready }: { request: PersonRequest; ready: boolean }) {
  const { t, sentence } = useWords();
  const act = useAct(answerRequest);
  const { id, right } = request;
  const remains = useCaseRemains(request);
  const [chosen, setOutcome] = useState<RequestOutcome | null>(null);
  const outcome = chosen ?? (remains.length > 0 ? "partly" : "answered");
  const [ground, setGround] = useState<RefusalGround | null>(null);
  const [complaintTold, setTold] = useState(false);
  const [answeredOn, setDay] = useState<Day | null>(dayInHelsinki(new Date()));
  const [tried, setTried] = useState(false);
  const refuses = outcome === "partly" || outcome === "refused";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (answeredOn === null || (refuses && (ground === null || !complaintTold))) return;
    const why = refuses && ground !== null && { ground };
    act.mutate({ params: { id }, body: { outcome, answeredOn, ...why, complaintTold: refuses && complaintTold } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={620}>
        <Text size="sm">{t("case.answerText")}</Text>
        <AnswerByCard request={request} />
        <CaseRemains remains={remains} />
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
            description={t("case.groundHelp")}
            value={ground ?? ""}
            onChange={(event) =>
              setGround(REFUSAL_GROUNDS[right].find((one) => one === event.currentTarget.value) ?? null)
            }
            error={tried && ground === null ? t("case.groundMissing") : undefined}
            data={[
              { value: "", label: t("field.choose") },
              ...REFUSAL_GROUNDS[right].map((value) => ({
                value,
                label: sentence("rights", `request.refusal.${value}`),
              })),
            ]}
            required
          />
        )}
        {refuses && (
          <Checkbox
            label={
              <>
                {t("case.complaint")}{" "}
                <span aria-hidden style={{ color: "var(--mantine-color-error)" }}>
                  *
                </span>
              </>
            }
            checked={complaintTold}
            onChange={(event) => setTold(event.currentTarget.checked)}
            error={tried && !complaintTold ? sentence("problems", "requestComplaintUntold") : undefined}
            required
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
