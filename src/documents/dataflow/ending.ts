// When data goes, what puts it off, and the rights of the people it is about.
import type { Description, RetentionOf } from "../../description/schema.ts";
import { BuiltInEvent, RightKind } from "../../description/terms.ts";
import { CONTROLS, isInside, type Keeping, keepingOfRegister } from "../kept.ts";
import type { Kept, Section, Statement } from "../model.ts";
import { paragraph } from "../say.ts";
import { entriesOf, type Scribe } from "../scribe.ts";
import { requests } from "./requests.ts";

export function ending(s: Scribe): Section {
  const { description } = s;
  return s.section("ending", [
    warranty(s),
    events(s),
    entriesOf(description.retention, "retention").flatMap(({ place, value }) => rule(s, place, value)),
    holds(s),
    banList(s),
    s.state({ place: "rights", text: s.w("rights.lead"), kept: "declared" }),
    RightKind.options.flatMap((kind) => right(s, kind) ?? []),
    requests(s),
  ]);
}

function warranty(s: Scribe): Statement | undefined {
  const { description, w } = s;
  if (description.warranty === undefined) return undefined;
  const counts = Object.values(description.retention).some(
    (each) => each.from === "warrantyEnd" && isInside(description, s.inUse, each.register),
  );
  return s.state({
    place: "warranty",
    term: w("warranty"),
    text: paragraph(
      s.text(description.warranty.label),
      w("warranty.period", { period: s.period(description.warranty.period) }),
    ),
    kept: counts ? CONTROLS.retentionEnds : "declared",
  });
}

const events = (s: Scribe): Statement[] =>
  entriesOf(s.description.events, "events").map(({ place, value }) =>
    s.state({ place, term: s.text(value.label), text: s.w("events.own"), kept: "declared" }),
  );

/** "for six years from the end of …", or "until …" where the period is nothing but the event itself. */
export function keptFor(s: Scribe, from: string, period: string): string {
  const { w, description } = s;
  const built = BuiltInEvent.safeParse(from).success;
  const label = built ? "" : s.labelOf(description.events, from);
  const event = built ? from : "own";
  if (period === "unknown") return w("until.unknown");
  return /^P(0\D)+$/.test(period)
    ? w("until", { event, label })
    : w("from", { event, label, period: s.period(period, "during") });
}

/** What stands in for the event where it never comes. */
export const otherwiseOf = (s: Scribe, rule: RetentionOf): string | undefined =>
  rule.otherwise &&
  s.w("otherwise", { event: rule.from, kept: keptFor(s, rule.otherwise.from, rule.otherwise.period) });

function rule(s: Scribe, place: string, value: RetentionOf): Statement[] {
  const { w, text, labels, description } = s;
  const register = text(description.registers[value.register]?.label ?? value.register);
  const inside = keepingOfRegister(description, s.inUse, value.register, CONTROLS.retentionEnds);
  const erasing = value.onRequest === "restrict" ? CONTROLS.erasureRestricts : CONTROLS.erasureErases;
  const mayHold = (system: string) =>
    value.categories.some((id) => description.categories[id]?.systems?.includes(system) ?? true);
  const elsewhere = (description.registers[value.register]?.systems ?? []).filter(
    (id) => description.systems[id]?.kind !== "builtIn" && mayHold(id),
  );
  const statements = [
    s.state({
      place,
      term: register,
      text: paragraph(
        w(value.period === "unknown" ? "retention.unknown" : "retention.kept", {
          kept: keptFor(s, value.from, value.period),
          categories: labels(description.categories, value.categories),
          count: value.categories.length,
        }),
        otherwiseOf(s, value),
        w("retention.atEnd", { atEnd: value.atEnd, count: value.categories.length }),
        value.graceDays > 0 && w("retention.grace", { days: value.graceDays }),
        w("ground", { ground: s.inside(text(value.ground)) }),
      ),
      kept: inside,
      added: value.added,
      unknown: [s.missing(value.period, `${place}.period`, "period", register)],
    }),
    s.state({
      place: `${place}.onRequest`,
      level: 2,
      text: w("retention.onRequest", {
        onRequest: value.onRequest,
        purposes: labels(description.purposes, value.restrictTo),
        count: value.restrictTo.length,
      }),
      kept: keepingOfRegister(description, s.inUse, value.register, erasing),
    }),
  ];
  if (inside !== "outside" && elsewhere.length > 0) {
    const text = w("retention.elsewhere", { systems: labels(description.systems, elsewhere) });
    statements.push(s.state({ place, aspect: "elsewhere", level: 2, text, kept: "outside" }));
  }
  return statements;
}

const holds = (s: Scribe): Statement[] =>
  entriesOf(s.description.holds, "holds").map(({ place, value }) =>
    s.state({
      place,
      term: s.text(value.label),
      text: paragraph(
        s.w("holds.each", {
          registers: s.labels(s.description.registers, value.registers),
          roles: s.either(value.by.map((id) => s.labelOf(s.description.roles, id))),
        }),
        s.w("ground", { ground: s.inside(s.text(value.ground)) }),
      ),
      kept: "declared",
    }),
  );

function banList(s: Scribe): Statement | undefined {
  const list = s.description.banList;
  if (list === undefined) return undefined;
  return s.state({
    place: "banList",
    term: s.text(list.label),
    text: paragraph(
      s.w("banList.each", { purposes: s.labels(s.description.purposes, list.purposes), count: list.purposes.length }),
      s.w("banList.keeps", { keeps: s.inside(s.text(list.keeps)) }),
      s.w("ground", { ground: s.inside(s.text(list.ground)) }),
    ),
    kept: "declared",
  });
}

/** How soon a request is answered (GDPR Art. 12(3)); nothing where the right needs no answer. */
export const deadlineOf = (s: Scribe, of: NonNullable<Description["rights"][RightKind]>): string | undefined =>
  /^P(0\D)+$/.test(of.deadline)
    ? undefined
    : paragraph(
        s.w("rights.deadline", { period: s.period(of.deadline, "within") }),
        of.extension && s.w("rights.extension", { period: s.period(of.extension, "during") }),
      );

function right(s: Scribe, kind: RightKind): Statement | undefined {
  const { w, text, description } = s;
  const of = description.rights[kind];
  if (of === undefined) return undefined;
  return s.state({
    place: `rights.${kind}`,
    term: w("right.name", { right: kind }),
    text: paragraph(
      text(of.how),
      of.grounds && w("rights.grounds", { grounds: s.either(of.grounds.map((ground) => w("ground17", { ground }))) }),
      kind !== "information" && deadlineOf(s, of),
    ),
    kept: keptRight(s, kind),
    added: of.added,
  });
}

function keptRight(s: Scribe, kind: RightKind): Keeping | Kept {
  const built = Object.keys(s.description.registers).some((id) => isInside(s.description, s.inUse, id));
  if (built && kind === "access") return CONTROLS.rightOfAccess;
  if (built && kind === "erasure") return CONTROLS.rightOfErasure;
  const roles = Object.values(s.description.roles).filter((role) => role.rights.includes(kind));
  if (kind === "complaint" || roles.length === 0) return "declared";
  return s.task(
    null,
    roles.map((role) => s.inside(s.text(role.label))),
  );
}
