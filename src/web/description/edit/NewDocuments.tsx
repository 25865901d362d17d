import { Title } from "@mantine/core";
import { useWords } from "../../words/words.tsx";
import type { Tried } from "./editing.ts";

const WORDS = { gone: "draft.gone", new: "draft.come", known: "draft.known", lacking: "draft.lacking" } as const;

/** The documents before and after: a line that goes and a line that comes, told apart by a word and not by colour alone. */
export function NewDocuments({ documents }: { documents: Tried["documents"] }) {
  const { t } = useWords();
  if (documents.length === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        {t("draft.documents")}
      </Title>
      {documents.map(({ kind, sections }, n) => (
        <details key={kind} className="more" open={n === 0}>
          <summary>{t(`description.kind.${kind}`)}</summary>
          {sections.map(({ heading, lines }) => (
            <div key={heading}>
              <Title order={4} mt="sm">
                {heading}
              </Title>
              <ul className="lines">
                {lines.map(({ mark, text }) => (
                  <li key={`${mark} ${text}`} data-mark={mark}>
                    <b>{t(WORDS[mark])}</b> {text}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      ))}
    </section>
  );
}
