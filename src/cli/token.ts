// `npx tietovirta token create --role ROLE --name NAME | list | revoke ID`
import { parseArgs } from "node:util";
import { orOneLine, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

const USAGE = "tietovirta token create --role ROLE --name NAME | token list | token revoke ID";

/** `create` prints the token alone on a line, for a script to take; it is shown this once. */
export const tokenCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { role: { type: "string" }, name: { type: "string" } },
    });
    const [what, id] = positionals;
    if (what === "create" && values.role !== undefined && values.name !== undefined) {
      const { secret } = await runOnRegister("token create", { role: values.role, name: values.name });
      process.stdout.write(`${secret}\n`);
      return 0;
    }
    if (what === "list") {
      for (const token of await runOnRegister("token list", undefined))
        process.stdout.write(
          `${[token.id, token.role, token.createdAt, token.revokedAt ?? "-", token.name].join("\t")}\n`,
        );
      return 0;
    }
    if (what === "revoke" && id !== undefined) {
      await runOnRegister("token revoke", { id });
      return 0;
    }
    throw new UsageFault();
  });
