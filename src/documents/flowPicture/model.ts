// What the description says of where data comes from, where it lies and where it goes, as the nodes and edges of one picture.
// Pure: the same description in the same language gives the same model.
import type { Description, FlowOf } from "../../description/schema.ts";
import { type ChannelKind, OPEN_CHANNELS, type SourceKind, type SystemKind } from "../../description/terms.ts";
import type { Language } from "../../values/Language.ts";
import { isInside, keepingOfFlow } from "../kept.ts";
import type { InUse } from "../model.ts";
import { type Location, type Say, say } from "../say.ts";
import { mayBring } from "./bring.ts";

/** `part` is the name by which a thing of the picture is asked for; `place` its path in the description. */
type Part = { part: string; place: string; label: string };
export type SourceNode = Part & { kind: SourceKind; thirdParty: boolean };
/** Sources that bring to the same registers stand together, and one line a register goes from them. */
export type Bundle = { id: string; sources: readonly SourceNode[]; registers: readonly string[] };
/** A register in one of its systems; `home` is the first of them, where the whole register is; `inside`: the program holds it. */
export type RegisterNode = Part & { id: string; register: string; home: boolean; inside: boolean };
export type SystemNode = Part & { kind: SystemKind; where: string; registers: readonly RegisterNode[] };
export type RegionKind = "country" | "area" | "premises" | "carried" | "unknown";
export type Region = { id: string; kind: RegionKind; label: string; systems: readonly SystemNode[] };
export type EndKind = "subject" | "processor" | "recipient" | "staff";
/** Who gives or receives and is no register of the company. */
export type EndNode = Part & { id: string; kind: EndKind; where: string };
/** `inside`: carried by the program itself; else people carry it by other means, and the program sees nothing of it. */
export type Line = { part: string; from: string; to: string; inside: boolean };
export type Collecting = Line & { sources: readonly string[]; register: string };
export type Flowing = Line &
  Part & {
    flow: string;
    channel: ChannelKind;
    channelLabel: string;
    /** Encrypted, and the recipient is known before it opens. */
    closed: boolean;
    /** Anybody on the way may read it: low-risk data only. */
    open: boolean;
    leaves: boolean;
  };

export type FlowPicture = {
  language: Language;
  company: string;
  bundles: readonly Bundle[];
  givers: readonly EndNode[];
  regions: readonly Region[];
  receivers: readonly EndNode[];
  collects: readonly Collecting[];
  flows: readonly Flowing[];
};

const CLOSED: ReadonlySet<ChannelKind> = new Set(["secureMail", "portal"]);

type Of<K extends keyof Description> = Readonly<Record<string, Description[K]>>;

export function flowPicture(
  description: Description,
  inUse: Pick<InUse, "registers" | "channels">,
  language: Language,
): FlowPicture {
  const voice = say(description, language);
  const carried: InUse = { ...inUse, routesNotInUse: [] };
  const bundles = bundlesOf(description, voice);
  const collects = bundles.flatMap(({ id, sources, registers }) =>
    registers.map((register): Collecting => {
      const [first, second] = sources;
      const name = first && !second ? first.part : id;
      return {
        part: `${name}>${register}`,
        from: id,
        to: registerId(description, register),
        sources: sources.map(({ part }) => part.slice("sources.".length)),
        register,
        inside: isInside(description, carried, register),
      };
    }),
  );
  const flows = Object.entries(description.flows).map(([flow, value]): Flowing => {
    const part = `flows.${flow}`;
    return {
      part,
      place: part,
      label: voice.text(value.label),
      flow,
      from: endId(description, value.from, "from"),
      to: endId(description, value.to, "to"),
      channel: value.channel,
      channelLabel: voice.w("picture.channel", { channel: value.channel }),
      closed: CLOSED.has(value.channel),
      open: OPEN_CHANNELS.has(value.channel),
      leaves: !("register" in value.to),
      inside: keepingOfFlow(description, carried, value) !== "outside",
    };
  });
  return {
    language,
    company: description.controller.name,
    bundles,
    givers: endsOf(description, voice, "from"),
    regions: regionsOf(description, voice, carried),
    receivers: endsOf(description, voice, "to"),
    collects,
    flows,
  };
}

function bundlesOf(description: Description, { text }: Say): Bundle[] {
  const together = new Map<string, { sources: SourceNode[]; registers: string[] }>();
  for (const [id, source] of Object.entries(description.sources)) {
    const registers = Object.keys(description.registers).filter((register) => mayBring(description, id, register));
    const thirdParty = source.from === "thirdParty";
    const node = { part: `sources.${id}`, place: `sources.${id}`, label: text(source.label), kind: source.kind };
    const key = registers.join(" ");
    const bundle = together.get(key) ?? { sources: [], registers };
    bundle.sources.push({ ...node, thirdParty });
    together.set(key, bundle);
  }
  return [...together.values()].map((bundle, n) => ({ id: `bundles.${n}`, ...bundle }));
}

function regionsOf(description: Description, voice: Say, inUse: InUse): Region[] {
  const regions = new Map<string, { kind: RegionKind; label: string; systems: SystemNode[] }>();
  for (const [id, system] of Object.entries(description.systems)) {
    const { location } = system;
    const kind = kindOf(location);
    const exact = typeof location === "object" && "country" in location ? location.country : (areaOf(location) ?? kind);
    const label = kind === "country" ? voice.place(location) : voice.w(`picture.region.${areaOf(location) ?? kind}`);
    const region = regions.get(exact) ?? { kind, label: capital(label), systems: [] };
    region.systems.push({
      part: `systems.${id}`,
      place: `systems.${id}`,
      label: voice.text(system.label),
      kind: system.kind,
      where: kind === "premises" || kind === "carried" ? capital(voice.place(location)) : "",
      registers: registersIn(description, voice, id, inUse),
    });
    regions.set(exact, region);
  }
  return [...regions].map(([id, region]) => ({ id: `regions.${id}`, ...region }));
}

const areaOf = (location: Location): string | undefined =>
  typeof location === "object" && "area" in location ? location.area : undefined;

const kindOf = (location: Location): RegionKind => {
  if (location === "unknown") return "unknown";
  if ("country" in location) return "country";
  if ("area" in location) return "area";
  return "premises" in location ? "premises" : "carried";
};

function registersIn(description: Description, { text }: Say, system: string, inUse: InUse): RegisterNode[] {
  const held = Object.entries(description.registers).filter(([, { systems }]) => systems.includes(system));
  return held.map(([register, { systems, label }]) => ({
    id: registerId(description, register, system),
    part: registerId(description, register, system),
    place: `registers.${register}`,
    label: text(label),
    register,
    home: systems[0] === system,
    inside: isInside(description, inUse, register),
  }));
}

/** The register where it is meant, else where the whole of it is. */
const registerId = ({ registers }: Description, register: string, system?: string): string =>
  `registers.${register}.${system ?? registers[register]?.systems[0] ?? ""}`;

type End = FlowOf["to"];

function endId(description: Description, end: End, side: "from" | "to"): string {
  if (!("register" in end)) return `${side}.${outsider(end)}`;
  const { systems = [] } = description.registers[end.register] ?? {};
  const there = end.system !== undefined && systems.includes(end.system) ? end.system : undefined;
  return registerId(description, end.register, there);
}

/** The same words and the same country are the same recipient. */
function outsider(end: Exclude<End, { register: string }>): string {
  if ("processor" in end) return `processors.${end.processor}`;
  if ("staff" in end) return `roles.${end.staff}`;
  return "recipient" in end ? `recipients.${JSON.stringify([end.recipient, end.location ?? null])}` : "subject";
}

function endsOf(description: Description, voice: Say, side: "from" | "to"): EndNode[] {
  const ends = new Map<string, EndNode>();
  for (const [id, flow] of Object.entries(description.flows)) {
    const end = flow[side];
    if ("register" in end) continue;
    const key = endId(description, end, side);
    if (!ends.has(key))
      ends.set(key, { id: key, part: key, ...nodeOf(description, voice, end, `flows.${id}.${side}`) });
  }
  // Numbered, so that no name of a recipient stands in an id.
  return [...ends.values()].map((end, n) =>
    end.kind === "recipient" ? { ...end, part: `${side}.recipients.${n}` } : end,
  );
}

type Shown = { kind: EndKind; label: string; where: string; place: string };

function nodeOf(description: Description, voice: Say, end: Exclude<End, { register: string }>, place: string): Shown {
  const { w, text } = voice;
  if ("processor" in end) {
    const { label, location }: Partial<Of<"processors">[string][string]> = description.processors[end.processor] ?? {};
    const name = label === undefined ? w("unknown") : text(label);
    return {
      kind: "processor",
      label: name,
      where: whereabouts(voice, location),
      place: `processors.${end.processor}`,
    };
  }
  if ("staff" in end)
    return {
      kind: "staff",
      label: capital(voice.labelOf(description.roles, end.staff)),
      where: "",
      place: `roles.${end.staff}`,
    };
  if ("recipient" in end)
    return { kind: "recipient", label: text(end.recipient), where: whereabouts(voice, end.location), place };
  return { kind: "subject", label: w("picture.subject"), where: "", place };
}

const whereabouts = (voice: Say, location: Location | undefined): string =>
  location === undefined || location === "unknown" ? "" : capital(voice.place(location));

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
