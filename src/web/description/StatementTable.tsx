import type { Table } from "./document.ts";
import { EditButton } from "./edit/EditButton.tsx";

/** A table of the document: no row opens anything, and each row is a card of its own on a narrow screen. */
export function StatementTable({ table: { caption, columns, rows } }: { table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="wide" aria-label={caption} tabIndex={0}>
      <table className="table" data-stacks>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ place, cells }) => (
            <tr key={`${place} ${cells.join()}`} title={place}>
              {cells.map((cell, at) => (
                <td key={columns[at]} data-head={columns[at]} data-prose={at > 0 || undefined}>
                  {typeof cell === "string" ? (
                    <span>{cell}</span>
                  ) : (
                    <div>
                      {cell.map((line) => (
                        <div key={line}>{line}</div>
                      ))}
                    </div>
                  )}
                  {at === 0 && <EditButton place={place} about={typeof cell === "string" ? cell : cell.join(", ")} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
