import { type KeyboardEvent, type MouseEvent, type ReactNode, useDeferredValue, useRef } from "react";

export type Column<Row> = {
  head: string;
  cell: (row: Row) => ReactNode;
  /** `end` for amounts. */
  align?: "start" | "end";
  width?: string;
  /** Sentences: on a narrow screen they stand under their heading, across the whole row. */
  prose?: boolean;
};

type Props<Row> = {
  /** Said to those who do not see the page. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** The first link of a row opens it; a press anywhere on the row, and arrows with Enter, do the same. */
  opens?: boolean;
};

/** More than a window holds: these stand at once, the rest a moment later, and nobody waits for the page because its table is long. */
const FIRST_ROWS = 30;

/** A dense table; on a narrow screen each row becomes a card of its own. Arrows move between the rows' links. */
export function DataTable<Row>({ label, columns, rows, keyOf, opens = false }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const count = useDeferredValue(rows.length, FIRST_ROWS);
  return (
    <table className="table" data-stacks aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ head, align, width }) => (
            <th key={head} scope="col" data-align={align} style={width ? { width } : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={opens ? moveBetweenRows : undefined} onClick={opens ? openRow : undefined}>
        {rows.slice(0, count).map((row) => (
          <tr key={keyOf(row)} data-opens={opens || undefined}>
            <Cells columns={columns} row={row} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Cells<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  return columns.map(({ head, cell, align, prose }) => (
    <td
      key={head}
      data-head={head}
      data-align={align}
      data-prose={prose || undefined}
      className={align === "end" ? "num" : undefined}
    >
      {cell(row)}
    </td>
  ));
}

export function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("tr > td:first-child a")];
  const row = event.target instanceof Element ? event.target.closest("tr") : null;
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function openRow(event: MouseEvent<HTMLTableSectionElement>): void {
  const target = event.target;
  if (!(target instanceof Element) || target.closest("a, button, input, label")) return;
  // Somebody selecting a phone number to copy is not opening the row.
  if (window.getSelection()?.toString()) return;
  target.closest("tr")?.querySelector<HTMLElement>("td:first-child a")?.click();
}
