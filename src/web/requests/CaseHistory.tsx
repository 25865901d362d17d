import type { PersonRequest } from "../../registers/requests/contract.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

type Line = { key: string; what: string; at: string; by: string };

/** Who did what, and when; the places that were looked through with the rest. */
export function CaseHistory({ request }: { request: PersonRequest }) {
  const { t, moment } = useWords();
  const lines = useLines(request);
  return (
    <Section title={t("case.history")}>
      <DataTable
        label={t("case.history")}
        rows={lines}
        keyOf={({ key }) => key}
        columns={[
          { head: t("case.step"), width: "45%", prose: true, cell: ({ what }) => <b>{what}</b> },
          { head: t("case.when"), cell: ({ at }) => <span className="num">{moment(at)}</span> },
          { head: t("case.who"), cell: ({ by }) => by || "–" },
        ]}
      />
    </Section>
  );
}

function useLines({ history, tasks }: PersonRequest): Line[] {
  const { t, sentence } = useWords();
  const steps = history.map(({ step, at, by }) => ({
    ...{ key: step, what: sentence("rights", `request.step.${step}`), at, by },
  }));
  const done = tasks.flatMap(({ label, found, doneAt, doneBy }) =>
    found === null || doneAt === null ? [] : [{ label, found, at: doneAt, by: doneBy ?? "" }],
  );
  // Places written down by one press are one line.
  const looked = [...Map.groupBy(done, ({ found, at, by }) => `${at} ${found} ${by}`)].flatMap(
    ([key, [one, ...more]]) => {
      if (!one) return [];
      const places = [one, ...more].map(({ label }) => label).join(", ");
      return [
        {
          key,
          what: t(one.found === "found" ? "case.lookedFound" : "case.lookedNothing", { places }),
          at: one.at,
          by: one.by,
        },
      ];
    },
  );
  return [...steps, ...looked].sort((a, b) => a.at.localeCompare(b.at));
}
