import { Outcome } from "../ui/Outcome.tsx";
import { markOf, type PrintedDocument, type Statement } from "./document.ts";

type Props = { statement: Statement; words: PrintedDocument["words"] };

/** A sentence of the document; beside it, in the margin, how it is kept. */
export function StatementLine({ statement: { term, text, place, level, kept, added, unknown }, words }: Props) {
  return (
    <li data-level={level} data-mark={kept && markOf(kept)}>
      <div className="said" title={place}>
        {term && <b>{term}. </b>}
        {text}
        {unknown && unknown.length > 0 && (
          <small className="unknown">
            {words.unknown}: {unknown.map(({ label }) => label).join(", ")}
          </small>
        )}
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
