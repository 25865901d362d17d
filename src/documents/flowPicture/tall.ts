// For narrow sheets: everything in one column from top to bottom, and the lines in a gutter at its left, each in a track of its own where it must be.
// No layered layout does this: beside a box a phone has room for lines only, not for a second box.
import { boxesOf, REGION, SYSTEM } from "./boxes.ts";
import type { Flowing, FlowPicture, Line } from "./model.ts";
import { type Box, bundleSize, type Layout, type Point, signOf } from "./wide.ts";

const TRACK = 8;
const ROW = 8;
const HEAD = 34;
const EDGE = 3;
const PORT = 6;

/** From one height to another along the gutter. */
type Run = { line: Line; from: Box; to: Box; start: number; end: number };

export function tallLayout(picture: FlowPicture, { counted }: { counted: boolean }): Layout {
  const { boxes, height, width } = column(picture, counted);
  const runs = runsOf(picture, boxes);
  const tracks = tracksFor(runs);
  const gutter = (Math.max(-1, ...tracks.values()) + 1) * TRACK + 14;
  for (const [id, box] of boxes) boxes.set(id, { ...box, x: box.x + gutter });
  const routes = new Map<string, (readonly Point[])[]>();
  for (const { line, from, to, start, end } of runs) {
    const x = gutter - 8 - (tracks.get(line.part) ?? 0) * TRACK;
    const path = [at(from.x + gutter, start), at(x, start), at(x, end), at(to.x + gutter, end)];
    routes.set(line.part, [path]);
  }
  for (const flow of lastOfStack(picture.flows)) {
    const [sign, target] = [boxes.get(signOf(flow.part)), boxes.get(flow.to)];
    if (!sign || !target) continue;
    const x = sign.x + 14;
    routes.get(flow.part)?.push([at(x, sign.y + sign.height), at(x, target.y)]);
  }
  return { width: width + gutter, height, orientation: "tall", counted, boxes, routes };
}

const at = (x: number, y: number): Point => ({ x, y });

/** The boxes one below another, as if there were no gutter. The signs of flows stand on what they come to. */
function column(picture: FlowPicture, counted: boolean) {
  const sizes = boxesOf("tall", { counted });
  const boxes = new Map<string, Box>();
  let y = HEAD;
  let width = 0;
  const put = (id: string, x: number, size: { width: number; height: number }, after = ROW) => {
    boxes.set(id, { x, y, ...size });
    width = Math.max(width, x + size.width + EDGE);
    y += size.height + after;
  };
  const lines = [...picture.collects, ...picture.flows];
  const touching = (id: string) => lines.filter(({ from, to }) => from === id || to === id).length;
  const signs = (target: string, x: number) => {
    const arriving = picture.flows.filter(({ to }) => to === target);
    if (arriving.length > 0) y += 5;
    for (const [n, flow] of arriving.entries())
      put(signOf(flow.part), x, sizes.flow(flow), n === arriving.length - 1 ? 12 : 3);
  };
  for (const bundle of picture.bundles) put(bundle.id, 0, bundleSize(bundle, sizes));
  for (const giver of picture.givers) put(giver.id, 0, sizes.end(giver));
  y += HEAD - ROW;
  const around = REGION.pad + SYSTEM.pad;
  for (const region of picture.regions) {
    const { id, systems } = region;
    const top = y;
    y += sizes.region(region).height;
    for (const system of systems) {
      const head = sizes.system(system);
      const start = y;
      y += head.height;
      for (const register of system.registers) {
        signs(register.id, around);
        const { width, height } = sizes.register(register);
        put(register.id, around, { width, height: Math.max(height, PORT * (touching(register.id) + 1)) });
      }
      if (system.registers.length > 0) y += SYSTEM.pad - ROW;
      boxes.set(system.part, { x: REGION.pad, y: start, width: head.width, height: y - start });
      y += ROW;
    }
    y += REGION.pad - ROW;
    boxes.set(id, { x: 0, y: top, width: sizes.m.register + 2 * around, height: y - top });
    width = Math.max(width, sizes.m.register + 2 * around + EDGE);
    y += ROW;
  }
  y += picture.receivers.length > 0 ? HEAD - ROW : 0;
  for (const receiver of picture.receivers) {
    signs(receiver.id, 0);
    put(receiver.id, 0, sizes.end(receiver), 14);
  }
  return { boxes, height: y, width };
}

/** Lines come to the upper half of a box and go from its lower half, side by side. */
function runsOf(picture: FlowPicture, boxes: ReadonlyMap<string, Box>): Run[] {
  const lines: readonly { line: Line; to: string }[] = [
    ...picture.collects.map((line) => ({ line, to: line.to })),
    ...picture.flows.map((line) => ({ line, to: signOf(line.part) })),
  ];
  return lines.flatMap(({ line, to }) => {
    const [from, target] = [boxes.get(line.from), boxes.get(to)];
    if (!from || !target) return [];
    const going = lines.filter((other) => other.line.from === line.from);
    const coming = lines.filter((other) => other.to === to);
    const goes = going.findIndex((other) => other.line === line);
    const comes = coming.findIndex((other) => other.line === line);
    const both = lines.some((other) => other.to === line.from);
    const start = spread(from, goes, going.length, both ? "lower" : "whole");
    const end = spread(target, comes, coming.length, lines.some((other) => other.line.from === to) ? "upper" : "whole");
    return [{ line, from, to: target, start, end }];
  });
}

function spread({ y, height }: Box, n: number, of: number, part: "upper" | "lower" | "whole"): number {
  const room = part === "whole" ? height : height / 2;
  const top = part === "lower" ? y + height / 2 : y;
  return top + (room * (n + 1)) / (of + 1);
}

/** The nearest track that is free along the whole run; the short runs choose first, so that the long ones go around them. */
function tracksFor(runs: readonly Run[]): Map<string, number> {
  const taken: [number, number][][] = [];
  const tracks = new Map<string, number>();
  const length = ({ start, end }: Run) => Math.abs(end - start);
  for (const { line, start, end } of [...runs].sort((a, b) => length(a) - length(b))) {
    const [low, high] = [Math.min(start, end) - 3, Math.max(start, end) + 3];
    const free = taken.findIndex((track) => track.every(([from, to]) => to < low || from > high));
    const track = free === -1 ? taken.length : free;
    taken[track] = [...(taken[track] ?? []), [low, high]];
    tracks.set(line.part, track);
  }
  return tracks;
}

const lastOfStack = (flows: readonly Flowing[]): Flowing[] =>
  flows.filter((flow, n) => !flows.slice(n + 1).some(({ to }) => to === flow.to));
