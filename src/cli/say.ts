// One line to a person at a terminal, in their language.
import { errorCode } from "../keys/errorCode.ts";
import { problemTitle } from "../server/problemWords.ts";
import { isLanguage, type Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";

/** The language of the terminal (LC_ALL, LC_MESSAGES, LANG); English when it is none of ours. */
export function personsLanguage(environment: Readonly<Record<string, string | undefined>> = process.env): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  const language = locale.slice(0, 2).toLowerCase();
  return isLanguage(language) ? language : "en";
}

/** A problem's sentence on one line; a fault of ours by its name and place, since its message may quote a value. */
export function lineOf(error: unknown, language: Language): string {
  if (error instanceof Problem) return problemTitle(language, error).replaceAll("\n", " ");
  const { name, stack } = error instanceof Error ? error : { name: "Error", stack: "" };
  const frame = (stack ?? "").split("\n").find((line) => /^\s+at /.test(line));
  return `${problemTitle(language, new Problem("unexpected", 500))} (${name}${frame ? frame.trimEnd().replace(/^\s+at/, ", at") : ""})`;
}

/** Something that the command needs was not given, or what was given cannot be meant. */
export class UsageFault extends Error {}

/** Runs a command's work; a failure is one line on stderr and exit code 1: the usage line where the command was not given as it takes it. */
export async function orOneLine(usage: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const line = isOfUsage(error) ? usage : lineOf(error, personsLanguage());
    process.stderr.write(`${line}\n`);
    return 1;
  }
}

/** `parseArgs` names its faults so: an unknown option, a value where none belongs, none where one does. */
const isOfUsage = (error: unknown): boolean =>
  error instanceof UsageFault || (error instanceof Error && (errorCode(error) ?? "").startsWith("ERR_PARSE_ARGS_"));
