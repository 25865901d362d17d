// `npx tietovirta restore --from DIR [--at TIME] [--into DATA_DIR] …`: a new data folder out of the copies. What stands there may be opened only
// when its gate has carried out what was erased and forbidden since.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { bringBack } from "../backup/bringBack.ts";
import { secretFrom } from "../documents/recoverySheet/secret.ts";
import { Problem } from "../values/problem.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { cliWords } from "./words.ts";

const USAGE =
  "tietovirta restore --from DIR [--at TIME] [--into DATA_DIR] [--keyring DIR | --recovery-file FILE] [--installation ID] [--base NAME]";

/** The secret comes from a file or standard input (`-`), never from an argument: arguments are seen by everybody on the machine. */
export const restoreCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const string = { type: "string" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        from: string,
        at: string,
        into: string,
        keyring: string,
        "recovery-file": string,
        installation: string,
        base: string,
      },
    });
    const { from, at, into, keyring, installation, base, "recovery-file": file } = values;
    if (from === undefined) throw new UsageFault();
    if (keyring === undefined && file === undefined) throw new Problem("restoreNeedsKeys", 409);
    const moment = at === undefined ? undefined : momentOf(at);
    const to = resolve(into ?? (process.env.DATA_DIR?.trim() || "./data"));
    const words = cliWords(personsLanguage());
    const say = (line: string) => process.stdout.write(`${line}\n`);
    const secret =
      file === undefined
        ? undefined
        : secretFrom(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
    try {
      const restored = await bringBack({
        from: resolve(from),
        to,
        log: say,
        now: new Date(),
        ...(moment && { at: moment }),
        ...(installation !== undefined && { installation }),
        ...(base !== undefined && { base }),
        ...(keyring !== undefined && { keyring: resolve(keyring) }),
        ...(secret && { secret }),
      });
      say(words("restore.stands", { folder: to, until: restored.until.toISOString() }));
      say(words("restore.waits"));
      return 0;
    } finally {
      secret?.fill(0);
    }
  });

/** A moment with its zone, or a local one of the machine: `2026-11-23T12:00`, `2026-11-23T10:00Z`. */
function momentOf(given: string): Date {
  const moment = new Date(given);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(given) || Number.isNaN(moment.getTime())) throw new UsageFault();
  return moment;
}
