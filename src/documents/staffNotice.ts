// The privacy notice for those who work with the register (GDPR Art. 13; Act on the Protection of Privacy in Working Life 759/2004, section 21).
import type { Description } from "../description/schema.ts";
import type { Language } from "../values/Language.ts";
import { controller, responsible } from "./dataflow/people.ts";
import { missing, missingOf } from "./dataflow/safety.ts";
import { data, endings, heard, reason, seen } from "./dataflow/staff.ts";
import { frame } from "./dataflow.ts";
import type { PrintedDocument, Printing, Section } from "./model.ts";
import { paragraph } from "./say.ts";
import { type Scribe, scribe } from "./scribe.ts";

/** Without `staff` in the description there is nothing to tell but that: the notice is not ready. */
export function staffNotice(description: Description, printing: Printing, language: Language): PrintedDocument {
  const s = scribe(description, printing, language);
  const of = description.staff;
  const telling = { marked: false };
  const who = [controller(s), responsible(s)].flatMap(({ statements }) =>
    statements.filter(({ place }) => !BUSINESS.has(place)).map(({ kept: _, ...statement }) => statement),
  );
  const body =
    of === undefined
      ? [s.section("s.controller", who)]
      : [
          s.section("s.controller", who),
          s.section("s.why", [reason(s, of, telling)]),
          s.section("s.data", data(s, of, telling)),
          s.section("s.seen", [seen(s, telling)]),
          s.section("s.ending", endings(s, of, telling)),
          s.section("s.heard", heard(s, of, telling)),
          rights(s, of.legalBasis === "legitimateInterest"),
          version(s),
        ];
  const left = missing(s, body);
  return {
    ...frame(s, "staff", of !== undefined && missingOf(body).length === 0),
    title: s.w("title.staff"),
    legend: [],
    summary: [],
    sections: left === undefined ? body : [...body, left],
  };
}

/** What a colleague does not need to hear of the company. */
const BUSINESS: ReadonlySet<string> = new Set([
  "controller.iban",
  "controller.vatRegistered",
  "controller.financialYearEnd",
]);

function rights(s: Scribe, mayObject: boolean): Section {
  const { w, text, description } = s;
  return s.section("s.rights", [
    s.state({ place: "staff", aspect: "access", text: w("staff.access") }),
    s.state({
      place: "staff",
      aspect: "rights",
      text: w("staff.rights", { authority: text(description.notice.supervisoryAuthority) }),
    }),
    mayObject ? s.state({ place: "staff", aspect: "object", text: w("staff.object") }) : undefined,
    s.state({ place: "staff", aspect: "notErased", text: w("staff.notErased") }),
  ]);
}

function version(s: Scribe): Section {
  const { w, printing, description } = s;
  const of = { version: description.version };
  return s.section("s.version", [
    s.state({
      place: "version",
      text: paragraph(
        printing.inForceAt === null
          ? w("n.version.draft", { ...of, printed: s.dayAt(printing.date) })
          : w("n.version.inForce", { ...of, from: s.dayAt(printing.inForceAt) }),
      ),
    }),
  ]);
}
