import { Title, UnstyledButton } from "@mantine/core";
import { useWords } from "../../words/words.tsx";
import { type Finding, pathOf, type View } from "./editing.ts";

/** What is wrong, with its article and the way out; what was there before is only counted. */
export function Findings({ findings, onView }: { findings: readonly Finding[]; onView: (view: View) => void }) {
  const { t } = useWords();
  const told = findings.filter(({ severity, isNew }) => severity === "error" || isNew);
  const rest = findings.length - told.length;
  if (findings.length === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        {t("draft.findings")}
      </Title>
      <ul className="effects">
        {told.map((finding) => (
          <li
            key={`${finding.code} ${finding.path} ${finding.line} ${finding.col}`}
            data-mark={finding.severity === "error" ? "stops" : null}
          >
            <b>{t(`draft.severity.${finding.severity}`)}: </b>
            {finding.message} {finding.wayOut}
            <div className="where">
              {t("draft.line", { line: finding.line, col: finding.col })}
              {finding.path !== "" && (
                <UnstyledButton
                  className="edit"
                  aria-label={`${t("draft.mend")}: ${finding.message}`}
                  onClick={() => onView({ kind: "form", path: pathOf(finding.path), isNew: false })}
                >
                  {t("draft.mend")}
                </UnstyledButton>
              )}
            </div>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="help">{t("draft.before", { count: rest })}</p>}
    </section>
  );
}
