// `npx tietovirta backup [--to DIR]`: a copy of the database and the keyring now, to the declared target or another folder.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { orOneLine, personsLanguage } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";
import { cliWords } from "./words.ts";

const MB = 1024 ** 2;

export const backupCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta backup [--to DIR]", async () => {
    const { values } = parseArgs({ args: [...args], options: { to: { type: "string" } } });
    const words = cliWords(personsLanguage());
    const say = (line: string) => process.stdout.write(`${line}\n`);
    // The server that does it may stand in another folder than we do.
    const done = await runOnRegister("backup now", values.to === undefined ? {} : { to: resolve(values.to) });
    const { folder, base } = done;
    if (base)
      say(words("backup.done", { folder, name: base.name, megabytes: Math.max(1, Math.round(base.bytes / MB)) }));
    else say(words("backup.operators", { folder }));
    say(words("backup.keyring"));
    return 0;
  });
