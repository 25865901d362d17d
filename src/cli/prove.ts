// `npx tietovirta prove [--json]`: every control's probe, now; exit code 1 when one has failed.
import { parseArgs } from "node:util";
import { orOneLine } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

export const proveCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta prove [--json]", async () => {
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
    const proofs = await runOnRegister("prove", undefined);
    if (values.json) process.stdout.write(`${JSON.stringify(proofs, null, 2)}\n`);
    else
      for (const { control, state, detail } of proofs)
        process.stdout.write(`${state.padEnd(7)} ${control.padEnd(20)} ${detail}\n`);
    return proofs.some(({ state }) => state === "failed") ? 1 : 0;
  });
