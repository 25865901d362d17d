// The styles of the sheet, and the order in which its elements are read aloud: that in which they are placed.
import { RENEW, RESTORE } from "./sheet.ts";
import { type Block, type Element, type Paper, type Style, setBlock } from "./type.ts";

export const INK = "#1d2433";
const SOFT = "#556074";

export type Pen = ReturnType<typeof penOn>;

/** `size`: of the running text, in points. */
export function penOn(paper: Paper, size: number) {
  const plain: Style = { face: "Helvetica", size, ink: INK };
  const bold: Style = { ...plain, face: "Helvetica-Bold" };
  const soft: Style = { ...plain, ink: SOFT };
  const command: Style = { face: "Courier-Bold", size: 8.6, ink: INK };
  const elements: Element[] = [];

  /** Commands stand out and never break over a line's end. */
  const said = (text: string, width: number, tag = "P"): Block =>
    setBlock(
      paper,
      tag,
      text.split(new RegExp(`(${RENEW}|${RESTORE})`)).map((part) => {
        const typed = part === RENEW || part === RESTORE;
        return { ...(typed ? command : plain), text: part, whole: typed };
      }),
      width,
    );
  const line = (style: Style, text: string, width: number, tag = "P"): Block =>
    setBlock(paper, tag, [{ ...style, text }], width);
  const heading = (text: string, width: number): Block => line({ ...bold, size: size + 1 }, text, width, "H2");
  /** The lower edge of what was placed, in points from the page's upper edge. */
  const place = (block: Block, x: number, y: number): number => {
    elements.push(block.draw(x, y));
    return y + block.height;
  };
  const under = (title: string, text: Block, x: number, y: number, width: number): number =>
    place(text, x, place(heading(title, width), x, y) + 1.5);
  return {
    paper,
    elements,
    plain,
    bold,
    soft,
    small: { ...soft, size: size - 1 },
    command,
    said,
    line,
    heading,
    place,
    under,
  };
}
