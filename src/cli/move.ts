// `npx tietovirta move --to FOLDER`: the last copy of this machine's register, after which it does not start here any more. `move --back`: it does again.
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { periodsOn } from "../backup/periods.ts";
import { latestDescription } from "../db/installation.ts";
import { errorCode } from "../keys/errorCode.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { markMoved, unmarkMoved } from "../server/moved.ts";
import { openRegister } from "../server/openRegister.ts";
import { readSettings, type Settings } from "../server/settings.ts";
import { VERSION } from "../server/version.ts";
import { addDays, dayInHelsinki } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { askServer } from "./local.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { cliWords } from "./words.ts";

export const moveCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta move --to FOLDER | move --back", async () => {
    const { values } = parseArgs({
      args: [...args],
      options: { to: { type: "string" }, back: { type: "boolean", default: false } },
    });
    if ((values.to === undefined) !== values.back) throw new UsageFault();
    const settings = readSettings(process.env);
    const language = personsLanguage();
    const say = (line: string) => void process.stdout.write(`${line}\n`);
    if (values.to !== undefined) await moveTo(resolve(values.to), { settings, language, say });
    else say(cliWords(language)((await unmarkMoved(settings.dataDir)) ? "move.isBack" : "move.notMoved"));
    return 0;
  });

type Moving = { settings: Settings; language: Language; say: (line: string) => void };
const DESCRIPTION = "description.yaml";

/** Throws `moveRunning`, `moveNeedsPaper`, `moved`, and what a copy throws; the installation is then as it was. */
export async function moveTo(folder: string, { settings, language, say }: Moving): Promise<void> {
  const { dataDir } = settings;
  const words = cliWords(language);
  // Nobody writes while we hold the keyring and the database: the copy is the end.
  if (await askServer(dataDir, "examine", undefined).catch(() => null)) throw new Problem("moveRunning", 409);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error) => {
    throw new Problem("dataFolder", 500, { folder, reason: errorCode(error) ?? "unknown" });
  });
  const register = await openRegister(settings, { log: () => undefined, language, standing: true });
  try {
    const { gate, backup, databases } = register;
    if (!gate.keys.recovery().confirmed) throw new Problem("moveNeedsPaper", 409);
    say(words("move.copying", { folder }));
    // What has happened is signed first, so that the new machine goes on where this one ends.
    await evidenceLogOf(gate).checkpoint();
    const { base } = await backup.copyNow(folder);
    const stored = await latestDescription(databases.read);
    await writeFile(join(folder, DESCRIPTION), stored?.text ?? "", { mode: 0o600 });
    const now = gate.clock.now();
    await markMoved(dataDir, { at: now.toISOString(), to: folder });
    if (!base) say(words("move.operators", { folder }));
    const until = addDays(dayInHelsinki(now), periodsOn(now).keyringDays);
    say(words("move.next", { folder, dataDir, until, version: VERSION, description: DESCRIPTION }));
    say(words("move.marked"));
  } finally {
    await register.close();
  }
}
