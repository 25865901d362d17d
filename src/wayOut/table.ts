// One register's rows in two forms at once: lines for a spreadsheet, and records with everything for a program.
import { BYTE_ORDER_MARK, type Cell, csvLine } from "./csv.ts";
import type { OutFile, Spools } from "./spool.ts";

export type Row = { cells: readonly Cell[]; record: object };
/** What the index says of a table. */
export type About = { name: string; rows: number; columns: readonly string[] };
export type Table = {
  add(row: Row): Promise<void>;
  rows(): number;
  end(): Promise<{ files: OutFile[]; about: About }>;
};

/** `registers/NAME.csv` and `registers/NAME.json`, an array of records, one record a line. */
export async function openTable(spools: Spools, name: string, columns: readonly string[]): Promise<Table> {
  const csv = await spools.growing(`registers/${name}.csv`);
  const json = await spools.growing(`registers/${name}.json`);
  let rows = 0;
  await csv.write(BYTE_ORDER_MARK + csvLine(columns));
  await json.write("[");
  return {
    add: async ({ cells, record }) => {
      if (cells.length !== columns.length) throw new Error(`a row of ${name} has other columns than its head`);
      await csv.write(csvLine(cells));
      await json.write(`${rows === 0 ? "\n" : ",\n"}${JSON.stringify(record)}`);
      rows += 1;
    },
    rows: () => rows,
    end: async () => {
      await json.write("\n]\n");
      return { files: [await csv.end(), await json.end()], about: { name, rows, columns } };
    },
  };
}
