// `npx tietovirta prove [--json]`: every control's probe, now; exit code 1 when one has failed.
import { parseArgs } from "node:util";
import { words as documentWords } from "../documents/words.ts";
import { orOneLine, personsLanguage } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";
import { cliWords } from "./words.ts";

export const proveCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta prove [--json]", async () => {
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
    const proofs = await runOnRegister("prove", undefined);
    if (values.json) process.stdout.write(`${JSON.stringify(proofs, null, 2)}\n`);
    else {
      const language = personsLanguage();
      const say = cliWords(language);
      for (const { control, state, detail } of proofs) {
        const promise = documentWords(language)(`control.${control}`);
        process.stdout.write(`${say("prove.line", { promise, state: say(`prove.${state}`), detail })}\n`);
      }
    }
    return proofs.some(({ state }) => state === "failed") ? 1 : 0;
  });
