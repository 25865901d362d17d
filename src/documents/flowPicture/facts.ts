// What each thing of the picture is, in sentences: the same facts for whoever does not see it, and for whoever asks about one of its things.
import { whereIs } from "../dataflow/systems.ts";
import { flowText } from "../dataflow/use.ts";
import { paragraph, type Say } from "../say.ts";
import { broughtFor } from "./bring.ts";
import type {
  Bundle,
  Collecting,
  EndNode,
  Flowing,
  FlowPicture,
  RegisterNode,
  SourceNode,
  SystemNode,
} from "./model.ts";

export type FactKind = "source" | "bringing" | "system" | "register" | "flow" | "end";
/** What in the log is about it. */
export type Asked = { source?: string; register?: string; flow?: string };
export type Fact = {
  part: string;
  kind: FactKind;
  title: string;
  says: readonly string[];
  /** Path in the description. */
  place: string;
  asked: Asked | null;
  /** False: the program sees nothing of it. */
  inside: boolean;
  /** Parts that it is joined to: the lines of a box with what is at their other ends, the ends of a line. */
  near: readonly string[];
};
type Bare = Omit<Fact, "near">;

/** In the order in which the picture is read. */
export function factsOf(picture: FlowPicture, voice: Say): Fact[] {
  const near = neighbours(picture);
  return inOrder(picture, voice).map((fact) => ({ ...fact, near: [...(near.get(fact.part) ?? [])] }));
}

function inOrder(picture: FlowPicture, voice: Say): Bare[] {
  const from = (id: string): Bare[] => [
    ...picture.collects.filter((line) => line.from === id).map((line) => bringingFact(line, voice)),
    ...picture.flows.filter((line) => line.from === id).map((flow) => flowFact(flow, voice)),
  ];
  const systems = picture.regions.flatMap(({ systems }) => systems);
  return [
    ...picture.bundles.flatMap((bundle) => [
      ...bundle.sources.map((source) => sourceFact(source, bundle, voice)),
      ...from(bundle.id),
    ]),
    ...picture.givers.flatMap((giver) => [endFact(giver, picture, voice), ...from(giver.id)]),
    ...systems.flatMap((system) => [
      systemFact(system, voice),
      ...system.registers.flatMap((register) => [registerFact(register, system, voice), ...from(register.id)]),
    ]),
    ...picture.receivers.map((receiver) => endFact(receiver, picture, voice)),
  ];
}

function neighbours({ bundles, givers, receivers, regions, collects, flows }: FlowPicture): Map<string, Set<string>> {
  const partsAt = new Map<string, readonly string[]>();
  for (const { id, sources } of bundles)
    partsAt.set(
      id,
      sources.map(({ part }) => part),
    );
  for (const { id, part } of [...givers, ...receivers]) partsAt.set(id, [part]);
  for (const { registers } of regions.flatMap(({ systems }) => systems))
    for (const { id, part } of registers) partsAt.set(id, [part]);
  const near = new Map<string, Set<string>>();
  const join = (one: string, others: readonly string[]) =>
    near.set(one, new Set([...(near.get(one) ?? []), ...others]));
  for (const { part, from, to } of [...collects, ...flows]) {
    const [starts, ends] = [partsAt.get(from) ?? [], partsAt.get(to) ?? []];
    join(part, [...starts, ...ends]);
    for (const start of starts) join(start, [part, ...ends]);
    for (const end of ends) join(end, [part, ...starts]);
  }
  for (const { part, registers } of regions.flatMap(({ systems }) => systems)) {
    join(
      part,
      registers.map((register) => register.part),
    );
    for (const register of registers) join(register.part, [part]);
  }
  return near;
}

function sourceFact({ part, place, label, kind, thirdParty }: SourceNode, { registers }: Bundle, voice: Say): Bare {
  const { w, labels, description } = voice;
  const source = part.slice("sources.".length);
  const given = Object.keys(description.categories).filter((id) =>
    description.categories[id]?.givenBy.includes(source),
  );
  const purposes = description.sources[source]?.purposes;
  return {
    part,
    kind: "source",
    title: label,
    says: said(
      registers.length > 0 &&
        w("sources.each", { kind, registers: labels(description.registers, registers), count: registers.length }),
      given.length > 0 && w("n.sources.categories", { categories: labels(description.categories, given) }),
      thirdParty && w("sources.thirdParty"),
      purposes && w("sources.purposes", { purposes: labels(description.purposes, purposes), count: purposes.length }),
    ),
    place,
    asked: { source },
    inside: true,
  };
}

function bringingFact({ part, sources, register, inside }: Collecting, voice: Say): Bare {
  const { w, labels, list, text, description } = voice;
  const held = description.registers[register];
  const givenBy = (id: string) => sources.some((source) => description.categories[id]?.givenBy.includes(source));
  const categories = held?.categories.filter(givenBy) ?? [];
  const purposes = [...new Set(sources.flatMap((source) => broughtFor(description, source, register)))];
  const name = held ? text(held.label) : register;
  const [only] = sources;
  return {
    part,
    kind: "bringing",
    title: w("picture.bring", { source: capital(labels(description.sources, sources)), register: name }),
    says: said(
      w("picture.bring.text", { register: voice.inside(name), categories: labels(description.categories, categories) }),
      purposes.length > 0 &&
        w("picture.purposes", {
          purposes: list(purposes.map((purpose) => withBasis(purpose, voice))),
          count: purposes.length,
        }),
    ),
    place: `registers.${register}`,
    asked: sources.length === 1 && only !== undefined ? { source: only, register } : { register },
    inside,
  };
}

const withBasis = (purpose: string, { w, labelOf, description }: Say): string =>
  w("picture.purpose", {
    purpose: labelOf(description.purposes, purpose),
    basis: description.purposes[purpose]?.legalBasis ?? "",
  });

function systemFact({ part, place, label, registers }: SystemNode, voice: Say): Bare {
  const { w, labels, labelOf, list, text, inside, description } = voice;
  const system = description.systems[part.slice("systems.".length)];
  const { kind, runBy, serves, holder, highestRisk } = system ?? {};
  return {
    part,
    kind: "system",
    title: label,
    says: said(
      system && w("systems.kind", { kind: kind ?? "" }),
      system && whereIs(voice, system),
      runBy !== undefined &&
        (runBy === "controller"
          ? w("systems.own", { kind: kind ?? "" })
          : w("systems.runBy", { by: labelOf(description.processors, runBy) })),
      serves && w("systems.serves", { services: list(serves.map((what) => w("systems.service", { what }))) }),
      holder && w("systems.holder", { holder: inside(text(holder)) }),
      registers.length > 0 &&
        w("picture.registers", {
          registers: labels(
            description.registers,
            registers.map(({ register }) => register),
          ),
        }),
      highestRisk && w("systems.risk", { risk: highestRisk }),
    ),
    place,
    asked: null,
    inside: kind === "builtIn",
  };
}

function registerFact(node: RegisterNode, system: SystemNode, voice: Say): Bare {
  const { part, place, label, register, home, inside } = node;
  const { w, labels, description } = voice;
  const { systems = [], subjects = [], categories = [] } = description.registers[register] ?? {};
  const here = system.part.slice("systems.".length);
  const held = categories.filter((id) => description.categories[id]?.systems?.includes(here) ?? true);
  return {
    part,
    kind: "register",
    title: home ? label : w("end.system", { register: label, system: voice.inside(system.label) }),
    says: said(
      w("picture.whom", { subjects: labels(description.subjects, subjects) }),
      w("picture.holds", { categories: labels(description.categories, held) }),
      w("picture.systems", { systems: labels(description.systems, systems), count: systems.length }),
    ),
    place,
    asked: home ? { register } : null,
    inside: home && inside,
  };
}

function flowFact({ part, place, label, flow, open, closed, inside }: Flowing, voice: Say): Bare {
  const { w, text, description } = voice;
  const declared = description.flows[flow];
  const purpose = declared && description.purposes[declared.purpose];
  const how = declared?.recipientIdentifiedBy;
  return {
    part,
    kind: "flow",
    title: label,
    says: said(
      declared && flowText(voice, declared),
      purpose && w("picture.basis", { basis: purpose.legalBasis }),
      open && w("picture.open"),
      closed && w("picture.closed"),
      how && w("picture.identified", { how: voice.inside(text(how)) }),
    ),
    place,
    asked: { flow },
    inside,
  };
}

function endFact({ id, part, place, label, where, kind }: EndNode, { flows }: FlowPicture, voice: Say): Bare {
  const { w, list, text, description } = voice;
  const named = (some: readonly Flowing[]) => list(some.map((flow) => voice.inside(flow.label)));
  const [gets, gives] = [flows.filter(({ to }) => to === id), flows.filter(({ from }) => from === id)];
  const scope = kind === "processor" ? description.processors[place.slice("processors.".length)]?.scope : undefined;
  return {
    part,
    kind: "end",
    title: label,
    says: said(
      where,
      scope && text(scope),
      gets.length > 0 && w("picture.gets", { flows: named(gets) }),
      gives.length > 0 && w("picture.gives", { flows: named(gives) }),
    ),
    place,
    asked: null,
    inside: false,
  };
}

const said = (...parts: readonly (string | undefined | false)[]): string[] =>
  parts.flatMap((part) => (part ? [paragraph(part)] : []));

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
