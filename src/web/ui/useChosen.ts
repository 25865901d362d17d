import { useState } from "react";

export type Chosen<Row> = {
  rows: readonly Row[];
  has: (row: Row) => boolean;
  set: (row: Row, on: boolean) => void;
  all: boolean;
  setAll: (on: boolean) => void;
  clear: () => void;
};

/** Which rows of a list are chosen for a deed on many; what leaves the list is no longer chosen. */
export function useChosen<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Chosen<Row> {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter((row) => keys.has(keyOf(row)));
  return {
    rows: chosen,
    has: (row) => keys.has(keyOf(row)),
    set: (row, on) =>
      setKeys((before) => {
        const next = new Set(before);
        if (on) next.add(keyOf(row));
        else next.delete(keyOf(row));
        return next;
      }),
    all: rows.length > 0 && chosen.length === rows.length,
    setAll: (on) => setKeys(new Set(on ? rows.map(keyOf) : [])),
    clear: () => setKeys(new Set()),
  };
}
