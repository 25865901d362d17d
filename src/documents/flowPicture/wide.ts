// Where everything stands: the Eclipse Layout Kernel (elkjs) lays out sources, regions with their systems and registers, and recipients in layers.
// The same model gives the same places. On the server only: the kernel is larger than the whole web of the product.
import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";
import { type Boxes, boxesOf, GAP, type Orientation, REGION, type Size, SYSTEM } from "./boxes.ts";
import { costOf } from "./cost.ts";
import type { Bundle, FlowPicture, Region, SystemNode } from "./model.ts";

export type Point = { x: number; y: number };
export type Box = Point & Size;
export type Layout = Size & {
  orientation: Orientation;
  counted: boolean;
  /** By id: bundles, regions, systems, registers, ends; and the sign of each flow by `sign of` its part. */
  boxes: ReadonlyMap<string, Box>;
  /** By part; a flow's line goes to its sign and on from it. */
  routes: ReadonlyMap<string, readonly (readonly Point[])[]>;
};
export const signOf = (part: string): string => `sign of ${part}`;

/** Above the picture: the names of its columns. */
export const HEADINGS = 30;

export const bundleSize = ({ sources }: Bundle, boxes: Boxes): Size => {
  const alone = sources.length === 1;
  const around = alone ? 0 : 2 * GAP.bundle;
  const height = sources.reduce(
    (sum, source) => sum + boxes.source(source, alone).height,
    (sources.length - 1) * GAP.tab,
  );
  return { width: boxes.m.tab + 2 * GAP.bundle, height: height + around };
};

/** By a name that the compiler does not follow: the kernel's own types say something else of it to Node than to a bundler. Loaded when first drawn. */
const KERNEL: string = "elkjs/lib/elk.bundled.js";
type Kernel = { default: new () => { layout: (graph: ElkNode) => Promise<ElkNode> } };

/**
 * Where the kernel begins is chance, and its pictures of one graph differ much. The smallest with the fewest crossings of a few beginnings is taken,
 * always of the same ones: the same model gives the same picture.
 */
const BEGINNINGS = 10;

/** Sources at the left, recipients at the right, between them the regions. */
export async function wideLayout(picture: FlowPicture, { counted }: { counted: boolean }): Promise<Layout> {
  const { default: Elk }: Kernel = await import(KERNEL);
  const kernel = new Elk();
  let best: { layout: Layout; cost: number } | undefined;
  for (let seed = 1; seed <= BEGINNINGS; seed++) {
    const layout = layoutOf(await kernel.layout(graphOf(picture, { counted, seed })), counted);
    const cost = costOf(layout);
    if (!best || cost < best.cost) best = { layout, cost };
  }
  if (!best) throw new Error("nothing was laid out");
  return aligned(picture, best.layout);
}

function layoutOf(laid: ElkNode, counted: boolean): Layout {
  const boxes = new Map<string, Box>();
  const visit = ({ id, x = 0, y = 0, width = 0, height = 0, children = [] }: ElkNode) => {
    boxes.set(id, { x, y, width, height });
    children.forEach(visit);
  };
  laid.children?.forEach(visit);
  const routes = new Map<string, Point[][]>();
  for (const edge of laid.edges ?? []) {
    if (edge.id.startsWith(TETHER)) continue;
    const [part = "", half] = edge.id.split(" | ");
    const before = routes.get(part) ?? [];
    routes.set(part, half === "on" ? [...before, pointsOf(edge)] : [pointsOf(edge), ...before]);
  }
  return { width: laid.width ?? 0, height: laid.height ?? 0, orientation: "wide", counted, boxes, routes };
}

/** What stands at an edge stands in line; its lines begin or end where it stands now. */
function aligned(picture: FlowPicture, layout: Layout): Layout {
  const boxes = new Map(layout.boxes);
  const left = [...picture.bundles, ...picture.givers].map(({ id }) => id);
  const right = picture.receivers.map(({ id }) => id);
  const place = (ids: readonly string[], choose: (...x: number[]) => number) => {
    const x = choose(...ids.map((id) => boxes.get(id)?.x ?? 0));
    for (const id of ids) boxes.set(id, { ...(boxes.get(id) ?? { y: 0, width: 0, height: 0 }), x });
  };
  place(left, Math.min);
  place(right, Math.max);
  const routes = new Map(
    [...picture.collects, ...picture.flows].map(({ part, from, to }) => {
      const paths = layout.routes.get(part) ?? [];
      const start = left.includes(from) ? boxes.get(from) : undefined;
      const end = right.includes(to) ? boxes.get(to) : undefined;
      return [
        part,
        paths.map((points, n) => {
          const moved = [...points];
          const [first, last] = [moved[0], moved.at(-1)];
          if (n === 0 && start && first) moved[0] = { ...first, x: start.x + start.width };
          if (n === paths.length - 1 && end && last) moved[moved.length - 1] = { ...last, x: end.x };
          return moved;
        }),
      ];
    }),
  );
  return { ...layout, boxes, routes };
}

function pointsOf({ sections: [section] = [] }: ElkExtendedEdge): Point[] {
  const points = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
  return straight(points.map(({ x, y }) => ({ x, y })));
}

/** Where a box is a hair higher than the next, the kernel slants the line between them; ends may move along their boxes instead. */
function straight(points: readonly Point[]): Point[] {
  const path: Point[] = [];
  for (const point of points) {
    const before = path.at(-1);
    const level =
      before && Math.abs(point.y - before.y) < 4 && Math.abs(point.x - before.x) > Math.abs(point.y - before.y);
    path.push(level ? { x: point.x, y: before.y } : point);
  }
  return path;
}

/** Who stands before whom in the direction of the flow. */
const ROW = { givers: 0, regions: 1, leaving: 2, receivers: 3 } as const;

function graphOf(picture: FlowPicture, { counted, seed }: { counted: boolean; seed: number }): ElkNode {
  const boxes = boxesOf("wide", { counted });
  const bundles = picture.bundles.map((bundle) => leaf(bundle.id, bundleSize(bundle, boxes), ROW.givers));
  const givers = picture.givers.map((end) => leaf(end.id, boxes.end(end), ROW.givers));
  const lines = [...picture.collects, ...picture.flows];
  const degree = (id: string) =>
    Math.max(lines.filter(({ to }) => to === id).length, lines.filter(({ from }) => from === id).length);
  const regions = picture.regions.map((region) => regionNode(region, boxes, degree));
  const receivers = picture.receivers.map((end) => leaf(end.id, boxes.end(end), ROW.receivers));
  const children = [...bundles, ...givers, ...regions, ...receivers];
  const edges: ElkExtendedEdge[] = picture.collects.map(({ part, from, to }) => ({
    id: part,
    sources: [from],
    targets: [to],
  }));
  for (const flow of picture.flows) {
    const sign = signOf(flow.part);
    // A label of the kernel's own is lost where a line crosses from box to box; a node of its own keeps its room everywhere.
    const node = { id: sign, ...boxes.flow(flow), ...(flow.leaves && { layoutOptions: inRow(ROW.leaving) }) };
    (commonTo(children, flow.from, flow.to)?.children ?? children).push(node);
    edges.push({ id: `${flow.part} | to`, sources: [flow.from], targets: [sign] });
    edges.push({ id: `${flow.part} | on`, sources: [sign], targets: [flow.to] });
  }
  edges.push(...tethers(picture));
  return { id: "picture", layoutOptions: { ...OPTIONS, "elk.randomSeed": String(seed) }, children, edges };
}

const TETHER = "tether";

/** Lines that are not drawn: what no line joins would be pressed against the left edge, among the sources. */
function tethers({ bundles, regions, collects, flows }: FlowPicture): ElkExtendedEdge[] {
  const joined = new Set([...collects, ...flows].flatMap(({ from, to }) => [from, to]));
  const [first] = bundles;
  return regions.flatMap(({ id, systems }) => {
    if (!first || systems.some(({ registers }) => registers.some((register) => joined.has(register.id)))) return [];
    const [system] = systems;
    return [{ id: `${TETHER} ${id}`, sources: [first.id], targets: [system?.registers[0]?.id ?? system?.part ?? id] }];
  });
}

const inRow = (row: number) => ({ "elk.partitioning.partition": String(row) });
const leaf = (id: string, size: Size, row: number): ElkNode => ({
  id,
  width: size.width,
  height: size.height,
  layoutOptions: inRow(row),
});

/** The smallest box that holds both; undefined where only the whole picture does. */
function commonTo(nodes: readonly ElkNode[], one: string, other: string): ElkNode | undefined {
  const holder = nodes.find((node) => node.children && holds(node, one) && holds(node, other));
  return holder && (commonTo(holder.children ?? [], one, other) ?? holder);
}
const holds = ({ id, children = [] }: ElkNode, sought: string): boolean =>
  id === sought || children.some((child) => holds(child, sought));

function regionNode(region: Region, boxes: Boxes, degree: (id: string) => number): ElkNode {
  const padding = `[top=${boxes.region(region).height},left=${REGION.pad},bottom=${REGION.pad},right=${REGION.pad}]`;
  const children = region.systems.map((system) => systemNode(system, boxes, degree));
  return { id: region.id, layoutOptions: { ...SPACING, ...inRow(ROW.regions), "elk.padding": padding }, children };
}

function systemNode(system: SystemNode, boxes: Boxes, degree: (id: string) => number): ElkNode {
  const head = boxes.system(system);
  if (system.registers.length === 0) return { id: system.part, width: head.width, height: head.height };
  const { pad } = SYSTEM;
  return {
    id: system.part,
    layoutOptions: { ...SPACING, "elk.padding": `[top=${head.height},left=${pad},bottom=${pad},right=${pad}]` },
    children: system.registers.map((register) => {
      const { width, height } = boxes.register(register);
      return { id: register.id, width, height: Math.max(height, 12 + PORT * degree(register.id)) };
    }),
  };
}

/** Between two lines at one side of a box. */
const PORT = 8;

/** Told to every box that holds others: the kernel hands nothing down. */
const SPACING = {
  "elk.spacing.nodeNode": "10",
  "elk.spacing.componentComponent": "10",
  "elk.layered.spacing.nodeNodeBetweenLayers": "16",
  "elk.layered.spacing.edgeNodeBetweenLayers": "8",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "7",
  "elk.spacing.edgeNode": "9",
  "elk.spacing.edgeEdge": "8",
};
const OPTIONS = {
  ...SPACING,
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.partitioning.activate": "true",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.thoroughness": "10",
  "elk.layered.compaction.postCompaction.strategy": "EDGE_LENGTH",
  "elk.padding": `[top=${HEADINGS},left=3,bottom=3,right=3]`,
} as const;
