// `npx tietovirta plan FILE` and `npx tietovirta apply FILE [--yes]`: what a new version of the description changes; and putting it in force.
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { check, hasErrors } from "../description/check.ts";
import { parse } from "../description/parse.ts";
import { textOf } from "../server/openRegister.ts";
import { sayPlan } from "../versions/say.ts";
import { planWords } from "../versions/words.ts";
import { findingLine } from "./check.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

/** Exit code 1 where the version cannot be put in force at all; what only asks for a yes is 0. */
export const planCommand = (args: readonly string[]): Promise<number> => {
  const language = personsLanguage();
  return orOneLine(planWords(language)("usage.plan"), async () => {
    const file = oneFile(parseArgs({ args: [...args], allowPositionals: true, options: {} }).positionals);
    const text = await textOf(file);
    const findings = check(parse(text));
    const say = (lines: readonly string[]) => process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    say(findings.map((finding) => findingLine(file, finding, language)));
    if (hasErrors(findings)) {
      say([planWords(language)("faulty")]);
      return 1;
    }
    const plan = await runOnRegister("plan", { text, file: basename(file), language }, { standing: true });
    say(sayPlan(plan, file, language));
    return plan.changes.some(({ stops }) => stops) ? 1 : 0;
  });
};

export const applyCommand = (args: readonly string[]): Promise<number> => {
  const language = personsLanguage();
  const words = planWords(language);
  return orOneLine(words("usage.apply"), async () => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { yes: { type: "boolean" } },
    });
    const file = oneFile(positionals);
    const given = { text: await textOf(file), file: basename(file), language, yes: values.yes ?? false };
    const { outcome, version, resealed } = await runOnRegister("apply", given, { standing: true });
    process.stdout.write(
      `${outcome === "same" ? words("same", { version }) : words("applied", { version, resealed })}\n`,
    );
    return 0;
  });
};

function oneFile([file, ...more]: readonly string[]): string {
  if (file === undefined || more.length > 0) throw new UsageFault();
  return file;
}
