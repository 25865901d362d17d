// What is drawn on the sheet and not typed: the QR code, lines and a frame. None of it is text to a reader, but for the code's name.
import type { Element, Paper } from "./type.ts";

export const MM = 72 / 25.4;
const INK = "#1d2433";
/** Light squares around the code, without which a reader may not find it (ISO/IEC 18004, 6.3.8). */
export const QUIET_SQUARES = 4;

/** The code with its quiet zone in a square of `side` points. One path, so that no hair of white shows between its squares. */
export const drawCode = (
  paper: Paper,
  rows: readonly string[],
  alt: string,
  x: number,
  y: number,
  side: number,
): Element =>
  paper.struct("Figure", { alt }, [
    () => {
      const square = side / (rows.length + 2 * QUIET_SQUARES);
      for (const [row, squares] of rows.entries())
        for (const run of squares.matchAll(/1+/g))
          paper.rect(
            x + (QUIET_SQUARES + run.index) * square,
            y + (QUIET_SQUARES + row) * square,
            run[0].length * square,
            square,
          );
      paper.fill("#000000");
    },
  ]);

export const rule = (paper: Paper, x: number, y: number, width: number, thickness: number, ink: string): void =>
  aside(paper, () =>
    paper
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thickness)
      .stroke(ink),
  );

export const frame = (paper: Paper, x: number, y: number, width: number, height: number): void =>
  aside(paper, () => paper.rect(x, y, width, height).lineWidth(0.9).stroke(INK));

/** Ornament, which a screen reader passes over. */
function aside(paper: Paper, draw: () => unknown): void {
  paper.markContent("Artifact", { type: "Layout" });
  draw();
  paper.endMarkedContent();
}
