// `npx tietovirta upgrade-database [--former DIR] | upgrade-database --forget`: the embedded PostgreSQL's next major version, or the old cluster gone at once.
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { noteGap } from "../backup/gap.ts";
import { type Binaries, findBinaries } from "../db/embeddedBinaries.ts";
import { readSecrets } from "../db/embeddedSecrets.ts";
import { removeFormer } from "../db/formerCluster.ts";
import { majorOf, type Upgraded, upgradeCluster } from "../db/upgrade.ts";
import { binariesIn } from "../db/upgradeBinaries.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { openRegister } from "../server/openRegister.ts";
import { readSettings, type Settings } from "../server/settings.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { askServer } from "./local.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { cliWords } from "./words.ts";

const USAGE = "tietovirta upgrade-database [--former DIR] | upgrade-database --forget";
const ownRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const upgradeCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const { values } = parseArgs({
      args: [...args],
      options: { former: { type: "string" }, forget: { type: "boolean", default: false } },
    });
    const { former, forget } = values;
    if (forget && former !== undefined) throw new UsageFault();
    const settings = readSettings(process.env);
    const language = personsLanguage();
    const words = cliWords(language);
    const say = (line: string) => process.stdout.write(`${line}\n`);
    if (forget) {
      const inUse = (await readSecrets(settings.dataDir))?.home ?? "";
      say(words((await removeFormer(settings.dataDir, { now: null, inUse })) ? "upgrade.forgotten" : "upgrade.none"));
      return 0;
    }
    const told = await upgradeDatabase({ settings, language, former: former ?? `${ownRoot}.before`, say });
    if (!told) return 0;
    say(words("upgrade.done", { from: told.from, to: told.to, tables: told.tables, rows: told.rows }));
    say(words("upgrade.former", { until: told.until.toISOString().slice(0, 10) }));
    return 0;
  });

export type UpgradeDatabase = {
  settings: Settings;
  language: Language;
  /** A folder with the programs of the cluster's own version. */
  former: string;
  say: (line: string) => void;
  /** For tests: other programs than the installed ones, and a database that need not survive a power cut. */
  next?: Binaries;
  pg?: Readonly<Record<string, string>>;
};

/** null where there is nothing to do. The register is opened once on the new cluster and its log verified; where that fails the old one is back. */
export async function upgradeDatabase(parts: UpgradeDatabase): Promise<Omit<Upgraded, "back"> | null> {
  const { settings, language, former, say, next, pg } = parts;
  const { dataDir } = settings;
  const words = cliWords(language);
  if (settings.database) throw new Problem("upgradeOperators", 409);
  if (await askServer(dataDir, "examine", undefined).catch(() => null)) throw new Problem("updateRunning", 409);
  const [found, installed] = [await majorOf(dataDir), next ?? (await findBinaries())];
  if (found === null) throw new Problem("databaseGone", 500, { folder: dataDir });
  if (found === installed.major && !next) {
    say(words("upgrade.nothing", { major: found }));
    return null;
  }
  const programs = existsSync(resolve(former)) ? await binariesIn(former) : null;
  if (!programs) throw new Problem("upgradeNoFormer", 404, { folder: resolve(former), major: found });
  say(words("upgrade.begins", { from: found, to: installed.major }));
  // The log of the new cluster does not continue the old one's: a base copy is due as soon as the register runs.
  if (settings.backup) await noteGap(dataDir);
  const done = await upgradeCluster({
    ...{ dataDir, former: programs, now: new Date(), log: say },
    ...(next && { next }),
    ...(pg && { settings: pg }),
  });
  // Other programs than the installed ones cannot be opened by the register (tests).
  if (!next) await verified(settings, language, done);
  const { back: _, ...told } = done;
  return told;
}

async function verified(settings: Settings, language: Language, { back }: Upgraded): Promise<void> {
  try {
    const register = await openRegister(settings, { log: () => undefined, language, standing: true });
    try {
      const { bad } = await evidenceLogOf(register.gate).verify([]);
      if (bad) throw new Problem("logBroken", 500, { index: bad.index });
    } finally {
      await register.close();
    }
  } catch (error) {
    await back();
    throw error;
  }
}
