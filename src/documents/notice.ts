// The privacy notice (GDPR Art. 13 and 14) in layers: the short text first, then the whole in the order customary in Finland.
import type { Description } from "../description/schema.ts";
import { RightKind } from "../description/terms.ts";
import type { Language } from "../values/Language.ts";
import { categoriesOfSubject } from "./dataflow/data.ts";
import { deadlineOf } from "./dataflow/ending.ts";
import { basisOf } from "./dataflow/origin.ts";
import { addressOf } from "./dataflow/people.ts";
import { missing, missingOf } from "./dataflow/safety.ts";
import { frame } from "./dataflow.ts";
import type { PrintedDocument, Printing, Section, Statement } from "./model.ts";
import { recipients, retentionTable } from "./parts.ts";
import { paragraph } from "./say.ts";
import { entriesOf, type Scribe, scribe } from "./scribe.ts";
import { contactOf, shortNotice } from "./short.ts";

export function notice(description: Description, printing: Printing, language: Language): PrintedDocument {
  const s = scribe(description, printing, language);
  const { w, text } = s;
  const body = [
    s.section(
      "n.short",
      shortNotice(s).map((line, n) => s.state({ place: "notice", aspect: `short${n}`, text: line })),
    ),
    controller(s),
    contact(s),
    s.section(
      "n.registers",
      entriesOf(description.registers, "registers").map(({ place, value }) =>
        s.state({ place, text: text(value.label) }),
      ),
    ),
    purposes(s),
    subjects(s),
    sources(s),
    s.section("n.recipients", recipients(s)),
    s.section("n.transfers", [
      s.state({
        place: "notice.thirdCountryTransfers",
        text:
          description.notice.thirdCountryTransfers === false
            ? w("notice.noTransfers")
            : text(description.notice.thirdCountryTransfers),
      }),
    ]),
    s.section("n.retention", [s.state({ place: "retention", text: w("n.retention.lead") })], [retentionTable(s)]),
    s.section(
      "n.safety",
      entriesOf(description.measures, "measures").map(({ place, value }) =>
        s.state({ place, text: text(value.label) }),
      ),
    ),
    rights(s),
    obligatory(s),
    s.section("n.automated", [
      s.state({
        place: "notice.automatedDecisions",
        text:
          description.notice.automatedDecisions === false
            ? w("notice.noAutomated")
            : text(description.notice.automatedDecisions),
      }),
    ]),
    s.section("n.version", [
      s.state({
        place: "version",
        text:
          printing.inForceAt === null
            ? w("n.version.draft", { version: description.version, printed: s.dayAt(printing.date) })
            : w("n.version.inForce", { version: description.version, from: s.dayAt(printing.inForceAt) }),
      }),
    ]),
  ];
  const left = missing(s, body);
  return {
    ...frame(s, "notice", missingOf(body).length === 0),
    title: w("title.notice"),
    legend: [],
    summary: [],
    sections: left === undefined ? body : [...body, left],
  };
}

function controller(s: Scribe): Section {
  const { w, known, description } = s;
  const of = description.controller;
  const fact = (key: "address" | "email" | "phone", value: string) =>
    s.state({
      place: `controller.${key}`,
      text: w("fact", { label: w(`controller.${key}`), value }),
      unknown: [s.missing(of[key], `controller.${key}`, key, w("heading.controller"))],
    });
  const joint = entriesOf(description.jointControllers, "jointControllers").map(({ place, value }) =>
    s.state({
      place,
      term: value.name,
      text: paragraph(w("controller.joint"), s.text(value.arrangement), s.text(value.contact)),
    }),
  );
  return s.section("n.controller", [
    s.state({
      place: "controller",
      text: w("controller.who", { name: of.name, businessId: known(of.businessId) }),
      unknown: [s.missing(of.businessId, "controller.businessId", "businessId", w("heading.controller"))],
    }),
    fact("address", addressOf(s)),
    fact("email", known(of.email)),
    fact("phone", known(of.phone)),
    joint,
  ]);
}

function contact(s: Scribe): Section {
  const { responsiblePerson: person } = s.description;
  const title = person.title === undefined ? "" : s.inside(s.text(person.title));
  return s.section("n.contact", [
    s.state({
      place: "responsiblePerson",
      text: paragraph([s.known(person.name), title].filter((each) => each !== "").join(", "), contactOf(s)),
      unknown: [
        s.missing(person.name, "responsiblePerson.name", "name", s.w("heading.responsible")),
        s.missing(person.email, "responsiblePerson.email", "email", s.w("heading.responsible")),
        s.missing(person.phone, "responsiblePerson.phone", "phone", s.w("heading.responsible")),
      ],
    }),
  ]);
}

function purposes(s: Scribe): Section {
  const { w, text } = s;
  const each = entriesOf(s.description.purposes, "purposes").map(({ place, value }) =>
    s.state({
      place,
      term: text(value.label),
      text: paragraph(
        text(value.why),
        basisOf(s, value),
        value.fromStage && w("purposes.fromStage", { stage: value.fromStage }),
      ),
      unknown: [
        s.missing(
          "balancingTest" in value.ground ? value.ground.balancingTest : undefined,
          `${place}.ground.balancingTest`,
          "balancingTest",
          text(value.label),
        ),
      ],
    }),
  );
  return s.section("n.purposes", [s.state({ place: "purposes", text: w("basis.lead") }), each]);
}

function subjects(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const groups = entriesOf(description.subjects, "subjects").map(({ id, place, value }) =>
    s.state({
      place,
      term: text(value.label),
      text: w("subjects.categories", {
        categories: labels(description.categories, categoriesOfSubject(description, id)),
      }),
    }),
  );
  const codes = entriesOf(description.categories, "categories").flatMap(({ place, value }): Statement[] =>
    value.grounds === undefined || value.groundWhy === undefined
      ? []
      : [s.state({ place: `${place}.grounds`, term: text(value.label), text: text(value.groundWhy) })],
  );
  return s.section("n.subjects", [groups, codes]);
}

/** Art. 14(2)(f): where data not given by the person comes from, and whether that source is public. */
function sources(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const all = entriesOf(description.sources, "sources");
  const own = all.filter(({ value }) => value.from === "subject").map(({ value }) => s.inside(text(value.label)));
  const others = all.filter(({ value }) => value.from === "thirdParty");
  return s.section("n.sources", [
    own.length === 0 ? undefined : s.state({ place: "sources", text: w("n.sources.own", { sources: s.list(own) }) }),
    others.map(({ id, place, value }) => {
      const given = Object.keys(description.categories).filter((each) =>
        description.categories[each]?.givenBy.includes(id),
      );
      return s.state({
        place,
        term: text(value.label),
        text: paragraph(
          w("n.sources.other", { isPublic: value.kind === "publicRegister" ? "yes" : "no" }),
          given.length > 0 && w("n.sources.categories", { categories: labels(description.categories, given) }),
          value.purposes &&
            w("sources.purposes", {
              purposes: labels(description.purposes, value.purposes),
              count: value.purposes.length,
            }),
          w("n.sources.told"),
        ),
      });
    }),
  ]);
}

function rights(s: Scribe): Section {
  const { w, text, description } = s;
  const each = RightKind.options.flatMap((kind) => {
    const of = description.rights[kind];
    if (of === undefined) return [];
    const grounds =
      of.grounds && w("rights.grounds", { grounds: s.either(of.grounds.map((ground) => w("ground17", { ground }))) });
    return [
      s.state({
        place: `rights.${kind}`,
        term: w("right.name", { right: kind }),
        text: paragraph(text(of.how), grounds),
      }),
    ];
  });
  const withdrawals = entriesOf(description.consents, "consents").map(({ place, value }) =>
    s.state({
      place: `${place}.withdrawal`,
      term: w("n.rights.withdraw", { consent: s.inside(text(value.label)) }),
      text: w("consent.withdrawal", { how: s.inside(text(value.withdrawal)) }),
    }),
  );
  const { access } = description.rights;
  const ownCards = entriesOf(description.sources, "sources").flatMap(({ place, value }) =>
    value.kind === "ownCard" ? [s.state({ place, term: w("n.rights.ownCardTerm"), text: w("n.rights.ownCard") })] : [],
  );
  return s.section("n.rights", [
    s.state({ place: "rights", text: paragraph(w("n.rights.lead"), contactOf(s), access && deadlineOf(s, access)) }),
    ownCards,
    each,
    withdrawals,
    s.state({
      place: "notice.supervisoryAuthority",
      term: w("notice.authority"),
      text: w("n.rights.authority", { authority: text(description.notice.supervisoryAuthority) }),
    }),
  ]);
}

/** Art. 13(2)(e). */
function obligatory(s: Scribe): Section {
  const { w, text, description } = s;
  const must = entriesOf(description.categories, "categories").filter(({ value }) => value.required.by !== "no");
  const each = must.map(({ place, value }) =>
    s.state({
      place: `${place}.required`,
      term: text(value.label),
      text: paragraph(
        w("categories.required", { by: value.required.by }),
        value.required.consequence && text(value.required.consequence),
      ),
    }),
  );
  return s.section("n.obligatory", [
    each,
    s.state({ place: "categories", text: w("n.obligatory.rest", { count: must.length }) }),
  ]);
}
