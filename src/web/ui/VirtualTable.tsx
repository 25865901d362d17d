import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { Fragment, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Cells, type Column, moveBetweenRows, openRow } from "./DataTable.tsx";

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** Called when the reader comes near the last row. */
  onEnd?: (() => void) | undefined;
};

const ROW_PX = 40;
const BEYOND = 12;
const NEAR = 30;

/**
 * A `DataTable` whose rows open, of which only those near the window are in the page, however many there are. Screen readers hear each row's place;
 * the row that has the keyboard stays, also when it is scrolled away.
 */
export function VirtualTable<Row>({ label, columns, rows, keyOf, onEnd }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const [held, setHeld] = useState<number | null>(null);
  // What stands above the table may grow or go.
  useLayoutEffect(() => {
    const now = body.current ? Math.round(body.current.getBoundingClientRect().top + window.scrollY) : 0;
    if (Math.abs(now - top) > 1) setTop(now);
  });
  const rangeExtractor = useCallback(
    (range: Range) => {
      const near = defaultRangeExtractor(range);
      return held === null || held >= range.count ? near : [...new Set([...near, held])].sort((a, b) => a - b);
    },
    [held],
  );
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: BEYOND,
    scrollMargin: top,
    getItemKey: (at) => {
      const row = rows[at];
      return row === undefined ? at : keyOf(row);
    },
    rangeExtractor,
  });
  const items = virtual.getVirtualItems();
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - NEAR) onEnd?.();
  }, [last, rows.length, onEnd]);
  const bottom = (items.at(-1)?.end ?? top) - top;
  return (
    <table className="table" data-stacks aria-label={label} aria-rowcount={onEnd ? -1 : rows.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ head, align, width }) => (
            <th key={head} scope="col" data-align={align} style={width ? { width } : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody
        ref={body}
        onKeyDown={moveBetweenRows}
        onClick={openRow}
        onFocus={({ target }) => setHeld(placeOf(target))}
        onBlur={() => setHeld(null)}
      >
        {items.map(({ index, key, start }, n) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <Fragment key={key}>
              <Gap px={start - (items[n - 1]?.end ?? top)} columns={columns.length} />
              <tr ref={virtual.measureElement} data-index={index} data-opens aria-rowindex={index + 2}>
                <Cells columns={columns} row={row} />
              </tr>
            </Fragment>
          );
        })}
        <Gap px={virtual.getTotalSize() - bottom} columns={columns.length} />
      </tbody>
    </table>
  );
}

const placeOf = (target: Element): number | null => {
  const index = target.closest("tr")?.dataset.index;
  return index === undefined ? null : Number(index);
};

/** The room of rows that are not in the page. */
function Gap({ px, columns }: { px: number; columns: number }) {
  if (px <= 0) return null;
  return (
    <tr aria-hidden className="table-gap">
      <td colSpan={columns} style={{ height: px }} />
    </tr>
  );
}
