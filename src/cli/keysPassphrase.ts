// `npx tietovirta keys passphrase set|remove`: the passphrase itself is never an argument; the server reads it from ROOT_PASSPHRASE_FILE.
import { parseArgs } from "node:util";
import { keysWords } from "./keysWords.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

export const keysPassphraseCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta keys passphrase set|remove", async () => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const [what, ...more] = positionals;
    if ((what !== "set" && what !== "remove") || more.length > 0) throw new UsageFault();
    await runOnRegister(`keys passphrase ${what}`, undefined);
    process.stdout.write(`${keysWords(personsLanguage())(`passphrase.${what}`)}\n`);
    return 0;
  });
