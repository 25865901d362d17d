// `npx tietovirta keys inventory [--json]`: every level of keys, since when, how many, how much used. No key, no person.
import { parseArgs } from "node:util";
import { dayInHelsinki, formatDay } from "../values/Day.ts";
import type { InventoryText } from "./keysCommands.ts";
import { keysWords } from "./keysWords.ts";
import { orOneLine, personsLanguage } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

export const keysInventoryCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta keys inventory [--json]", async () => {
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
    const inventory = await runOnRegister("keys inventory", undefined);
    process.stdout.write(values.json ? `${JSON.stringify(inventory, null, 2)}\n` : `${table(inventory)}\n`);
    return 0;
  });

function table({ installation, root, epoch, search, signers, recovery, registers, keys, destroyed }: InventoryText) {
  const language = personsLanguage();
  const words = keysWords(language);
  const since = (at: string | null) =>
    at === null ? words("since.unknown") : formatDay(dayInHelsinki(new Date(at)), language);
  return [
    words("inventory.title", { installation }),
    words("inventory.root", { since: since(root.since), kept: root.kept }),
    words("inventory.epoch", { version: epoch.version, since: since(epoch.since) }),
    words("inventory.search", { version: search.version, since: since(search.since) }),
    ...signers.map((signer) => words("inventory.signer", { version: signer.version, since: since(signer.since) })),
    ...recovery.map((paper) =>
      words("inventory.paper", { confirmed: `${paper.confirmed}`, since: since(paper.since) }),
    ),
    ...registers.map(({ oldest, ...line }) => words("inventory.register", { ...line, since: since(oldest) })),
    words("inventory.total", { keys, destroyed }),
  ].join("\n");
}
