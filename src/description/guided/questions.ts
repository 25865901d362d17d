// The questions of a guided start, as data: what is asked, what can be answered, and in which step. Words: `start.q.<id>` in the web's locale.
// Nothing of the server may be imported here: the pages read this file as it is.

export const exampleIds = ["walttia", "pyorapaja", "valokuvaamo"] as const;
export type ExampleId = (typeof exampleIds)[number];

/** Where somebody else's machine, or one's own, stands. `none`: there is no such thing. */
export type Where = "own" | "finland" | "eea" | "outside" | "unknown" | "none";

/** `service`: who runs it, where, and under which agreement; `person`, `contact`: facts to write; `yesNo`; `choices`; `period`: one of the lengths. */
export type Question =
  | { id: ServiceId; kind: "service"; step: Step; where: readonly Where[]; named: boolean }
  | { id: "responsible" | "deputy"; kind: "person"; step: Step }
  | { id: "contact"; kind: "contact"; step: Step }
  | { id: "raffles" | "newsletter"; kind: "yesNo"; step: Step }
  | { id: "identityCode"; kind: "choices"; step: Step; options: readonly IdentityCodeGround[] }
  | { id: "warranty" | "noDeal"; kind: "period"; step: Step; options: readonly string[]; mayBeUnknown: boolean };

export type Step = "people" | "places" | "ways";
export type ServiceId = "machine" | "invoicing" | "mail" | "accountant" | "copies";
export type IdentityCodeGround = "credit" | "collection";
export type QuestionId = Question["id"];
/** What a finding leads back to: a question, or the company's own name and number. */
export type AskedIn = QuestionId | "company";

/** `named`: the program itself has a name of its own besides who runs it. */
export const questions: readonly Question[] = [
  { id: "contact", kind: "contact", step: "people" },
  { id: "responsible", kind: "person", step: "people" },
  { id: "deputy", kind: "person", step: "people" },
  {
    id: "accountant",
    kind: "service",
    step: "people",
    where: ["own", "finland", "eea", "outside", "unknown"],
    named: false,
  },
  {
    id: "machine",
    kind: "service",
    step: "places",
    where: ["own", "finland", "eea", "outside", "unknown"],
    named: false,
  },
  {
    id: "invoicing",
    kind: "service",
    step: "places",
    where: ["none", "own", "finland", "eea", "outside", "unknown"],
    named: true,
  },
  {
    id: "mail",
    kind: "service",
    step: "places",
    where: ["none", "own", "finland", "eea", "outside", "unknown"],
    named: true,
  },
  {
    id: "copies",
    kind: "service",
    step: "places",
    where: ["own", "finland", "eea", "outside", "unknown"],
    named: false,
  },
  { id: "raffles", kind: "yesNo", step: "ways" },
  { id: "newsletter", kind: "yesNo", step: "ways" },
  { id: "identityCode", kind: "choices", step: "ways", options: ["credit", "collection"] },
  {
    id: "warranty",
    kind: "period",
    step: "ways",
    options: ["P6M", "P12M", "P24M", "P3Y", "P5Y", "P10Y"],
    mayBeUnknown: true,
  },
  { id: "noDeal", kind: "period", step: "ways", options: ["P3M", "P6M", "P12M", "P24M"], mayBeUnknown: false },
];
