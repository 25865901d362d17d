// Which systems hold the data, and where they stand.
import { CONTROLS } from "../kept.ts";
import type { Section, Statement } from "../model.ts";
import { paragraph, type Say } from "../say.ts";
import { entriesOf, type Scribe } from "../scribe.ts";

export function systems(s: Scribe): Section {
  const { w, text, inside, labelOf, list, description } = s;
  const each = entriesOf(description.systems, "systems").flatMap(({ place, value }): Statement[] => {
    const builtIn = value.kind === "builtIn";
    const risk = w("systems.risk", { risk: value.highestRisk });
    const main = s.state({
      place,
      term: text(value.label),
      text: paragraph(
        w("systems.kind", { kind: value.kind }),
        value.runBy === "controller"
          ? w("systems.own", { kind: value.kind })
          : w("systems.runBy", { by: labelOf(description.processors, value.runBy) }),
        value.serves &&
          w("systems.serves", { services: list(value.serves.map((what) => w("systems.service", { what }))) }),
        value.holder && w("systems.holder", { holder: inside(text(value.holder)) }),
        !builtIn && risk,
      ),
      kept: builtIn ? "declared" : "outside",
      added: value.added,
    });
    if (!builtIn) return [main];
    return [main, s.state({ place, aspect: "risk", level: 2, text: risk, kept: CONTROLS.systemRisk })];
  });
  return s.section("systems", [each]);
}

export function location(s: Scribe): Section {
  const { w, text, description } = s;
  const each = entriesOf(description.systems, "systems").map(({ place, value }) =>
    s.state({
      place: `${place}.location`,
      term: text(value.label),
      text: paragraph(
        whereIs(s, value),
        value.highestRisk === "low" && value.kind === "carried" && w("location.lowRisk"),
        value.safeguard && w("location.safeguard", { safeguard: s.inside(text(value.safeguard)) }),
      ),
      kept: "declared",
      unknown: [s.missing(value.location, `${place}.location`, "location", text(value.label))],
    }),
  );
  return s.section("location", [each]);
}

/** A whole sentence on where a system stands. */
export function whereIs(s: Say, system: Scribe["description"]["systems"][string]): string {
  const { location } = system;
  const by = system.runBy === "controller" ? "own" : "provider";
  if (location === "unknown") return s.w("location.unknown");
  if ("country" in location)
    return s.w("location.country", { by, code: location.country, country: s.country(location.country) });
  if ("area" in location) return s.w("location.area", { by, area: location.area });
  if ("premises" in location) return s.w("location.premises", { premises: s.place(location) });
  return s.w("location.carried", { carried: s.place(location) });
}
