// The flow picture of a description: one drawing for the web, for print and for a file, and the facts that stand behind each of its things.
import type { Description } from "../../description/schema.ts";
import { type Day, formatDay } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import type { InUse } from "../model.ts";
import { type Say, say } from "../say.ts";
import type { Orientation } from "./boxes.ts";
import { draw } from "./draw.ts";
import { type Fact, factsOf } from "./facts.ts";
import { type FlowPicture, flowPicture } from "./model.ts";
import { bringing, type Counted, type Observed, observe, type Seen, sum } from "./observe.ts";
import type { Palette } from "./palette.ts";
import { tallLayout } from "./tall.ts";
import type { Element } from "./tree.ts";
import { type Layout, wideLayout } from "./wide.ts";

/** What the log says of a period, both days included. `since`: the first day that it still tells of, where its own period has ended for what was before. */
export type Period = { from: Day; to: Day; since: Day | null; counted: readonly Counted[] };
export type Shown = Fact & { seen: Seen | null };
export type DrawnPicture = {
  drawing: Element;
  facts: readonly Shown[];
  /** What the numbers are of, and what they are not of. */
  caption: readonly string[];
};

type Asked = {
  inUse: Pick<InUse, "registers" | "channels">;
  language: Language;
  orientation: Orientation;
  palette: Palette;
  period: Period | null;
  id: string;
  /** Who lays out the wide picture; the kernel in this thread when absent. */
  layout?: typeof wideLayout;
};

export async function drawnPicture(description: Description, asked: Asked): Promise<DrawnPicture> {
  const { inUse, language, orientation, palette, period, id, layout: layoutBy = wideLayout } = asked;
  const voice = say(description, language);
  const picture = flowPicture(description, inUse, language);
  const observed = period && observe(picture, period.counted);
  const counted = observed !== null;
  const layout =
    orientation === "tall"
      ? tallLayout(picture, { counted })
      : await remembered(description, JSON.stringify([language, inUse, counted]), () => layoutBy(picture, { counted }));
  const facts = factsOf(picture, voice).map((fact): Shown => {
    const seen = observed && seenOf(fact, picture, observed);
    return { ...fact, seen, says: period ? [...fact.says, ...seenSaid(fact, seen, period, voice)] : fact.says };
  });
  const titles = new Map(facts.map((fact) => [fact.part, fact.title]));
  return {
    drawing: draw(picture, layout, { observed, colour: palette, w: voice.w, titles, id }),
    facts,
    caption: captionOf(period, observed, voice),
  };
}

/** The kernel takes its time; the same description in the same language is laid out once. */
const layouts = new WeakMap<Description, Map<string, Promise<Layout>>>();
function remembered(description: Description, key: string, lay: () => Promise<Layout>): Promise<Layout> {
  const known = layouts.get(description) ?? new Map<string, Promise<Layout>>();
  layouts.set(description, known);
  const laid = known.get(key) ?? lay();
  known.set(key, laid);
  // What failed is tried again by whoever asks next.
  laid.catch(() => known.delete(key));
  return laid;
}

/** null where the program could not have seen it. */
function seenOf(
  { part, kind, asked, inside }: Fact,
  { bundles, collects }: FlowPicture,
  { parts }: Observed,
): Seen | null {
  const none = { allowed: 0, refused: 0 };
  if (kind === "source") {
    const { registers = [] } = bundles.find(({ sources }) => sources.some((source) => source.part === part)) ?? {};
    return sum(registers.map((register) => parts.get(bringing(asked?.source ?? "", register))));
  }
  if (kind === "bringing") {
    const { sources = [], register = "" } = collects.find((line) => line.part === part) ?? {};
    return sum(sources.map((source) => parts.get(bringing(source, register))));
  }
  if (kind === "flow") return parts.get(part) ?? (inside ? none : null);
  return kind === "register" ? (parts.get(part) ?? (inside ? none : null)) : null;
}

function seenSaid({ kind, inside }: Fact, seen: Seen | null, { from, to }: Period, { w, language }: Say): string[] {
  const days = { from: formatDay(from, language), to: formatDay(to, language) };
  if (kind === "flow" && seen === null) return [w("picture.unseen")];
  if (seen === null || (kind === "bringing" && !inside && seen.allowed + seen.refused === 0)) return [];
  return [w(kind === "register" ? "picture.acts" : "picture.seen", { ...days, ...seen })];
}

function captionOf(period: Period | null, observed: Observed | null, { w, language }: Say): string[] {
  if (!period || !observed) return [w("picture.caption.declared")];
  const { from, to, since } = period;
  const { refused } = observed.elsewhere;
  return [
    w("picture.caption", { from: formatDay(from, language), to: formatDay(to, language) }),
    ...(since !== null && from < since ? [w("picture.forgotten", { day: formatDay(since, language) })] : []),
    ...(refused > 0 ? [w("picture.elsewhere", { count: refused })] : []),
  ];
}
