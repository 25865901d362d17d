// The recovery sheet drawn on one A4 page. It holds no words: those are the sheet's.
import { MM, rule } from "./drawing.ts";
import { drawKeyBox } from "./keyBox.ts";
import { INK, type Pen, penOn } from "./pen.ts";
import type { Sheet } from "./sheet.ts";
import { type Paper, widthOf } from "./type.ts";

const LEFT = 18 * MM;
const TOP = 15 * MM;
const WIDTH = 174 * MM;
const BOTTOM = 283 * MM;
const GUTTER = 9 * MM;
const HALF = (WIDTH - GUTTER) / 2;
const RIGHT = LEFT + HALF + GUTTER;
/** Room to write by hand above a line. */
const HAND = 9 * MM;

/**
 * Draws the sheet with running text of `size` points; true when it ends above the foot of the page. What does not fit is off the paper, so a
 * page that answers false must not be printed: draw anew on another paper with smaller type.
 */
export function drawSheet(paper: Paper, sheet: Sheet, size: number): boolean {
  const pen = penOn(paper, size);
  const boxTop = drawHead(pen, sheet, TOP) + 8;
  const boxEnd = drawKeyBox(pen, sheet, LEFT, boxTop, WIDTH);
  const partsEnd = drawParts(pen, sheet, boxEnd + 14);
  rule(paper, LEFT, partsEnd, WIDTH, 0.4, "#c4cbd6");
  const end = drawUse(pen, sheet, partsEnd + 10);
  const signTop = BOTTOM - pen.small.size * 1.5;
  drawSignLines(pen, sheet.sign, signTop);
  paper.addStructure(paper.struct("Document", {}, pen.elements));
  return end <= signTop - HAND;
}

function drawHead({ paper, place, line, bold, plain, soft, command }: Pen, sheet: Sheet, top: number): number {
  const maker = { ...soft, size: 12, text: "Tietovirta" };
  let y = place(line({ ...bold, size: 24 }, sheet.title, WIDTH, "H1"), LEFT, top);
  place(line(maker, maker.text, WIDTH), LEFT + WIDTH - widthOf(paper, maker), top + 0.8 * (24 - maker.size));
  rule(paper, LEFT, y, WIDTH, 0.9, INK);
  y = place(line(bold, sheet.lead, WIDTH), LEFT, y + 7) + 6;
  const labels = Math.max(...sheet.facts.map(([text]) => widthOf(paper, { ...soft, text }))) + 5 * MM;
  for (const [label, value] of sheet.facts) {
    const code = /^age1|^[0-9a-f-]{36}$/.test(value);
    const style = code ? { ...command, face: "Courier" as const, size: plain.size } : plain;
    place(line(soft, label, labels), LEFT, y);
    y = place(line(style, value, WIDTH - labels), LEFT + labels, y) + 2;
  }
  return y;
}

/** Two beside each other, in rows. */
function drawParts({ under, said }: Pen, { parts }: Sheet, top: number): number {
  let y = top;
  for (let n = 0; n < parts.length; n += 2) {
    const ends = parts
      .slice(n, n + 2)
      .map(({ heading, text }, column) => under(heading, said(text, HALF), column === 0 ? LEFT : RIGHT, y, HALF));
    y = Math.max(...ends) + 9;
  }
  return y;
}

function drawUse(
  { paper, elements, place, heading, under, said, line, plain, command }: Pen,
  sheet: Sheet,
  top: number,
): number {
  let left = place(heading(sheet.use.heading, HALF), LEFT, top) + 1.5;
  const indent = 15;
  const steps = sheet.use.steps.map((text, n) => {
    const step = said(text, HALF - indent, "LBody");
    const number = line(plain, `${n + 1}. `, indent, "Lbl");
    const item = paper.struct("LI", {}, [number.draw(LEFT, left), step.draw(LEFT + indent, left)]);
    left += step.height + 3;
    return item;
  });
  elements.push(paper.struct("L", {}, steps));
  let right = under(sheet.open.heading, said(sheet.open.text, HALF), RIGHT, top, HALF);
  right = place(line({ ...command, size: 8 }, sheet.open.command, HALF, "Code"), RIGHT, right + 5);
  right = place(said(sheet.confirm, HALF), RIGHT, right + 6);
  return Math.max(left, right);
}

function drawSignLines({ paper, place, line, small }: Pen, sign: readonly string[], top: number): void {
  const gap = 7 * MM;
  const share = (WIDTH - gap * (sign.length - 1)) / (1 + 1.5 * (sign.length - 1));
  let x = LEFT;
  for (const [n, text] of sign.entries()) {
    const width = n === 0 ? share : 1.5 * share;
    rule(paper, x, top, width, 0.5, INK);
    place(line(small, text, width), x, top + 4);
    x += width + gap;
  }
}
