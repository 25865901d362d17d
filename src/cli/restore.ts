// `npx tietovirta restore --from DIR [--at TIME] [--into DATA_DIR] …`: a new data folder out of the copies. What stands there may be opened only
// when its gate has carried out what was erased and forbidden since.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { secretFrom } from "../documents/recoverySheet/secret.ts";
import { type RestoreReport, replayRegister, restoreRegister } from "../server/restoreRegister.ts";
import { readSettings } from "../server/settings.ts";
import { systemClock } from "../values/Day.ts";
import { Problem } from "../values/problem.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { cliWords } from "./words.ts";

const USAGE =
  "tietovirta restore --database-restored [--anchor FILE …] | restore --from DIR [--at TIME] [--into DATA_DIR] [--keyring DIR | --recovery-file FILE] [--installation ID] [--base NAME] [--anchor FILE …]";

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
        anchor: { type: "string", multiple: true, default: [] },
        "database-restored": { type: "boolean", default: false },
      },
    });
    const { from, at, into, keyring, installation, base, anchor, "recovery-file": file } = values;
    const anchors = await Promise.all(anchor.map((path) => readFile(path, "utf8")));
    if (values["database-restored"]) return replayed(anchors);
    const passphrase = process.env.ROOT_PASSPHRASE_FILE?.trim() || undefined;
    const asks = process.stdin.isTTY === true;
    if (from === undefined && !asks) throw new UsageFault();
    if (keyring === undefined && file === undefined && !asks) throw new Problem("restoreNeedsKeys", 409);
    const moment = at === undefined ? undefined : momentOf(at);
    const to = resolve(into ?? (process.env.DATA_DIR?.trim() || "./data"));
    const words = cliWords(personsLanguage());
    const folder = from ?? (await asked(words("restore.askFrom")));
    const secret = keyring !== undefined && file === undefined ? undefined : secretFrom(await secretText(file));
    try {
      const told = await restoreRegister({
        from: resolve(folder),
        to,
        log: say,
        now: new Date(),
        language: personsLanguage(),
        clock: systemClock,
        anchors,
        ...(passphrase !== undefined && { rootPassphraseFile: passphrase }),
        ...(moment && { at: moment }),
        ...(installation !== undefined && { installation }),
        ...(base !== undefined && { base }),
        ...(keyring !== undefined && { keyring: resolve(keyring) }),
        ...(secret && { secret }),
      });
      const { base: name, until, people } = told;
      say(words("restore.done", { folder: to, name, until: until.toISOString(), people }));
      tell(told);
      return 0;
    } finally {
      secret?.fill(0);
    }
  });

/** The operator's own tool has brought the database back: the keyring lived on, and the journal of BACKUP_DIR tells what has happened since. */
async function replayed(anchors: readonly string[]): Promise<number> {
  const language = personsLanguage();
  const told = await replayRegister(readSettings(process.env), { log: say, language, clock: systemClock, anchors });
  say(cliWords(language)("restore.replayed", { people: told.people }));
  tell(told);
  return 0;
}

function tell({ entries, uncertain, unreadable }: Pick<RestoreReport, "entries" | "uncertain" | "unreadable">): void {
  const words = cliWords(personsLanguage());
  say(words("restore.log", { entries }));
  if (uncertain > 0) say(words("restore.uncertain", { count: uncertain }));
  for (const [register, count] of Object.entries(unreadable)) say(words("restore.unreadable", { register, count }));
  say(words("restore.signedOut"));
  say(words("restore.pause"));
}

/** Of the paper: from a file, standard input, or typed at the terminal, which is what whoever holds nothing but the paper does. */
async function secretText(file: string | undefined): Promise<string> {
  if (file === "-") return text(process.stdin);
  if (file !== undefined) return readFile(file, "utf8");
  return asked(cliWords(personsLanguage())("restore.askSecret"));
}

async function asked(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(`${question} `);
  } finally {
    terminal.close();
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A moment with its zone, or a local one of the machine: `2026-11-23T12:00`, `2026-11-23T10:00Z`. */
function momentOf(given: string): Date {
  const moment = new Date(given);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(given) || Number.isNaN(moment.getTime())) throw new UsageFault();
  return moment;
}
