// How good a layout is: small, so that its words are large on a sheet; with few crossings and short lines, so that the eye can follow them.
import type { Layout, Point } from "./wide.ts";

/** In square units of the drawing: a crossing costs as much as a strip of paper, a unit of line as much as its own width. */
const CROSSING = 40_000;
const LINE = 12;

export function costOf({ width, height, routes }: Pick<Layout, "width" | "height" | "routes">): number {
  const segments = [...routes].flatMap(([part, paths]) => paths.flatMap((points) => segmentsOf(part, points)));
  const length = segments.reduce((all, { from, to }) => all + Math.hypot(to.x - from.x, to.y - from.y), 0);
  const crossings = segments.reduce(
    (all, one, n) =>
      all + segments.slice(n + 1).filter((other) => one.part !== other.part && crosses(one, other)).length,
    0,
  );
  return width * height + crossings * CROSSING + length * LINE;
}

type Segment = { part: string; from: Point; to: Point };

const segmentsOf = (part: string, points: readonly Point[]): Segment[] =>
  points.slice(1).flatMap((to, n) => {
    const from = points[n];
    return from ? [{ part, from, to }] : [];
  });

const isLevel = ({ from, to }: Segment) => Math.abs(from.y - to.y) < 1;

/** A level one and an upright one, inside both; lines that only touch at their ends do not cross. */
function crosses(one: Segment, other: Segment): boolean {
  if (isLevel(one) === isLevel(other)) return false;
  const [level, upright] = isLevel(one) ? [one, other] : [other, one];
  return within(upright.from.x, level.from.x, level.to.x) && within(level.from.y, upright.from.y, upright.to.y);
}

const within = (at: number, one: number, other: number): boolean =>
  at > Math.min(one, other) + 1 && at < Math.max(one, other) - 1;
