// What the signs of the picture mean: only of those that are in it.

import type { Words } from "../../values/words.ts";
import { CHANNELS } from "./icons.ts";
import { widthOf } from "./measure.ts";
import type { FlowPicture } from "./model.ts";
import type { Observed } from "./observe.ts";
import type { Palette } from "./palette.ts";
import { arrow, box, icon, stop, words } from "./pen.ts";
import { type Element, element, round } from "./tree.ts";
import type { Layout, Point } from "./wide.ts";

type Drawing = { observed: Observed | null; colour: Palette; w: Words };
type Item = { word: string; mark: (at: Point) => Element[]; wide: number };

const SIZE = 11.5;
const LINE = 22;

export function legend(
  picture: FlowPicture,
  layout: Layout,
  drawing: Drawing,
): { elements: Element[]; height: number } {
  const { colour, w } = drawing;
  const items = itemsOf(picture, drawing);
  let [x, y] = [4, layout.height + 24];
  const elements = items.flatMap(({ word, mark, wide }) => {
    const said = w(`picture.legend.${word}`);
    const width = wide + 8 + widthOf(said, SIZE) + 18;
    if (x > 4 && x + width > layout.width) [x, y] = [4, y + LINE];
    const here = { x, y };
    x += width;
    const text = { x: here.x + wide + 8, top: here.y - 7 };
    return [...mark(here), ...words([said], text, { size: SIZE, lead: 14, fill: colour("soft") })];
  });
  return { elements: [element("g", {}, elements)], height: items.length === 0 ? 0 : y - layout.height + 14 };
}

function itemsOf(picture: FlowPicture, { observed, colour }: Drawing): Item[] {
  const { bundles, regions, flows } = picture;
  const lines = [...picture.collects, ...flows];
  const seen = observed ? [...observed.parts.values()] : [];
  const sources = bundles.flatMap((bundle) => bundle.sources);
  const systems = regions.flatMap((region) => region.systems);
  const registers = systems.flatMap((system) => system.registers);
  const there: readonly [boolean, Item][] = [
    [lines.some(({ inside }) => inside), stroke("inside", colour("line"), 1.4)],
    [lines.some(({ inside }) => !inside), stroke("outside", colour("line"), 1.4, "5 4")],
    [seen.some(({ allowed }) => allowed > 0), stroke("seen", colour("seen"), 4)],
    [seen.some(({ refused }) => refused > 0), refusal(colour)],
    [flows.some(({ closed }) => closed), sign("closed", CHANNELS.secureMail, colour)],
    [flows.some(({ open }) => open), sign("open", CHANNELS.email, colour)],
    [registers.some(({ home }) => !home), small("part", colour("part"), colour("register"), "4 3")],
    [sources.some(({ thirdParty }) => thirdParty), small("thirdParty", colour("source"), colour("sourceLine"), "3 3")],
    [systems.some(({ kind }) => kind === "helper"), small("helper", "none", colour("systemLine"), "2 3")],
  ];
  return there.flatMap(([shown, item]) => (shown ? [item] : []));
}

function stroke(word: string, ink: string, width: number, dash?: string): Item {
  const mark = (at: Point) => {
    const d = `M${round(at.x)} ${round(at.y)}h27`;
    const line = element("path", { d, stroke: ink, "stroke-width": width, "stroke-dasharray": dash });
    return [line, ...[arrow([at, { x: at.x + 34, y: at.y }], ink, 8)].flatMap((head) => head ?? [])];
  };
  return { word, wide: 34, mark };
}

const refusal = (colour: Palette): Item => ({
  word: "refused",
  wide: 27,
  mark: ({ x, y }) => [stop("1", { x: x + 27, y }, colour)],
});

const sign = (word: string, d: string, colour: Palette): Item => ({
  word,
  wide: 14,
  mark: ({ x, y }) => [icon(d, { x: x + 7, y }, colour("ink"), 13)],
});

const small = (word: string, fill: string, line: string, dash: string): Item => ({
  word,
  wide: 22,
  mark: ({ x, y }) => [box({ x, y: y - 7, width: 22, height: 14 }, { fill, stroke: line, radius: 4, dash })],
});
