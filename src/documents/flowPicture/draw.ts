// The picture drawn: panels for places, solid shapes for registers, tabs for sources, and lines between them. What a colour tells a shape tells too:
// a whole line is carried by the program and a broken one by people, width and a number are what was seen, a stop sign what was refused.
import type { Words } from "../../values/words.ts";
import { boxesOf, GAP, hasWords, LEAD, TYPE, type Worded } from "./boxes.ts";
import { CHANNELS, ENDS, SOURCES, SYSTEMS } from "./icons.ts";
import { legend } from "./legend.ts";
import type { Bundle, EndNode, Flowing, FlowPicture, Line, RegisterNode, SystemNode } from "./model.ts";
import { bringing, type Observed, type Seen, sum } from "./observe.ts";
import type { Palette } from "./palette.ts";
import { arrow, box, FONT, icon, stop, track, words } from "./pen.ts";
import { type Element, element } from "./tree.ts";
import { type Box, type Layout, type Point, signOf } from "./wide.ts";

type Drawing = { observed: Observed | null; colour: Palette; w: Words; titles: ReadonlyMap<string, string> };

/** `id` keeps the names of several pictures on one page apart. */
export function draw(picture: FlowPicture, layout: Layout, drawing: Drawing & { id: string }): Element {
  const { colour, w, id } = drawing;
  const parts = partsOf(picture, layout, drawing);
  const below = legend(picture, layout, drawing);
  const [width, height] = [layout.width, layout.height + below.height];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      "font-family": FONT,
    },
    [
      element("title", { id: `${id}-title` }, w("picture.title", { company: picture.company })),
      element("desc", { id: `${id}-desc` }, `${w("picture.lead")} ${w("picture.desc", countsOf(picture))}`),
      ...headings(picture, layout, colour, w),
      ...parts,
      ...below.elements,
    ],
  );
}

export const countsOf = ({ bundles, regions, flows, receivers }: FlowPicture) => ({
  sources: bundles.reduce((all, { sources }) => all + sources.length, 0),
  systems: regions.reduce((all, { systems }) => all + systems.length, 0),
  registers: new Set(
    regions.flatMap(({ systems }) => systems.flatMap(({ registers }) => registers.map(({ register }) => register))),
  ).size,
  flows: flows.length,
  receivers: receivers.length,
});

/** In the order in which it is read: where from, then where it lies, each with what goes on from it, then where to. */
function partsOf(picture: FlowPicture, layout: Layout, drawing: Drawing): Element[] {
  const { colour } = drawing;
  const at = (id: string): Box => layout.boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const from = (id: string): Element[] => [
    ...picture.collects.filter((line) => line.from === id).map((line) => collecting(line, layout, drawing)),
    ...picture.flows.filter((line) => line.from === id).map((line) => flowing(line, layout, drawing)),
  ];
  const regions = picture.regions.map((region) => {
    const place = at(region.id);
    const name = { x: place.x + 12, top: place.y + 8 };
    const { lines } = boxesOf(layout.orientation, layout).region(region);
    return element("g", {}, [
      box(place, { fill: colour("region"), stroke: colour("regionLine"), radius: 12 }),
      ...words(lines, name, { size: TYPE.region, lead: LEAD.region, fill: colour("soft"), bold: true }),
    ]);
  });
  const systems = picture.regions.flatMap((region) => region.systems);
  return [
    // Panels first: a line may cross one.
    ...regions,
    ...systems.map((system) => systemPanel(system, at(system.part), colour)),
    ...picture.bundles.flatMap((bundle) => [...tabs(bundle, at(bundle.id), layout, drawing), ...from(bundle.id)]),
    ...picture.givers.flatMap((giver) => [endCard(giver, at(giver.id), layout, drawing), ...from(giver.id)]),
    ...systems.flatMap((system) => [
      systemName(system, at(system.part), layout, drawing),
      ...system.registers.flatMap((register) => [
        registerBlock(register, at(register.id), layout, drawing),
        ...from(register.id),
      ]),
    ]),
    ...picture.receivers.map((receiver) => endCard(receiver, at(receiver.id), layout, drawing)),
  ];
}

function headings(
  { bundles, givers, regions, receivers }: FlowPicture,
  layout: Layout,
  colour: Palette,
  w: Words,
): Element[] {
  const columns = [
    ["sources", [...bundles, ...givers]],
    ["regions", regions],
    ["receivers", receivers],
  ] as const;
  return columns.flatMap(([name, boxes]) => {
    const places = boxes.flatMap(({ id }) => layout.boxes.get(id) ?? []);
    if (places.length === 0) return [];
    const [x, top] = [Math.min(...places.map((place) => place.x)), Math.min(...places.map((place) => place.y))];
    const signs =
      layout.orientation === "tall" && name === "receivers"
        ? [...layout.boxes].filter(([id]) => id.startsWith("sign"))
        : [];
    const first = Math.min(top, ...signs.map(([, sign]) => (sign.x <= x + 1 && sign.y > top - 120 ? sign.y : top)));
    return words(
      [w(`picture.column.${name}`)],
      { x: x + 2, top: layout.orientation === "wide" ? 6 : first - 22 },
      { size: 13, lead: 15, fill: colour("ink"), bold: true },
    );
  });
}

/** A thing of the picture that can be asked about. */
const part = (name: string, { titles }: Drawing, children: readonly (Element | undefined)[]): Element => {
  const title = titles.get(name);
  const drawn = children.flatMap((child) => child ?? []);
  return element("g", { "data-part": name }, title === undefined ? drawn : [element("title", {}, title), ...drawn]);
};

/** Words in their box, from its top. */
function label(
  { lines, small }: Worded,
  { x, y }: Point,
  colour: { ink: string; soft: string },
  bold: boolean,
): Element[] {
  return [
    ...words(lines, { x, top: y + 6.5 }, { size: TYPE.label, lead: LEAD.label, fill: colour.ink, bold }),
    ...words(
      small,
      { x, top: y + 6 + lines.length * LEAD.label },
      { size: TYPE.small, lead: LEAD.small, fill: colour.soft },
    ),
  ];
}

const INKS = (colour: Palette) => ({ ink: colour("ink"), soft: colour("soft") });

function tabs({ id, sources, registers }: Bundle, place: Box, layout: Layout, drawing: Drawing): Element[] {
  const { colour, observed } = drawing;
  const sizes = boxesOf(layout.orientation, layout);
  const inset = sources.length > 1 ? GAP.bundle : 0;
  let y = place.y + inset;
  const panel = inset > 0 ? [box(place, { fill: colour("bundle"), stroke: colour("regionLine"), radius: 10 })] : [];
  const drawn = sources.map((source) => {
    const size = sizes.source(source, sources.length === 1);
    const tab = { x: place.x + inset, y, width: size.width, height: size.height };
    y += size.height + GAP.tab;
    const seen =
      observed &&
      sum(registers.map((register) => observed.parts.get(bringing(source.part.slice("sources.".length), register))));
    return part(source.part, drawing, [
      box(tab, {
        fill: colour("source"),
        stroke: colour("sourceLine"),
        radius: 7,
        ...(source.thirdParty && { dash: "3 3" }),
      }),
      icon(SOURCES[source.kind], { x: tab.x + 17, y: tab.y + 6.5 + LEAD.label / 2 }, colour("soft")),
      ...label(size, { x: tab.x + sizes.m.pad + sizes.m.mark, y: tab.y }, INKS(colour), false),
      ...(seen ? number(seen.allowed, { x: tab.x + tab.width - 9, y: tab.y + tab.height / 2 }, layout, drawing) : []),
      seen ? refusals(seen, tab, drawing) : undefined,
    ]);
  });
  return [...panel.map((one) => element("g", { "data-bundle": id }, [one])), ...drawn];
}

/** Written to the left from the point. */
function number(count: number, { x, y }: Point, { counted }: Layout, { colour, w }: Drawing): Element[] {
  if (!counted || count === 0) return [];
  return [
    element(
      "text",
      { x, y: y + 4, "font-size": 11.5, "font-weight": 600, fill: colour("seen"), "text-anchor": "end" },
      w("picture.number", { count }),
    ),
  ];
}

/** On the upper right corner of what it is about. */
const refusals = ({ refused }: Seen, { x, y, width }: Box, { colour, w }: Drawing): Element | undefined =>
  refused === 0 ? undefined : stop(w("picture.number", { count: refused }), { x: x + width + 6, y: y - 4 }, colour);

const systemPanel = ({ kind }: SystemNode, place: Box, colour: Palette): Element =>
  kind === "helper"
    ? box(place, { fill: "none", stroke: colour("systemLine"), radius: 9, dash: "2 3" })
    : box(place, { fill: colour("system"), stroke: colour("systemLine"), radius: 9 });

function systemName(system: SystemNode, place: Box, layout: Layout, drawing: Drawing): Element {
  const { colour } = drawing;
  const sizes = boxesOf(layout.orientation, layout);
  const name = sizes.system(system, place.width);
  const soft = { ink: colour("soft"), soft: colour("soft") };
  return part(system.part, drawing, [
    box({ ...place, height: Math.min(place.height, name.height) }, { fill: "transparent", stroke: "none", radius: 9 }),
    icon(SYSTEMS[system.kind], { x: place.x + 17, y: place.y + 6.5 + LEAD.label / 2 }, colour("soft")),
    ...label(
      name,
      { x: place.x + sizes.m.pad + sizes.m.mark, y: place.y },
      system.kind === "helper" ? soft : INKS(colour),
      false,
    ),
  ]);
}

function registerBlock(register: RegisterNode, place: Box, layout: Layout, drawing: Drawing): Element {
  const { colour, observed } = drawing;
  const { home } = register;
  const ink = colour(home ? "registerInk" : "partInk");
  const sizes = boxesOf(layout.orientation, layout);
  const worded = sizes.register(register);
  const name = { x: place.x + sizes.m.pad, y: place.y + (place.height - worded.height) / 2 };
  const seen = observed?.parts.get(register.part);
  return part(register.part, drawing, [
    box(place, {
      fill: colour(home ? "register" : "part"),
      stroke: colour("register"),
      radius: 6,
      ...(!home && { dash: "4 3" }),
    }),
    ...label(worded, name, { ink, soft: ink }, true),
    seen && refusals(seen, place, drawing),
  ]);
}

function endCard(end: EndNode, place: Box, layout: Layout, drawing: Drawing): Element {
  const { colour } = drawing;
  const sizes = boxesOf(layout.orientation, layout);
  return part(end.part, drawing, [
    box(place, { fill: colour("end"), stroke: colour("endLine"), radius: Math.min(place.height / 2, 16), line: 1.4 }),
    icon(ENDS[end.kind], { x: place.x + 17, y: place.y + 6.5 + LEAD.label / 2 }, colour("ink")),
    ...label(sizes.end(end), { x: place.x + sizes.m.pad + sizes.m.mark, y: place.y }, INKS(colour), true),
  ]);
}

const ARROW = 8;

/** Its own width where nothing is seen; from there by the order of magnitude, so that a thousand does not drown ten. */
export const strokeOf = (count: number): number => (count === 0 ? 1.4 : Math.min(8, 2 + 1.7 * Math.log10(count)));

function strokes(
  line: Line,
  paths: readonly (readonly Point[])[],
  seen: Seen | undefined,
  { colour }: Drawing,
): Element[] {
  const count = seen?.allowed ?? 0;
  const width = strokeOf(count);
  const stroke = colour(count > 0 ? "seen" : "line");
  const size = ARROW + width / 2;
  const dash = line.inside ? undefined : "5 4";
  return paths.flatMap((points, n) => {
    const head = n === paths.length - 1 ? arrow(points, stroke, size) : undefined;
    const d = track(points, head ? size - 1 : 0);
    return [
      // Wide enough for a finger.
      element("path", { d, fill: "none", stroke: "transparent", "stroke-width": 14, "data-reach": "" }),
      element("path", { d, fill: "none", stroke, "stroke-width": width, "stroke-dasharray": dash }),
      ...(head ? [head] : []),
    ];
  });
}

function collecting(line: FlowPicture["collects"][number], layout: Layout, drawing: Drawing): Element {
  const { observed } = drawing;
  const seen = observed
    ? sum(line.sources.map((source) => observed.parts.get(bringing(source, line.register))))
    : undefined;
  return part(line.part, drawing, strokes(line, layout.routes.get(line.part) ?? [], seen, drawing));
}

function flowing(flow: Flowing, layout: Layout, drawing: Drawing): Element {
  const { colour, observed } = drawing;
  const seen = observed?.parts.get(flow.part);
  const place = layout.boxes.get(signOf(flow.part));
  const lines = strokes(flow, layout.routes.get(flow.part) ?? [], seen, drawing);
  if (!place) return part(flow.part, drawing, lines);
  const middle = place.y + place.height / 2;
  const said = hasWords(flow, layout.orientation);
  return part(flow.part, drawing, [
    ...lines,
    box(place, { fill: colour("sign"), stroke: colour((seen?.allowed ?? 0) > 0 ? "seen" : "line"), radius: 11 }),
    icon(CHANNELS[flow.channel], { x: place.x + 12, y: middle }, colour("ink"), 13),
    ...(said
      ? words(
          [flow.channelLabel],
          { x: place.x + 22, top: middle - 6 },
          { size: TYPE.small, lead: 13, fill: colour("ink") },
        )
      : []),
    ...(seen ? number(seen.allowed, { x: place.x + place.width - 8, y: middle }, layout, drawing) : []),
    seen && refusals(seen, place, drawing),
  ]);
}
