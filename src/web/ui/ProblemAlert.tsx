import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconHandStop, IconPlugConnectedX } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { ProblemError } from "../../api/call.ts";
import { useWords } from "../words/words.tsx";

const Answer = lazy(() =>
  import("../why/RefusalAnswer.tsx").then(({ RefusalAnswer: answer }) => ({ default: answer })),
);

type Props = {
  problem: unknown;
  /** In a form: says that what was typed is still there. */
  typed?: boolean;
  retry?: () => void;
  /** What may be behind it that nothing is found, where the page knows more than that it may be closed. */
  notFound?: string | undefined;
};

/** What went wrong in a sentence; for a refusal, whose decision it is, where the description says so and whom to ask. */
export function ProblemAlert({ problem, typed = false, retry, notFound }: Props) {
  const { t, sentence } = useWords();
  if (!problem) return null;
  const told = problem instanceof ProblemError ? problem : undefined;
  const lost = told?.code === "serverLost";
  const refused = told?.why && told.why.decider !== "safetyLimit";
  const Icon = lost ? IconPlugConnectedX : refused ? IconHandStop : IconAlertTriangle;
  const title = lost ? t("problem.lostTitle") : refused ? t("problem.refusedTitle") : t("problem.title");
  return (
    <Alert role="alert" color={refused ? "amber" : "red"} icon={<Icon size={20} aria-hidden />} title={title} mb="md">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{told ? safeSentence(sentence, told) : t("problem.unknown")}</Text>
        {lost && typed && <Text size="sm">{t("problem.typedKept")}</Text>}
        {told?.why && (
          <Suspense>
            <Answer problem={told} />
          </Suspense>
        )}
        {retry && told?.status === 404 && <Text size="sm">{notFound ?? t("why.notFound")}</Text>}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t("retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** A sentence whose facts did not come must not take the page with it. */
function safeSentence(sentence: ReturnType<typeof useWords>["sentence"], { code, facts }: ProblemError): string {
  try {
    return sentence("problems", code, facts);
  } catch {
    return code;
  }
}
