// Rows of a table page by page, so that a company of any size passes through a small memory.

export const PAGE = 500;

/** `next` gives at most `PAGE` rows after the last of the page before (undefined: from the beginning), in order. */
export async function* pages<Row>(next: (after: Row | undefined) => Promise<Row[]>): AsyncGenerator<Row[]> {
  let after: Row | undefined;
  for (;;) {
    const rows = await next(after);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1);
  }
}
