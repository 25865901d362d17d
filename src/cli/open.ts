// `npx tietovirta open FILE --secret-file KEY [--to FOLDER]`: an export opened with the paper's secret. Needs neither server nor keyring.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { secretFrom } from "../documents/recoverySheet/secret.ts";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { openExport } from "../wayOut/open.ts";
import { wayOutWords } from "../wayOut/words.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";

/** The secret is read from a file or from standard input (`-`), never from an argument: arguments are seen by everybody on the machine. */
export const openCommand = (args: readonly string[]): Promise<number> => {
  const words = wayOutWords(personsLanguage());
  return orOneLine(words("cli.openUsage"), async () => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { "secret-file": { type: "string" }, to: { type: "string" } },
    });
    const [file, ...more] = positionals;
    const secretFile = values["secret-file"];
    if (file === undefined || more.length > 0 || secretFile === undefined) throw new UsageFault();
    const secret = secretFrom(secretFile === "-" ? await text(process.stdin) : await textOf(secretFile));
    const to = values.to ?? basename(file).replace(/(\.tar)?\.age$/, "-opened");
    const files = await openExport(file, secret, to);
    secret.fill(0);
    process.stdout.write(`${words("cli.opened", { to, files })}\n`);
    return 0;
  });
};

const textOf = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((error) => {
    throw new Problem("exportUnreadable", 422, { file, reason: errorCode(error) ?? "unknown" });
  });
