// One line to a person at a terminal, in their language.
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

/** Runs a command's work; a failure is one line on stderr and exit code 1. */
export async function orOneLine(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    process.stderr.write(`${lineOf(error, personsLanguage())}\n`);
    return 1;
  }
}
