import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconHandStop, IconPlugConnectedX } from "@tabler/icons-react";
import { ProblemError } from "../../api/call.ts";
import { useWords } from "../words/words.tsx";

type Props = {
  problem: unknown;
  /** In a form: says that what was typed is still there. */
  typed?: boolean;
  retry?: () => void;
};

/** What went wrong in a sentence; for a refusal, the line of the description that decided. */
export function ProblemAlert({ problem, typed = false, retry }: Props) {
  const { t, sentence } = useWords();
  if (!problem) return null;
  const told = problem instanceof ProblemError ? problem : undefined;
  const lost = told?.code === "serverLost";
  const refused = told?.status === 403;
  const Icon = lost ? IconPlugConnectedX : refused ? IconHandStop : IconAlertTriangle;
  const title = lost ? t("problem.lostTitle") : refused ? t("problem.refusedTitle") : t("problem.title");
  return (
    <Alert role="alert" color={refused ? "amber" : "red"} icon={<Icon size={20} aria-hidden />} title={title} mb="md">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{told ? safeSentence(sentence, told) : t("problem.unknown")}</Text>
        {lost && typed && <Text size="sm">{t("problem.typedKept")}</Text>}
        {told?.place && (
          <Text size="sm">
            {t("problem.place")} <span className="place">{told.place}</span>
          </Text>
        )}
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
