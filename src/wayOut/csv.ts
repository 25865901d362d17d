// Comma-separated values as RFC 4180 has them, for spreadsheets: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would run.

export const BYTE_ORDER_MARK = "\uFEFF";
export type Cell = string | number | boolean | null | undefined;

/** One line with its CRLF. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(",")}\r\n`;

/**
 * A text that begins as a formula gets an apostrophe before it, which spreadsheets take for "this is text"; so does one that begins with
 * apostrophes and then a formula, so that taking one away gives back exactly what was kept. Numbers of ours stay numbers.
 */
function cellText(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  const text = LIKE_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Also the full-width signs, which some spreadsheets fold. */
const LIKE_FORMULA = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The kept text of a cell that was read back. */
export const unescapedCell = (text: string): string =>
  text.startsWith("'") && LIKE_FORMULA.test(text) ? text.slice(1) : text;
