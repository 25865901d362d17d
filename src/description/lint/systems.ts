// Where data stands: the risk a system may hold, where it is, and who runs it.
import type { Path } from "../parse.ts";
import type { Description } from "../schema.ts";
import { UNKNOWN } from "../terms.ts";
import { error, isHigh, type Lint, own, warning } from "./issue.ts";

/** A register's high-risk categories may stand only in systems allowed to hold them (GDPR Art. 32). */
export const systemRisk: Lint = function* (d) {
  for (const [id, register] of Object.entries(d.registers))
    for (const [n, category] of register.categories.entries())
      if (isHigh(d, category))
        for (const system of register.systems)
          if (mayStandIn(d, category, system) && own(d.systems, system)?.highestRisk === "low")
            yield error("systemRisk", ["registers", id, "categories", n], { category, system });
  for (const [id, flow] of Object.entries(d.flows)) {
    const system = "register" in flow.to ? flow.to.system : undefined;
    if (system === undefined || own(d.systems, system)?.highestRisk !== "low") continue;
    const risky = flow.categories.find((category) => isHigh(d, category));
    if (risky !== undefined) yield error("systemRisk", ["flows", id, "to", "system"], { category: risky, system });
  }
};

const mayStandIn = (d: Description, category: string, system: string): boolean =>
  own(d.categories, category)?.systems?.includes(system) ?? true;

/** Paper and what a person carries: known where, and known who answers. */
export const systemPlace: Lint = function* (d) {
  for (const [id, system] of Object.entries(d.systems)) {
    const path = ["systems", id];
    const byHand = system.kind === "paper" || system.kind === "carried";
    if (byHand && system.holder === undefined) yield warning("holderMissing", path, { system: id });
    if (system.kind === "carried" && system.highestRisk === "high")
      yield warning("carriedHighRisk", [...path, "highestRisk"], { system: id });
    if (system.kind !== "helper" && !Object.values(d.registers).some((register) => register.systems.includes(id)))
      yield warning("systemUnused", path, { system: id });
  }
};

/** A transfer outside the EEA needs a safeguard (GDPR Art. 44–49), and the notice has to tell of it (Art. 13(1)(f)). */
export const outsideEea: Lint = function* (d) {
  let first: Path | undefined;
  for (const { path, location, safeguard } of locations(d)) {
    if (!isOutside(location)) continue;
    first ??= path;
    if (safeguard === undefined) yield error("outsideEEA", path);
  }
  if (first !== undefined && d.notice.thirdCountryTransfers === false)
    yield error("transferNotTold", ["notice", "thirdCountryTransfers"], { place: first.join(".") });
};

type Location = Description["systems"][string]["location"] | undefined;
function* locations(d: Description): Generator<{ path: Path; location: Location; safeguard: unknown }> {
  for (const [id, { location, safeguard }] of Object.entries(d.systems))
    yield { path: ["systems", id, "location"], location, safeguard };
  for (const [id, processor] of Object.entries(d.processors)) {
    const { location, safeguard } = processor;
    yield { path: ["processors", id, "location"], location, safeguard };
    for (const [n, sub] of processor.subProcessors.entries())
      yield { path: ["processors", id, "subProcessors", n, "location"], location: sub.location, safeguard };
  }
  for (const [id, { to, safeguard }] of Object.entries(d.flows))
    if ("recipient" in to) yield { path: ["flows", id, "to", "location"], location: to.location, safeguard };
}

/** ISO 3166-1 alpha-2: the Union's members, Iceland, Liechtenstein, Norway, and Åland, which Finland's law covers. */
const EEA = new Set(
  "AT AX BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);
export function isOutside(location: Location): boolean {
  if (location === undefined || location === UNKNOWN) return false;
  if ("country" in location) return !EEA.has(location.country);
  return "area" in location && location.area === "world";
}

/** Who handles data for the controller does so under an agreement (GDPR Art. 28(3)). */
export const processors: Lint = function* (d) {
  for (const [id, processor] of Object.entries(d.processors)) {
    const path = ["processors", id];
    if (processor.agreement === "none") yield error("noAgreement", [...path, "agreement"], { processor: id });
    const used =
      Object.values(d.systems).some((system) => system.runBy === id) ||
      Object.values(d.roles).some((role) => role.processor === id) ||
      Object.values(d.flows).some(({ from, to }) =>
        [from, to].some((end) => "processor" in end && end.processor === id),
      );
    if (!used) yield warning("processorUnused", path, { processor: id });
  }
};
