// The frame with the key in it: its words in a numbered grid, and the same as a code.
import { drawCode, frame, MM, QUIET_SQUARES } from "./drawing.ts";
import type { Pen } from "./pen.ts";
import type { Sheet } from "./sheet.ts";
import { type Element, widthOf } from "./type.ts";

const WORD_ROWS = 8;
const INSET = 4.5 * MM;
/** Of the code with its quiet zone: squares of 1.35 mm, which a telephone reads at arm's length. */
const CODE_SIDE = 61 * MM;

/** The frame's lower edge, in points. */
export function drawKeyBox(pen: Pen, { words, qr }: Sheet, x: number, top: number, width: number): number {
  const { elements, heading, line, paper, place, small, under } = pen;
  const quiet = (QUIET_SQUARES * CODE_SIDE) / (qr.rows.length + 2 * QUIET_SQUARES);
  const codeX = x + width - CODE_SIDE;
  const wordsWidth = width - CODE_SIDE - INSET;
  const left = x + INSET;
  const gridTop = under(words.heading, line(small, words.note, wordsWidth), left, top + INSET, wordsWidth) + 14;
  const codeHeading = heading(qr.heading, CODE_SIDE - quiet);
  const codeTop = top + INSET + codeHeading.height;
  const bottom = codeTop + CODE_SIDE;
  elements.push(drawWords(pen, words.list, left, gridTop, wordsWidth, bottom - quiet - gridTop));
  place(codeHeading, codeX + quiet, top + INSET);
  elements.push(drawCode(paper, qr.rows, qr.heading, codeX, codeTop, CODE_SIDE));
  frame(paper, x, top, width, bottom - top);
  return bottom;
}

/** Down the columns, as people read a list; in a face in which no two letters look alike. */
function drawWords(pen: Pen, list: readonly string[], x: number, y: number, width: number, height: number): Element {
  const { line, paper, soft } = pen;
  const column = width / Math.ceil(list.length / WORD_ROWS);
  const word = { face: "Courier-Bold", size: 13.5, ink: "#000000" } as const;
  const number = { ...soft, size: 9 };
  // The last word ends where the code ends.
  const step = (height - word.size) / (WORD_ROWS - 1);
  const items = list.map((text, n) => {
    const at = { x: x + Math.floor(n / WORD_ROWS) * column, y: y + (n % WORD_ROWS) * step };
    const label = `${n + 1}. `;
    const numberX = at.x + 17 - widthOf(paper, { ...number, text: label });
    const baseline = 0.8 * (word.size - number.size);
    return paper.struct("LI", {}, [
      line(number, label, column, "Lbl").draw(numberX, at.y + baseline),
      line(word, text, column, "LBody").draw(at.x + 19, at.y),
    ]);
  });
  return paper.struct("L", {}, items);
}
