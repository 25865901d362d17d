// Lines for spreadsheets: RFC 4180 but for its separator, UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would run.

export const BYTE_ORDER_MARK = "\uFEFF";
/** What Excel takes where the decimal sign is a comma, as in Finland and Sweden: with commas it would put a whole line into one cell. */
const SEPARATOR = ";";
export type Cell = string | number | boolean | null | undefined;

/** One line with its CRLF. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(SEPARATOR)}\r\n`;

/**
 * A text that begins as a formula gets an apostrophe before it, which spreadsheets take for "this is text"; so does one that begins with
 * apostrophes and then a formula, so that taking one away gives back exactly what was kept. Numbers of ours stay numbers,
 * with a decimal comma: "1.5" would become the first of May.
 */
function cellText(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value).replace(".", ",");
  const text = LIKE_FORMULA.test(value) ? `'${value}` : value;
  // Also what other programs take for a separator: beside ours, they would begin a cell in the middle of a text.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Also the full-width signs, which some spreadsheets fold. */
const LIKE_FORMULA = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The kept text of a cell that was read back. */
export const unescapedCell = (text: string): string =>
  text.startsWith("'") && LIKE_FORMULA.test(text) ? text.slice(1) : text;
