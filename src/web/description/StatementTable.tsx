import type { Table } from "./document.ts";
import { EditButton } from "./edit/EditButton.tsx";

/** A table of the document: no row opens anything, and it may be wider than a narrow screen. */
export function StatementTable({ table: { caption, columns, rows } }: { table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="wide" aria-label={caption} tabIndex={0}>
      <table className="table">
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
                <td key={columns[at]}>
                  {typeof cell === "string" ? cell : cell.map((line) => <div key={line}>{line}</div>)}
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
