import type { ReactNode } from "react";
import { Outcome } from "../ui/Outcome.tsx";
import { markOf, type PrintedDocument, type Statement } from "./document.ts";
import { EditButton } from "./edit/EditButton.tsx";

type Props = { statement: Statement; words: PrintedDocument["words"] };

/** A sentence of the document; beside it, in the margin, how it is kept. */
export function StatementLine({ statement: { term, text, place, level, kept, added, unknown }, words }: Props) {
  return (
    <li data-level={level} data-mark={kept && markOf(kept)}>
      <div className="said" title={place}>
        {term && <b>{term}. </b>}
        {unknown && unknown.length > 0 ? marked(text, words.unknown) : text}
        <EditButton place={place} about={term ?? text} />
        {added && (
          <small className="added">
            <b>{words.added}:</b> {added}
          </small>
        )}
      </div>
      {kept && (
        <div className="kept">
          <Outcome of={markOf(kept)} />
          {(kept.how === "enforced" || kept.how === "task") && <small>{kept.words}</small>}
        </div>
      )}
    </li>
  );
}

/** The words for what nobody knows yet, marked where they stand. */
function marked(text: string, unknown: string): ReactNode {
  const at = text.toLowerCase().indexOf(unknown.toLowerCase());
  if (at === -1) return text;
  const end = at + unknown.length;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, end)}</mark>
      {marked(text.slice(end), unknown)}
    </>
  );
}
