// `npx tietovirta keys lost [--secret-file FILE]`: what losing the root key, the keyring, the server or the paper would mean, tried and told.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { secretFrom } from "../documents/recoverySheet/secret.ts";
import type { Lost } from "./keysCommands.ts";
import { keysWords } from "./keysWords.ts";
import { orOneLine, personsLanguage } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

/** The secret comes from a file or from standard input (`-`), never from an argument. The exit code is 1 where the paper does not open. */
export const keysLostCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta keys lost [--secret-file FILE|-]", async () => {
    const { values } = parseArgs({ args: [...args], options: { "secret-file": { type: "string" } } });
    const file = values["secret-file"];
    const paper =
      file === undefined ? null : secretFrom(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
    const secret = paper && Buffer.from(paper).toString("base64");
    paper?.fill(0);
    const lost = await runOnRegister("keys lost", { secret });
    process.stdout.write(`${told(lost)}\n`);
    return lost.rehearsed.some(({ loss, tried, why }) => loss === "server" && tried && why !== null) ? 1 : 0;
  });

function told({ rehearsed, keys, confirmed }: Lost): string {
  const words = keysWords(personsLanguage());
  const lines = [words("lost.title", { keys })];
  for (const { loss, tried, why, keys: opened } of rehearsed) {
    const result = !tried ? "untried" : why === null ? "opened" : "closed";
    lines.push("", words(`lost.${loss}`), words(`lost.${result}`, { opened, keys }), words(`lost.${loss}.then`));
  }
  lines.push("", words("lost.paper"), words(confirmed ? "lost.paper.then" : "lost.paper.unconfirmed"));
  return lines.join("\n");
}
