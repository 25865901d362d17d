// Work in steps that are told before they are done.
import { execFile } from "node:child_process";
import { Problem } from "../values/problem.ts";
import type { Words } from "../values/words.ts";

export type Step = { what: string; work: () => Promise<void> };
type Telling = { words: Words; say: (line: string) => void; dryRun?: boolean };

export async function takeSteps(steps: readonly Step[], { words, say, dryRun = false }: Telling): Promise<void> {
  for (const [n, { what, work }] of steps.entries()) {
    say(words(dryRun ? "step.would" : "step.doing", { step: n + 1, of: steps.length, what }));
    if (!dryRun) await work();
  }
  if (!dryRun) say(words("step.done"));
}

/** `failing`: what it wrote is the answer also when it says by its exit code that something is not well. */
type Options = { cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number; failing?: boolean };

/** Runs a program without a shell; answers what it wrote. Throws `programFailed` with its name and the last line it said. */
export function run(program: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { failing = false, ...how } = options;
  return new Promise((done, failed) => {
    execFile(program, args, { ...how, maxBuffer: 16 * 1024 * 1024 }, (error, out, err) => {
      if (!error || (failing && out !== "")) return done(out);
      const said = `${out}\n${err}`.trim().split("\n");
      const why = said.findLast((line) => /^(look|error)\b/i.test(line)) ?? said.at(-1) ?? "";
      failed(
        new Problem("programFailed", 500, {
          name: [program.split("/").at(-1), ...args].join(" ").slice(0, 120),
          why: why.slice(0, 300),
        }),
      );
    });
  });
}

export const succeeds = (program: string, args: readonly string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  );
