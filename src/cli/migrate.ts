// `npx tietovirta migrate`: opens the register once, so that its tables become those of this version, under the description that stands in force.
import { parseArgs } from "node:util";
import { orOneLine } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

export const migrateCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta migrate", async () => {
    parseArgs({ args: [...args], options: {} });
    await runOnRegister("examine", undefined, { standing: true, makes: true });
    return 0;
  });
