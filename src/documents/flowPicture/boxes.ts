// How large each thing of the picture is, from the words it bears: nothing is laid out before its words are broken into lines.
import { widthOf, wrap } from "./measure.ts";
import type { EndNode, Flowing, Region, RegisterNode, SourceNode, SystemNode } from "./model.ts";

export type Orientation = "wide" | "tall";
export type Size = { width: number; height: number };
export type Worded = Size & { lines: readonly string[]; small: readonly string[] };

export const TYPE = { label: 13, small: 11, region: 12 } as const;
export const LEAD = { label: 16, small: 13.5, region: 15 } as const;

/** Widths of the boxes, and the room around their words. Everything but a register has a mark before its words. */
const MEASURES = {
  wide: { tab: 172, register: 170, end: 184, pad: 9, mark: 21 },
  tall: { tab: 216, register: 180, end: 216, pad: 9, mark: 21 },
} as const;

export const GAP = { tab: 4, bundle: 6 } as const;
export const REGION = { head: 12, pad: 10 } as const;
export const SYSTEM = { pad: 8 } as const;
/** A count as wide as "9 999" stands in it. */
export const COUNT = 34;

export type Boxes = ReturnType<typeof boxesOf>;

export function boxesOf(orientation: Orientation, { counted }: { counted: boolean }) {
  const m = MEASURES[orientation];
  const worded = (label: string, small: string, width: number, bold: boolean, indent: number): Worded => {
    const room = width - 2 * m.pad - indent;
    const lines = wrap(label, { width: room, size: TYPE.label, bold });
    const below = small === "" ? [] : wrap(small, { width: room, size: TYPE.small });
    return { width, height: 13 + lines.length * LEAD.label + below.length * LEAD.small, lines, small: below };
  };
  return {
    m,
    /** Keeps room for its count. One that stands alone is as wide as the panel around others. */
    source: ({ label }: SourceNode, alone: boolean): Worded =>
      worded(label, "", m.tab + (alone ? 2 * GAP.bundle : 0), false, m.mark + (counted ? COUNT : 0)),
    register: ({ label }: RegisterNode): Worded => worded(label, "", m.register, true, 0),
    /** The name of a region, above what it holds. */
    region: ({ label }: Region): Worded => {
      const width = m.register + 2 * (SYSTEM.pad + REGION.pad);
      const lines = wrap(label, { width: width - 24, size: TYPE.region, bold: true });
      return { width, height: REGION.head + lines.length * LEAD.region, lines, small: [] };
    },
    /** The name of a system, above its registers or alone. */
    system: ({ label, where, registers }: SystemNode, width = m.register + 2 * SYSTEM.pad): Worded =>
      worded(label, registers.length > 0 ? where : "", width, false, m.mark),
    end: ({ label, where }: EndNode): Worded => worded(label, where, m.end, true, m.mark),
    /** The sign on a flow: how it travels, and how often. Room for a count is kept also where there is none, so that the picture stands still from period to period. */
    flow: (flow: Flowing): Size => {
      const words = hasWords(flow, orientation) ? widthOf(flow.channelLabel, TYPE.small) + 5 : 0;
      return { width: 24 + words + (counted && flow.inside ? COUNT : 0), height: 22 };
    },
  };
}

/** What leaves the company says how; inside it the sign alone does. */
export const hasWords = ({ leaves, channel }: Flowing, orientation: Orientation): boolean =>
  channel !== "internal" && (leaves || orientation === "tall");
