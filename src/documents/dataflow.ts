// The data-flow description (tietovirtakuvaus): every statement of the description in the order of the page's own headings, and beside each how it is kept.
import type { Description } from "../description/schema.ts";
import type { Language } from "../values/Language.ts";
import { collected, registers } from "./dataflow/data.ts";
import { ending } from "./dataflow/ending.ts";
import { consent, legalBasis, sources } from "./dataflow/origin.ts";
import { controller, processors, responsible } from "./dataflow/people.ts";
import { missing, missingOf, notInUse, notice, safety } from "./dataflow/safety.ts";
import { location, systems } from "./dataflow/systems.ts";
import { how, where, why } from "./dataflow/use.ts";
import type { Fact, Kept, Picture, PrintedDocument, Printing, Section } from "./model.ts";
import { type Scribe, scribe } from "./scribe.ts";

const HEADINGS = [
  sources,
  legalBasis,
  consent,
  systems,
  collected,
  location,
  where,
  why,
  how,
  registers,
  controller,
  processors,
  ending,
  safety,
  notice,
  responsible,
];

export function dataflow(description: Description, printing: Printing, language: Language): PrintedDocument {
  const s = scribe(description, printing, language);
  const body = HEADINGS.map((heading) => heading(s));
  const after = [notInUse(s), missing(s, body)].flatMap((section) => section ?? []);
  const name = Object.values(description.registers)[0]?.label;
  return {
    ...frame(s, "dataflow", missingOf(body).length === 0),
    title: s.w("title.dataflow", { register: name === undefined ? "" : s.text(name) }),
    legend: legend(s),
    summary: summary(s, body),
    ...(printing.picture && { picture: pictured(printing.picture, s) }),
    sections: [...body, ...after],
  };
}

const pictured = ({ drawing, caption }: NonNullable<Printing["picture"]>, { w }: Scribe): Picture => ({
  heading: w("picture.heading"),
  lead: w("picture.lead"),
  drawing,
  caption,
});

/** What all documents carry: company, version, hash, dates. */
export function frame(s: Scribe, kind: PrintedDocument["kind"], ready: boolean) {
  const { w, description, printing } = s;
  const facts: Fact[] = [
    { label: w("heading.controller"), value: description.controller.name },
    { label: w("facts.version"), value: description.version },
    {
      label: w("facts.inForce"),
      value: printing.inForceAt === null ? w("facts.notInForce") : s.moment(printing.inForceAt),
    },
    { label: w("facts.printed"), value: s.moment(printing.date) },
    { label: w("facts.hash"), value: printing.hash },
    ...(ready ? [] : [{ label: w("facts.state"), value: w("facts.notReady") }]),
  ];
  return {
    kind,
    language: s.language,
    company: description.controller.name,
    version: description.version,
    hash: printing.hash,
    ready,
    facts,
    words: { added: w("mark.added"), unknown: w("unknown"), failed: w("mark.failed") },
  };
}

const HOWS = ["enforced", "task", "declared", "outside"] as const;
const legend = ({ w }: Scribe): Fact[] =>
  [...HOWS, "added", "unknown"].map((mark) => ({ label: w(`legend.${mark}`), value: w(`legend.${mark}.means`) }));

function summary(s: Scribe, sections: readonly Section[]): string[] {
  const marks = sections.flatMap((section) => section.statements.flatMap(({ kept }) => kept ?? []));
  const count = (test: (kept: Kept) => boolean) => marks.filter(test).length;
  const inState = (state: string) => count((kept) => kept.how === "enforced" && kept.state === state);
  const failed = inState("failed");
  return [
    s.w("summary.counts", {
      all: marks.length,
      enforced: count(({ how }) => how === "enforced"),
      task: count(({ how }) => how === "task"),
      declared: count(({ how }) => how === "declared"),
      outside: count(({ how }) => how === "outside"),
    }),
    s.w("summary.proven", {
      proven: inState("proven"),
      notYet: inState("notYet"),
      nothing: inState("nothing"),
    }),
    ...(failed > 0 ? [s.w("summary.failed", { count: failed })] : []),
  ];
}
