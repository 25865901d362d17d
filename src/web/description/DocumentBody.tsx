import { Button, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Facts } from "../ui/Facts.tsx";
import { Outcome } from "../ui/Outcome.tsx";
import { useWords } from "../words/words.tsx";
import { countMarks, type Mark, marks, onlyMarked, type PrintedDocument, type Section } from "./document.ts";
import { AddButtons } from "./edit/EditButton.tsx";
import { StatementLine } from "./StatementLine.tsx";
import { StatementTable } from "./StatementTable.tsx";

/** The document as it is printed, with its marks; pressing a mark leaves only the sentences that bear it. */
export function DocumentBody({ document }: { document: PrintedDocument }) {
  const { t } = useWords();
  const [only, setOnly] = useState<Mark | null>(null);
  const counts = countMarks(document);
  const sections = onlyMarked(document, only);
  return (
    <article lang={document.language} className="printed">
      <Title order={2} mb="sm">
        {document.title}
      </Title>
      <Facts tight facts={document.facts.map(({ label, value }) => ({ term: label, value }))} />
      {document.summary.length > 0 && (
        <Text mt="md" maw={720}>
          {document.summary.join(" ")}
        </Text>
      )}
      {counts.size > 0 && (
        <Group gap={8} mt="md" role="group" aria-label={t("description.filter")}>
          {marks
            .filter((mark) => counts.has(mark))
            .map((mark) => (
              <Button
                key={mark}
                variant={only === mark ? "light" : "default"}
                size="compact-md"
                aria-pressed={only === mark}
                onClick={() => setOnly(only === mark ? null : mark)}
                px={8}
                rightSection={<span className="num">{counts.get(mark)}</span>}
              >
                <Outcome of={mark} />
              </Button>
            ))}
        </Group>
      )}
      {document.legend.length > 0 && (
        <details className="legend">
          <summary>{t("description.legend")}</summary>
          <Facts tight facts={document.legend.map(({ label, value }) => ({ term: label, value }))} />
        </details>
      )}
      {sections.map((section) => (
        <Part key={section.id} section={section} words={document.words} />
      ))}
    </article>
  );
}

function Part({ section, words }: { section: Section; words: PrintedDocument["words"] }) {
  const { id, heading, lead, statements, tables } = section;
  return (
    <section aria-labelledby={`part-${id}`} className="part">
      <Title order={2} id={`part-${id}`}>
        {heading}
      </Title>
      {lead && <Text mb="xs">{lead}</Text>}
      {statements.length > 0 && (
        <ol className="statements">
          {statements.map((statement) => (
            <StatementLine key={statement.id} statement={statement} words={words} />
          ))}
        </ol>
      )}
      {tables.map((table) => (
        <StatementTable key={table.caption} table={table} />
      ))}
      <AddButtons section={id} />
    </section>
  );
}
