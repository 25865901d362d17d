// `npx tietovirta drill`: restores the newest copy beside the register, holds it against the register, and takes it away.
import { parseArgs } from "node:util";
import { Problem } from "../values/problem.ts";
import { orOneLine, personsLanguage } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";
import { cliWords } from "./words.ts";

/** Exit code 1 where the copy could not be restored or is not what it should be. */
export const drillCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta drill", async () => {
    parseArgs({ args: [...args], options: {} });
    const words = cliWords(personsLanguage());
    const say = (line: string) => process.stdout.write(`${line}\n`);
    say(words("drill.begins"));
    const { name, facts } = await runOnRegister("drill", undefined);
    if (!facts) throw new Problem("drillFailed", 500);
    say(words("drill.done", { name: name ?? "", rows: facts.rows, invoices: facts.invoices, until: facts.until }));
    say(words("drill.checked", facts));
    return 0;
  });
