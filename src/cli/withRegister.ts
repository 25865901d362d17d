// One command: by the running server if there is one, else on the register itself, opened and closed again.
import { openRegister } from "../server/openRegister.ts";
import { readSettings } from "../server/settings.ts";
import { askServer } from "./local.ts";
import { type LocalArgs, type LocalName, type LocalResult, localCommands } from "./localCommands.ts";
import { personsLanguage } from "./say.ts";

/** `standing`: under the version in force, so that a changed description file cannot keep the command that shows its changes from running. */
export async function runOnRegister<N extends LocalName>(
  name: N,
  args: LocalArgs<N>,
  { standing = false } = {},
): Promise<LocalResult<N>> {
  const settings = readSettings(process.env);
  const asked = await askServer(settings.dataDir, name, args);
  if (asked) return asked.answer;
  const language = personsLanguage();
  const { close, ...register } = await openRegister(settings, { log: () => undefined, language, standing });
  try {
    const run = localCommands[name] as (context: object, args: unknown) => Promise<LocalResult<N>>;
    return await run({ ...register, forgetToken: () => undefined }, args);
  } finally {
    await close();
  }
}
