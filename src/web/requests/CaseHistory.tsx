import type { PersonRequest } from "../../registers/requests/contract.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

/** Who did what, and when. */
export function CaseHistory({ request: { history } }: { request: PersonRequest }) {
  const { t, sentence, moment } = useWords();
  return (
    <Section title={t("case.history")}>
      <DataTable
        label={t("case.history")}
        rows={history}
        keyOf={({ step }) => step}
        columns={[
          {
            head: t("case.step"),
            width: "45%",
            cell: ({ step }) => <b>{sentence("rights", `request.step.${step}`)}</b>,
          },
          { head: t("case.when"), cell: ({ at }) => <span className="num">{moment(at)}</span> },
          { head: t("case.who"), cell: ({ by }) => by || "–" },
        ]}
      />
    </Section>
  );
}
