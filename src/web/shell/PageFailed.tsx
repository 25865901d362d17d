import type { ErrorComponentProps } from "@tanstack/react-router";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** A fault of the page itself, or a page that could not be fetched: the rest of the product stays in use. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const { t } = useWords();
  return (
    <Page title={t("problem.pageTitle")} width="read">
      <ProblemAlert problem={error} retry={reset} />
    </Page>
  );
}
