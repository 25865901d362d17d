// How the data is protected, the notice, and what the page itself must admit: what is not in use and what nobody knows yet.
import type { Missing, Section, Statement } from "../model.ts";
import { paragraph } from "../say.ts";
import { entriesOf, type Scribe } from "../scribe.ts";

export function safety(s: Scribe): Section {
  const each = entriesOf(s.description.measures, "measures").map(({ place, value }) => {
    const { keptBy } = value;
    const role = (id: string) => s.labelOf(s.description.roles, id);
    const kept =
      "control" in keptBy
        ? [keptBy.control]
        : "task" in keptBy
          ? s.task(keptBy.task.every, [role(keptBy.task.role)])
          : "declared";
    return s.state({ place, text: s.text(value.label), kept, added: value.added });
  });
  return s.section("safety", [each]);
}

export function notice(s: Scribe): Section {
  const { w, text, description } = s;
  const { automatedDecisions: automated, thirdCountryTransfers: transfers, ...of } = description.notice;
  return s.section("notice", [
    s.state({
      place: "notice",
      text: paragraph(w(of.attached ? "notice.attached" : "notice.separate"), of.intro && text(of.intro)),
      kept: "declared",
    }),
    s.state({
      place: "notice.automatedDecisions",
      text: automated === false ? w("notice.noAutomated") : text(automated),
      kept: "declared",
    }),
    s.state({
      place: "notice.thirdCountryTransfers",
      text: transfers === false ? w("notice.noTransfers") : text(transfers),
      kept: "declared",
    }),
    s.state({
      place: "notice.supervisoryAuthority",
      text: w("fact", { label: w("notice.authority"), value: text(of.supervisoryAuthority) }),
      kept: "declared",
    }),
  ]);
}

export function notInUse(s: Scribe): Section | undefined {
  const routes = s.inUse.routesNotInUse;
  if (routes.length === 0) return undefined;
  return s.section("notInUse", [
    s.state({
      place: "roles",
      aspect: "notInUse",
      text: s.w("notInUse", { routes: s.list(routes), count: routes.length }),
      kept: "declared",
    }),
  ]);
}

/** What a statement above called unknown, each once, in the order of the page. */
export const missingOf = (sections: readonly Section[]): Missing[] => {
  const all = sections.flatMap((section) => section.statements.flatMap((statement) => statement.unknown ?? []));
  return [...new Map(all.map((each) => [each.place, each])).values()];
};

export function missing(s: Scribe, sections: readonly Section[]): Section | undefined {
  const list = missingOf(sections);
  if (list.length === 0) return undefined;
  const each = list.map(({ place, label }): Statement => ({ id: `${place}:missing`, place, level: 1, text: label }));
  return s.section("missing", [each], [], s.w("missing.lead", { count: list.length }));
}
