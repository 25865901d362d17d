// Type on paper: pieces of text set into lines of a width, and the lines drawn as one element of the tagged document.
import type {} from "pdfkit";
import { printable } from "./printable.ts";

export type Paper = PDFKit.PDFDocument;
export type Element = PDFKit.PDFStructureElement;
export type Face = "Helvetica" | "Helvetica-Bold" | "Courier" | "Courier-Bold";
/** `size` in points; `ink` as #rrggbb. */
export type Style = { face: Face; size: number; ink: string };
/** `whole`: never broken over a line's end, as a command to be typed. */
export type Piece = Style & { text: string; whole?: boolean };
/** Set text: `height` in points, and its element when drawn with the upper left corner at (x, y), points from the page's. */
export type Block = { height: number; draw: (x: number, y: number) => Element };
type Line = Piece[];

const LEADING = 1.3;
/** Where the baseline stands in a line, as a part of the size: the height of ä and å over it. */
const ASCENT = 0.8;

export const widthOf = (paper: Paper, { face, size, text }: Piece): number =>
  paper.font(face).fontSize(size).widthOfString(text);

/** `tag`: a standard structure type (ISO 32000-1, 14.8.4), as H1, P or LBody; `width` in points. */
export function setBlock(paper: Paper, tag: string, pieces: readonly Piece[], width: number): Block {
  const lines = broken(paper, pieces, width);
  const step = Math.max(...pieces.map((piece) => piece.size)) * LEADING;
  const draw = (x: number, y: number) =>
    paper.struct(tag, {}, [
      () => {
        lines.forEach((line, n) => {
          drawLine(paper, line, x, y + n * step);
        });
      },
    ]);
  return { height: lines.length * step, draw };
}

function drawLine(paper: Paper, line: Line, x: number, y: number): void {
  const tallest = Math.max(...line.map((piece) => piece.size));
  let at = x;
  for (const piece of line) {
    const advance = widthOf(paper, piece);
    // Without wrapping the library never begins a page of its own.
    const options = { lineBreak: false, baseline: "alphabetic" } as const;
    paper.fillColor(piece.ink).text(piece.text, at, y + tallest * ASCENT, options);
    at += advance;
  }
}

/**
 * Lines are broken after a blank only; the blank stays at the line's end, where a reader of the text needs it. Words are drawn one by one: the
 * built-in faces kern blanks, and so tightly that words before a T run together.
 */
function broken(paper: Paper, pieces: readonly Piece[], width: number): Line[] {
  const lines: Line[] = [];
  let line: Line = [];
  let used = 0;
  for (const group of inseparable(pieces)) {
    const seen = group.reduce((sum, piece) => sum + widthOf(paper, { ...piece, text: piece.text.trimEnd() }), 0);
    if (line.length > 0 && used + seen > width) {
      lines.push(line);
      [line, used] = [[], 0];
    }
    line.push(...group);
    used += group.reduce((sum, piece) => sum + widthOf(paper, piece), 0);
  }
  return [...lines, line];
}

/**
 * What stands between two places where a line may end: a word, or a command with the full stop after it. A name without blanks is cut, since
 * what ran over the edge would be lost.
 */
function inseparable(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let open = false;
  for (const piece of pieces) {
    const text = printable(piece.text);
    const parts = piece.whole ? [text] : (text.match(/[^ ]{1,40} *| +/g) ?? []);
    for (const [n, part] of parts.entries()) {
      const last = groups.at(-1);
      if (n === 0 && open && last) last.push({ ...piece, text: part });
      else groups.push([{ ...piece, text: part }]);
    }
    open = !(parts.at(-1) ?? " ").endsWith(" ");
  }
  return groups;
}
