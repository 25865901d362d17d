// The guided start of a new company: answers in; description, findings, picture and document out. Nothing is kept here: what somebody
// decides on is put in force like every other text.
import type { z } from "zod";
import type { Serve } from "../../api/serve.ts";
import { check } from "../../description/check.ts";
import type { Given } from "../../description/guided/answers.ts";
import { guidedText } from "../../description/guided/guided.ts";
import { questionOf } from "../../description/guided/questionOf.ts";
import { LIMITS, parse } from "../../description/parse.ts";
import { say } from "../../description/say.ts";
import type { Description } from "../../description/schema.ts";
import type { PrintedDocument } from "../../documents/model.ts";
import type { Caller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { underDescription } from "../../gate/under.ts";
import { rolesThatEnd } from "../../policy/lastDay.ts";
import { candidateOf } from "../../registers/evidence/versions.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { notFound } from "../../values/problem.ts";
import type { TrialParts } from "../trial.ts";
import { readStart, tryStart } from "./contract.ts";
import { isShipped, shippedExamples, toldOf } from "./examples.ts";

type Answer = z.input<typeof tryStart.response>;
type Shown = NonNullable<Answer["shown"]>;
type Parts = {
  gate: Gate;
  print: TrialParts["print"];
  /** The flow picture under a gate's description, as it is laid out for a narrow place. */
  draw: (gate: Gate, language: Language) => Promise<{ drawing: unknown; parts: Shown["parts"] }>;
};

/** A name of its own: what is shown is no file yet. */
const FILE = "start.yaml";

export function startRoutes(serve: Serve, { gate, print, draw }: Parts): void {
  // Read once: what is shipped does not change while the program runs.
  const examples = once(async () => {
    const shipped = await shippedExamples();
    return { shipped, told: toldOf(shipped) };
  });

  serve(readStart, async () => {
    const { hash, description } = gate.inForce();
    const { shipped, told } = await examples();
    return { isExample: isShipped(shipped, hash), hash, version: description.version, examples: told };
  });

  serve(tryStart, async (_, { body: { given, language } }, { caller }) => {
    const text = "text" in given ? given.text : await textOf(given);
    const parsed = parse(text);
    const findings = check(parsed)
      .slice(0, LIMITS.findings)
      .map((finding) => {
        const { path, line, col, severity, code } = finding;
        const question = "text" in given ? null : questionOf(path, given.example, given.answers);
        return { path, line, col, severity, code, ...say(finding, language), question };
      });
    const { description } = parsed;
    const locksOut = description !== null && !looksAfter(description, caller);
    return { text, findings, locksOut, shown: await shownOf(text, language) };
  });

  async function textOf(given: Given): Promise<string> {
    const { shipped, told } = await examples();
    const { languages = [] } = told.find(({ id }) => id === given.example) ?? {};
    // Texts in a language that the example does not speak would be read as what they are not.
    if (!given.company.languages.every((each) => languages.includes(each))) throw notFound();
    return guidedText(shipped, given, dayInHelsinki(gate.clock.now()));
  }

  async function shownOf(text: string, language: Language): Promise<Answer["shown"]> {
    const candidate = candidateOf(text, FILE, gate.clock.now());
    if (!candidate) return null;
    const next = underDescription(gate, candidate.force);
    const { drawing, parts } = await draw(next, language);
    const document: PrintedDocument = await print(next, "dataflow", language);
    const { name } = candidate.force.description.controller;
    return {
      company: name,
      // Since when it is in force and under which hash nobody can say yet.
      document: JSON.parse(JSON.stringify({ ...document, facts: [], legend: [], summary: [] })),
      drawing: JSON.parse(JSON.stringify(drawing)),
      parts,
    };
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Whether one of the caller's roles keeps the accounts and the description: else a step would shut them out, with nobody to let them in again. */
function looksAfter(description: Description, { actor }: Caller): boolean {
  const { roles } = description;
  const all = actor.kind === "staff" || actor.kind === "token" ? actor.roles : [];
  // A role that ends counts for nobody whose account has no last day.
  const held = all.filter((role) => !rolesThatEnd(description, all).includes(role));
  return (["accounts", "description"] as const).every((task) =>
    held.some((role) => Object.hasOwn(roles, role) && roles[role]?.keeps.includes(task)),
  );
}
