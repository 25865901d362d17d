// One command: by the running server if there is one, else on the register itself, opened and closed again.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openRegister } from "../server/openRegister.ts";
import { readSettings, type Settings } from "../server/settings.ts";
import { Problem } from "../values/problem.ts";
import { askServer } from "./local.ts";
import { type LocalArgs, type LocalName, type LocalResult, localCommands } from "./localCommands.ts";
import { personsLanguage } from "./say.ts";

/** `makes`: also where there is no register yet. `standing`: under the version in force, so that a changed description file cannot keep the command that shows its changes from running. */
export async function runOnRegister<N extends LocalName>(
  name: N,
  args: LocalArgs<N>,
  { standing = false, makes = false } = {},
): Promise<LocalResult<N>> {
  const settings = readSettings(process.env);
  const asked = await askServer(settings.dataDir, name, args);
  if (asked) return asked.answer;
  if (!makes) expectInstallation(settings);
  const language = personsLanguage();
  const { close, ...register } = await openRegister(settings, { log: () => undefined, language, standing });
  try {
    const run = localCommands[name] as (context: object, args: unknown) => Promise<LocalResult<N>>;
    return await run({ ...register, forgetToken: () => undefined }, args);
  } finally {
    await close();
  }
}

/** A command must not make what it looks for: an empty register would answer as if it were the company's. Throws `noInstallation`. */
export function expectInstallation({ dataDir, database }: Settings): void {
  if (!database && !existsSync(join(dataDir, "postgres.json")))
    throw new Problem("noInstallation", 404, { folder: resolve(dataDir) });
}
