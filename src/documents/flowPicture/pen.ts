// Strokes of the picture: boxes, words in lines, lines with round corners, arrows, signs.
import type { Palette } from "./palette.ts";
import { type Element, element, round } from "./tree.ts";
import type { Box, Point } from "./wide.ts";

export const FONT =
  "Figtree Variable, Source Sans 3, Segoe UI, Helvetica Neue, Arial, Liberation Sans, Noto Sans, sans-serif";

export type Type = { size: number; lead: number; fill: string; bold?: boolean };

/** Lines of text from a height down; `top` is where the first line begins, not its base. */
export function words(
  lines: readonly string[],
  { x, top }: { x: number; top: number },
  { size, lead, fill, bold }: Type,
): Element[] {
  return lines.map((line, n) =>
    element(
      "text",
      { x, y: top + n * lead + size * 0.94, "font-size": size, fill, "font-weight": bold ? 600 : undefined },
      line,
    ),
  );
}

export const box = (
  { x, y, width, height }: Box,
  {
    fill,
    stroke,
    radius,
    dash,
    line = 1,
  }: { fill: string; stroke: string; radius: number; dash?: string; line?: number },
): Element =>
  element("rect", { x, y, width, height, rx: radius, fill, stroke, "stroke-width": line, "stroke-dasharray": dash });

/** A sign of icons.ts with its middle at the point. */
export const icon = (d: string, { x, y }: Point, stroke: string, size = 14): Element =>
  element("path", {
    d,
    transform: `translate(${round(x - size / 2)} ${round(y - size / 2)}) scale(${round((size / 16) * 100) / 100})`,
    fill: "none",
    stroke,
    "stroke-width": 1.5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });

const CORNER = 6;

/** Through the points in straight lines with round corners; shortened at its end by `less`, where an arrow stands. */
export function track(points: readonly Point[], less = 0): string {
  const path = shortened(points, less);
  const [first, ...rest] = path;
  if (!first) return "";
  const steps = rest.map((point, n) => {
    const [before, next] = [path[n] ?? point, rest[n + 1]];
    if (!next) return `L${at(point)}`;
    const turn = Math.min(CORNER, distance(before, point) / 2, distance(point, next) / 2);
    return `L${at(towards(point, before, turn))}Q${at(point)} ${at(towards(point, next, turn))}`;
  });
  return `M${at(first)}${steps.join("")}`;
}

const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y);

function towards(from: Point, to: Point, far: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * far) / whole, y: from.y + ((to.y - from.y) * far) / whole };
}

function shortened(points: readonly Point[], less: number): readonly Point[] {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (!last || !before || less === 0) return points;
  return [...points.slice(0, -1), towards(last, before, Math.min(less, distance(last, before)))];
}

/** A head at the end of the line, in its direction. */
export function arrow(points: readonly Point[], fill: string, size: number): Element | undefined {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (!tip || !before) return undefined;
  const base = towards(tip, before, size);
  const [dx, dy] = [(tip.x - base.x) * 0.5, (tip.y - base.y) * 0.5];
  const [left, right] = [
    { x: base.x - dy, y: base.y + dx },
    { x: base.x + dy, y: base.y - dx },
  ];
  return element("path", { d: `M${at(tip)}L${at(left)}L${at(right)}Z`, fill });
}

/** A stop sign with a number, its right end at the point: what was refused. */
export function stop(count: string, { x, y }: Point, colour: Palette): Element {
  const width = 20 + count.length * 6.8;
  const left = x - width;
  const sign = { x: left + 9, y };
  const corners = [...Array(8).keys()].map((n) => {
    const angle = ((n + 0.5) * Math.PI) / 4;
    return { x: sign.x + 6 * Math.cos(angle), y: sign.y + 6 * Math.sin(angle) };
  });
  return element("g", {}, [
    box(
      { x: left, y: y - 8, width, height: 16 },
      { fill: colour("sign"), stroke: colour("stop"), radius: 8, line: 1.2 },
    ),
    element("path", { d: `M${corners.map(at).join("L")}Z`, fill: colour("stop") }),
    element("path", { d: `M${round(sign.x - 3)} ${round(sign.y)}h6`, stroke: colour("stopInk"), "stroke-width": 1.8 }),
    ...words([count], { x: left + 17, top: y - 5.5 }, { size: 11, lead: 11, fill: colour("stop"), bold: true }),
  ]);
}
