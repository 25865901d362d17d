// Several commands in a row: by the running server if there is one, else on the register itself, opened once for all of them.
import { openRegister } from "../server/openRegister.ts";
import { readSettings } from "../server/settings.ts";
import { Problem } from "../values/problem.ts";
import { askServer } from "./local.ts";
import { type LocalArgs, type LocalName, type LocalResult, localCommands } from "./localCommands.ts";
import { personsLanguage } from "./say.ts";
import { expectInstallation } from "./withRegister.ts";

export type Run = <N extends LocalName>(name: N, args: LocalArgs<N>) => Promise<LocalResult<N>>;

/** Under the version in force. Throws as `openRegister` and the commands do, and `serverGone` where a server that answered no longer does. */
export async function manyOnRegister<T>(work: (run: Run) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env);
  await using opened = new AsyncDisposableStack();
  let how: Run | undefined;

  async function onServer<N extends LocalName>(name: N, args: LocalArgs<N>): Promise<LocalResult<N>> {
    const asked = await askServer(settings.dataDir, name, args);
    if (!asked) throw new Problem("serverGone", 503);
    return asked.answer;
  }
  async function onItself(): Promise<Run> {
    const language = personsLanguage();
    expectInstallation(settings);
    const { close, ...register } = await openRegister(settings, { log: () => undefined, language, standing: true });
    opened.defer(close);
    return <N extends LocalName>(name: N, args: LocalArgs<N>) => {
      const run = localCommands[name] as (context: object, given: unknown) => Promise<LocalResult<N>>;
      return run({ ...register, forgetToken: () => undefined }, args);
    };
  }
  // Awaited here: else the register would be closed while the commands run.
  return await work(async <N extends LocalName>(name: N, args: LocalArgs<N>): Promise<LocalResult<N>> => {
    if (how) return how(name, args);
    const asked = await askServer(settings.dataDir, name, args);
    how = asked ? onServer : await onItself();
    return asked ? asked.answer : how(name, args);
  });
}
