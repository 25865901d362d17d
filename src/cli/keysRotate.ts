// `npx tietovirta keys rotate root|epoch|search|signing|persons`
import { parseArgs } from "node:util";
import { type KeyLevel, levels } from "./keysCommands.ts";
import { keysWords } from "./keysWords.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

const isLevel = (text: string | undefined): text is KeyLevel => levels.some((level) => level === text);

export const keysRotateCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(`tietovirta keys rotate ${levels.join("|")}`, async () => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const [level, ...more] = positionals;
    if (!isLevel(level) || more.length > 0) throw new UsageFault();
    const turned = await runOnRegister("keys rotate", { level });
    process.stdout.write(`${keysWords(personsLanguage())(`rotated.${level}`, turned)}\n`);
    return 0;
  });
