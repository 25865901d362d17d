// Answers and an example in, the text of a description out: the example's own text with only what differs written anew.
import type { Day } from "../../values/Day.ts";
import { rewrite, valuesOf } from "../rewrite.ts";
import { AllAnswers, type Answers, type Given } from "./answers.ts";
import type { Beginning } from "./beginning.ts";
import { defaultsOf } from "./defaults.ts";
import { emptied, renamed } from "./emptied.ts";
import { places } from "./examples.ts";
import { pruned } from "./pruned.ts";
import type { ExampleId } from "./questions.ts";
import { withServices } from "./services.ts";
import { mapIn, type Values, without } from "./values.ts";
import { withWays } from "./ways.ts";
import { voiceOf } from "./words.ts";

/** The texts of the examples as they are shipped. */
export type Examples = Readonly<Record<ExampleId, string>>;

/** The example whose texts are in every language: what another lacks is taken from it. */
const LENDER = "walttia";

/** Always a text that `parse` reads, whatever is answered. `today`: since when the words of consents are asked for. */
export function guidedText(examples: Examples, { example, company, answers }: Given, today: Day): string {
  const shipped = headed(examples[example], company.name);
  const values = valuesIn(shipped);
  const all = completed(values, example, answers);
  const begun: Beginning = {
    at: places[example],
    lender: mapIn(without(renamed(valuesIn(examples[LENDER]), company.name), new Set(["added"]))),
    voice: voiceOf(company.languages),
    today,
    answers: all,
  };
  const begunWith = emptied(renamed(values, company.name), example, company, begun);
  return rewrite(shipped, pruned(withWays(withServices(begunWith, begun), begun)));
}

const completed = (values: Values, example: ExampleId, answers: Answers): AllAnswers => {
  const given = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== undefined));
  return AllAnswers.parse({ ...defaultsOf(values, example), ...given });
};

const valuesIn = (text: string): Values => mapIn(valuesOf(text) ?? {});

/** The remarks at the head of an example tell of its own company. */
function headed(text: string, company: string): string {
  const at = text.search(/^(?!#)/m);
  const remarks = [
    "# yaml-language-server: $schema=../schema/tietovirta.schema.json",
    `# What the register of ${company} does with personal data. The program obeys this file and prints it.`,
    '# `unknown` marks what only the company can fill in; the description is not "ready" until it has.',
  ];
  return `${remarks.join("\n")}\n${text.slice(at)}`;
}
