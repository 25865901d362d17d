// Who answers for the data and who handles it.
import type { Description } from "../../description/schema.ts";
import { onlyInspects } from "../../policy/lastDay.ts";
import { CONTROLS, keepingOfRegister } from "../kept.ts";
import type { Missing, Section, Statement } from "../model.ts";
import { paragraph } from "../say.ts";
import { entriesOf, type Scribe } from "../scribe.ts";
import { staff } from "./staff.ts";

type Person = Exclude<Description["deputy"], "unknown">;

export function addressOf(s: Scribe): string {
  const { address } = s.description.controller;
  if (address === "unknown") return s.w("unknown");
  const country = address.country === "FI" ? "" : `, ${s.country(address.country)}`;
  return `${address.street}, ${address.postalCode} ${address.town}${country}`;
}

export function controller(s: Scribe): Section {
  const { w, text, known, description } = s;
  const of = description.controller;
  const fact = (key: string, value: string, raw: unknown): Statement =>
    s.state({
      place: `controller.${key}`,
      text: w("fact", { label: w(`controller.${key}`), value }),
      kept: "declared",
      unknown: [s.missing(raw, `controller.${key}`, key, w("heading.controller"))],
    });
  const [month, date] = of.financialYearEnd.split("-").map(Number);
  const yearEnd =
    s.language === "en" ? w("controller.dayMonth", { month: month ?? 12, date: date ?? 31 }) : `${date}.${month}.`;
  const joint = entriesOf(description.jointControllers, "jointControllers").map(({ place, value }) =>
    s.state({
      place,
      term: value.name,
      text: paragraph(
        w("controller.joint"),
        value.businessId && w("fact", { label: w("controller.businessId"), value: value.businessId }),
        w("controller.arrangement", { arrangement: text(value.arrangement) }),
        w("controller.contact", { contact: text(value.contact) }),
      ),
      kept: "declared",
    }),
  );
  return s.section("controller", [
    s.state({
      place: "controller",
      text: w("controller.who", { name: of.name, businessId: known(of.businessId) }),
      kept: "declared",
      unknown: [s.missing(of.businessId, "controller.businessId", "businessId", w("heading.controller"))],
    }),
    fact("address", addressOf(s), of.address),
    fact("email", known(of.email), of.email),
    fact("phone", known(of.phone), of.phone),
    of.iban === undefined ? undefined : fact("iban", known(of.iban), of.iban),
    of.vatRegistered === undefined ? undefined : fact("vatRegistered", vat(s, of.vatRegistered), of.vatRegistered),
    s.state({
      place: "controller.financialYearEnd",
      text: paragraph(
        w("controller.financialYear", { yearEnd }),
        w("controller.paymentTerm", { days: of.paymentTermDays }),
      ),
      kept: "declared",
    }),
    joint,
  ]);
}

const vat = ({ w }: Scribe, registered: boolean | "unknown"): string =>
  registered === "unknown" ? w("unknown") : w("yesNo", { yes: String(registered) });

export function processors(s: Scribe): Section {
  const { w, text, description } = s;
  const own = Object.values(description.roles).filter((role) => role.processor === undefined && !onlyInspects(role));
  const lead = s.state({
    place: "roles",
    aspect: "staff",
    text: w("people.lead", {
      company: description.controller.name,
      roles: s.list(own.map((role) => s.inside(text(role.label)))),
      processors: s.labels(description.processors, Object.keys(description.processors)),
      count: Object.keys(description.processors).length,
    }),
    kept: "declared",
  });
  const roles = entriesOf(description.roles, "roles").flatMap(({ id, place, value }) =>
    roleStatements(s, id, place, value),
  );
  const each = entriesOf(description.processors, "processors").map(({ place, value }) => processor(s, place, value));
  return s.section("processors", [lead, roles, each, staff(s)]);
}

function roleStatements(s: Scribe, id: string, place: string, role: Description["roles"][string]): Statement[] {
  const { w, text, labels, labelOf, list, description } = s;
  const main = s.state({
    place,
    term: text(role.label),
    text: paragraph(
      role.processor !== undefined
        ? w("roles.ofProcessor", { processor: labelOf(description.processors, role.processor) })
        : w(onlyInspects(role) ? "roles.inspector" : "roles.own"),
      role.signIn === "twoFactors" && w("roles.twoFactors"),
      role.department && w("roles.department", { department: s.inside(text(role.department)) }),
      role.rights.length > 0 &&
        w("roles.rights", { rights: list(role.rights.map((right) => s.inside(w("right.name", { right })))) }),
      role.keeps.length > 0 && w("roles.keeps", { keeps: list(role.keeps.map((what) => w("keeps", { what }))) }),
      role.inspects.length > 0 &&
        w("roles.inspects", { keeps: list(role.inspects.map((what) => w("keeps", { what }))) }),
    ),
    kept: role.signIn === "twoFactors" ? CONTROLS.roleOnTwoFactors : CONTROLS.roleSignsIn,
    added: role.added,
  });
  const may = role.may.map((permission, n) =>
    s.state({
      place: `roles.${id}.may.${n}`,
      level: 2,
      term: text(description.registers[permission.register]?.label ?? permission.register),
      text: paragraph(
        w("roles.may", {
          verbs: list(permission.verbs.map((verb) => w("verb", { verb }))),
          categories: labels(description.categories, permission.categories),
          count: permission.categories.length,
        }),
        w("roles.purposes", {
          purposes: labels(description.purposes, permission.purposes),
          count: permission.purposes.length,
        }),
      ),
      kept: keepingOfRegister(description, s.inUse, permission.register, CONTROLS.roleMay),
    }),
  );
  return [main, ...may];
}

function processor(s: Scribe, place: string, of: Description["processors"][string]): Statement {
  const { w, text, known } = s;
  const label = text(of.label);
  const day = typeof of.agreement === "object" ? of.agreement.day : undefined;
  const dated = day === undefined || day === "unknown" ? "" : s.day(day);
  const note = typeof of.agreement === "object" && of.agreement.note ? text(of.agreement.note) : "";
  const made = typeof of.agreement === "object" ? (dated === "" ? "undated" : "made") : "unknown";
  const state = of.agreement === "none" ? "none" : made;
  const unknown: (Missing | undefined)[] = [
    s.missing(of.name, `${place}.name`, "name", label),
    s.missing(of.businessId, `${place}.businessId`, "businessId", label),
    s.missing(of.agreement, `${place}.agreement`, "agreement", label),
    s.missing(day, `${place}.agreement.day`, "agreementDay", label),
    s.missing(of.location, `${place}.location`, "location", label),
    ...of.subProcessors.map((sub, n) =>
      s.missing(sub.location, `${place}.subProcessors.${n}.location`, "location", sub.name),
    ),
  ];
  return s.state({
    place,
    term: label,
    text: paragraph(
      text(of.scope),
      w("processors.name", { name: known(of.name) }),
      of.businessId && w("fact", { label: w("controller.businessId"), value: known(of.businessId) }),
      w("processors.agreement", { state, day: dated }),
      note,
      of.location && w("processors.location", { location: s.place(of.location) }),
      of.safeguard && w("location.safeguard", { safeguard: s.inside(text(of.safeguard)) }),
      ...of.subProcessors.map((sub) =>
        w("processors.sub", {
          name: sub.name,
          scope: s.inside(text(sub.scope)).replace(/\.$/, ""),
          location: s.place(sub.location),
        }),
      ),
    ),
    kept: "declared",
    added: of.added,
    unknown,
  });
}

export function responsible(s: Scribe): Section {
  const { w, description } = s;
  const { deputy } = description;
  const noDeputy = s.missing(deputy, "deputy", "deputy");
  return s.section("responsible", [
    person(s, "responsiblePerson", description.responsiblePerson, false),
    deputy === "unknown"
      ? s.state({
          place: "deputy",
          text: w("fact", { label: w("deputy"), value: w("unknown") }),
          kept: "declared",
          unknown: [noDeputy],
        })
      : person(s, "deputy", deputy, true),
  ]);
}

function person(s: Scribe, place: string, of: Person, isDeputy: boolean): Statement {
  const { w, text, known, description } = s;
  const label = w(isDeputy ? "deputy" : "heading.responsible");
  const title = of.title === undefined ? "" : s.inside(text(of.title));
  return s.state({
    place,
    text: paragraph(
      isDeputy ? w("fact", { label: w("deputy"), value: known(of.name) }) : "",
      isDeputy ? title : [description.controller.name, known(of.name), title].filter((each) => each !== "").join(", "),
      w("fact", { label: w("controller.email"), value: known(of.email) }),
      of.phone && w("fact", { label: w("controller.phone"), value: known(of.phone) }),
    ),
    kept: "declared",
    unknown: [
      s.missing(of.name, `${place}.name`, "name", label),
      s.missing(of.email, `${place}.email`, "email", label),
      s.missing(of.phone, `${place}.phone`, "phone", label),
    ],
  });
}
