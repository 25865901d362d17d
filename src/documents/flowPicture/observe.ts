// What the log says was done and refused in a period, laid on the lines and registers of the picture. Every count of the log that was asked
// stands in exactly one place: on a line, on a register, or among what is elsewhere.
import type { FlowPicture } from "./model.ts";

/** One group of the log: so many events of the same flow, source, register, verb and outcome. */
export type Counted = {
  flow: string | null;
  /** Of what was collected: the source it came by. */
  source: string | null;
  register: string;
  verb: string;
  decision: "allowed" | "refused";
  count: number;
};
export type Seen = { allowed: number; refused: number };
export type Observed = {
  /** By part: flows, lines from sources ("sources.email>customers"), registers. */
  parts: ReadonlyMap<string, Seen>;
  /** Refusals that no line and no register of the picture shows: of accounts, of the log, of the program's own upkeep. */
  elsewhere: Seen;
};

export function observe(picture: FlowPicture, counted: readonly Counted[]): Observed {
  const parts = new Map<string, { allowed: number; refused: number }>();
  const elsewhere = { allowed: 0, refused: 0 };
  const partOf = whereIn(picture);
  for (const each of counted) {
    const part = partOf(each);
    const seen = part === undefined ? elsewhere : (parts.get(part) ?? { allowed: 0, refused: 0 });
    seen[each.decision] += each.count;
    if (part !== undefined) parts.set(part, seen);
  }
  return { parts, elsewhere };
}

function whereIn(picture: FlowPicture) {
  const flows = new Set(picture.flows.map(({ flow }) => flow));
  const brings = new Set(
    picture.collects.flatMap(({ sources, register }) => sources.map((source) => bringing(source, register))),
  );
  const homes = new Map(
    picture.regions
      .flatMap(({ systems }) => systems.flatMap(({ registers }) => registers))
      .flatMap(({ register, part, home }) => (home ? [[register, part] as const] : [])),
  );
  return ({ flow, source, register, verb }: Counted): string | undefined => {
    // A flow is written down where it leaves and where it arrives: it moved once.
    if (flow !== null && flows.has(flow) && verb === "disclose") return `flows.${flow}`;
    if (source !== null && flow === null && brings.has(bringing(source, register))) return bringing(source, register);
    return homes.get(register);
  };
}

export const bringing = (source: string, register: string): string => `sources.${source}>${register}`;

export const sum = (all: readonly (Seen | undefined)[]): Seen => ({
  allowed: all.reduce((total, seen) => total + (seen?.allowed ?? 0), 0),
  refused: all.reduce((total, seen) => total + (seen?.refused ?? 0), 0),
});
