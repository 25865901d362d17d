// The controller's record of processing activities (GDPR Art. 30(1)), its points a–g in order. Kept inside the company, shown to the authority.
import type { Description, Text } from "../description/schema.ts";
import type { Language } from "../values/Language.ts";
import { controller, responsible } from "./dataflow/people.ts";
import { missing, missingOf, safety } from "./dataflow/safety.ts";
import { endOf } from "./dataflow/staff.ts";
import { frame } from "./dataflow.ts";
import type { PrintedDocument, Printing, Section, Table } from "./model.ts";
import { recipients, retentionTable } from "./parts.ts";
import { paragraph, sentence } from "./say.ts";
import { entriesOf, type Scribe, scribe } from "./scribe.ts";

export function record(description: Description, printing: Printing, language: Language): PrintedDocument {
  const s = scribe(description, printing, language);
  const body = [
    s.section(
      "r.controller",
      [controller(s), responsible(s)].flatMap((section) => unmarked(section)),
    ),
    purposes(s),
    people(s),
    s.section("r.recipients", recipients(s)),
    transfers(s),
    s.section("r.retention", [], [withStaff(s, retentionTable(s))]),
    { ...safety(s), id: "r.safety", heading: s.w("heading.r.safety") },
  ];
  const left = missing(s, body);
  return {
    ...frame(s, "record", missingOf(body).length === 0),
    title: s.w("title.record"),
    legend: [],
    summary: [s.w("r.summary")],
    sections: left === undefined ? body : [...body, left],
  };
}

const unmarked = (section: Section) => section.statements.map(({ kept: _, ...statement }) => statement);

function purposes(s: Scribe): Section {
  const { w, text } = s;
  const { staff, requests } = s.description;
  const all = [
    ...entriesOf(s.description.purposes, "purposes"),
    ...(requests ? [{ place: "requests", value: requests }] : []),
    ...(staff ? [{ place: "staff", value: staff }] : []),
  ];
  const rows = all.map(({ place, value }) => ({
    place,
    cells: [text(value.label), text(value.why), w("basis.name", { basis: value.legalBasis })].map(
      (cell) => cell.charAt(0).toUpperCase() + cell.slice(1),
    ),
  }));
  return s.section(
    "r.purposes",
    [],
    [{ caption: w("table.purposes"), columns: [w("table.purpose"), w("table.why"), w("table.basis")], rows }],
  );
}

function people(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const rows = entriesOf(description.registers, "registers").map(({ place, value }) => ({
    place,
    cells: [
      text(value.label),
      labels(description.subjects, value.subjects),
      labels(description.categories, value.categories),
      labels(description.systems, value.systems),
    ].map((cell) => cell.charAt(0).toUpperCase() + cell.slice(1)),
  }));
  const { staff, requests } = description;
  if (requests !== undefined)
    rows.push({
      place: "requests",
      cells: [
        text(requests.label),
        sentence(labels(description.subjects, Object.keys(description.subjects))).replace(/\.$/, ""),
        w("requests.data"),
        text(description.systems[requests.system]?.label ?? requests.system),
      ],
    });
  if (staff !== undefined)
    rows.push({
      place: "staff",
      cells: [
        text(staff.label),
        text(staff.label),
        w("table.staff"),
        text(description.systems[staff.system]?.label ?? staff.system),
      ],
    });
  const columns = [w("table.register"), w("table.subjects"), w("table.data"), w("table.systems")];
  return s.section("r.people", [], [{ caption: w("table.registers"), columns, rows }]);
}

function withStaff(s: Scribe, table: Table): Table {
  const { staff } = s.description;
  if (staff === undefined) return table;
  const row = (what: "account" | "log", { period, ground }: { period: string; ground: Text }, place: string) => ({
    place,
    cells: [s.text(staff.label), s.w(`staff.${what}`), sentence(endOf(s, what, period)), sentence(s.text(ground))],
  });
  return {
    ...table,
    rows: [...table.rows, row("account", staff.accounts, "staff.accounts"), row("log", staff.log, "staff.log")],
  };
}

function transfers(s: Scribe): Section {
  const { w, text, description } = s;
  const { thirdCountryTransfers: said } = description.notice;
  const safeguards = [
    ...entriesOf(description.systems, "systems"),
    ...entriesOf(description.processors, "processors"),
  ].flatMap(({ place, value }) =>
    value.safeguard === undefined
      ? []
      : [
          s.state({
            place,
            term: text(value.label),
            text: paragraph(w("location.safeguard", { safeguard: s.inside(text(value.safeguard)) })),
          }),
        ],
  );
  return s.section("r.transfers", [
    s.state({ place: "notice.thirdCountryTransfers", text: said === false ? w("notice.noTransfers") : text(said) }),
    safeguards,
  ]);
}
