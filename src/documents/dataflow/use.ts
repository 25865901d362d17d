// Where, why and how the data is handled.
import type { Description, FlowOf } from "../../description/schema.ts";
import { OPEN_CHANNELS } from "../../description/terms.ts";
import { CONTROLS, isPurposeInside, keepingOfFlow } from "../kept.ts";
import type { Section, Statement } from "../model.ts";
import { paragraph, type Say } from "../say.ts";
import { entriesOf, type Scribe } from "../scribe.ts";

export function where(s: Scribe): Section {
  const { w, text, inside, list, description } = s;
  const departments = Object.values(description.roles).flatMap(({ department }) =>
    department ? [inside(text(department))] : [],
  );
  const premises = Object.values(description.systems).flatMap(({ location }) =>
    typeof location === "object" && "premises" in location ? [s.place(location)] : [],
  );
  const flows = Object.values(description.flows);
  const open = flows.filter((flow) => OPEN_CHANNELS.has(flow.channel));
  const secure = entriesOf(description.flows, "flows").filter(({ value }) => value.channel === "secureMail");
  return s.section("where", [
    s.state({
      place: "roles",
      text: w("where.departments", { departments: list([...new Set(departments)]), count: departments.length }),
      kept: "declared",
    }),
    premises.length === 0
      ? undefined
      : s.state({
          place: "systems",
          text: w("where.premises", { premises: list([...new Set(premises)]) }),
          kept: "declared",
        }),
    open.length === 0 ? undefined : s.state({ place: "flows", text: w("where.email"), kept: CONTROLS.openChannelRisk }),
    secure.map(({ place, value }) =>
      s.state({
        place: `${place}.channel`,
        term: text(value.label),
        text: w("where.secureMail", {
          categories: s.labels(description.categories, value.categories),
          count: value.categories.length,
        }),
        kept: keepingOfFlow(description, s.inUse, value),
      }),
    ),
  ]);
}

export function why(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const each = entriesOf(description.purposes, "purposes").map(({ id, place, value }) => {
    const needed = Object.keys(description.categories).filter((each) =>
      description.categories[each]?.purposes.includes(id),
    );
    const categories = labels(description.categories, needed);
    return s.state({
      place,
      term: text(value.label),
      text: paragraph(text(value.why), needed.length > 0 && w("why.categories", { categories, count: needed.length })),
      kept: isPurposeInside(description, s.inUse, id) ? CONTROLS.purposeBound : "declared",
    });
  });
  return s.section("why", [each]);
}

export function how(s: Scribe): Section {
  const { w, text, description } = s;
  const closed = s.state({ place: "flows", aspect: "closed", text: w("how.closed"), kept: CONTROLS.flowsClosed });
  const each = entriesOf(description.flows, "flows").map(
    ({ place, value }): Statement =>
      s.state({
        place,
        term: text(value.label),
        text: flowText(s, value),
        kept: keepingOfFlow(description, s.inUse, value),
        added: value.added,
      }),
  );
  return s.section("how", [closed, each]);
}

/** What moves, how, from where to where, what for and by whom. */
export function flowText(s: Say, flow: FlowOf): string {
  const { w, labels, labelOf, description } = s;
  return paragraph(
    w("how.moves", { channel: flow.channel, trigger: flow.trigger }),
    w("how.ends", { from: end(s, flow.from), to: end(s, flow.to) }),
    w("how.categories", { categories: labels(description.categories, flow.categories), count: flow.categories.length }),
    w("how.purpose", { purpose: labelOf(description.purposes, flow.purpose) }),
    w(flow.manual ? "how.manual" : "how.automatic", {
      roles: s.either(flow.by.map((id) => labelOf(description.roles, id))),
      count: flow.by.length,
    }),
    flow.requiresConsent !== undefined &&
      w("how.consent", { consent: labelOf(description.consents, flow.requiresConsent) }),
    flow.safeguard !== undefined && w("location.safeguard", { safeguard: s.inside(s.text(flow.safeguard)) }),
  );
}

/** One end of a flow as a label. */
export function end(s: Say, of: Description["flows"][string]["to"]): string {
  const { w, labelOf, description } = s;
  if ("register" in of) {
    const register = labelOf(description.registers, of.register);
    return of.system === undefined
      ? register
      : w("end.system", { register, system: labelOf(description.systems, of.system) });
  }
  if ("processor" in of) return labelOf(description.processors, of.processor);
  if ("recipient" in of) return s.inside(s.text(of.recipient));
  return "staff" in of ? labelOf(description.roles, of.staff) : w("end.subject");
}
