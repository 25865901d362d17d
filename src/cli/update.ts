// `npx tietovirta update [--to VERSION | --from DIR]`: a new version of the program, or everything as it was.
import { existsSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { majorOf } from "../db/upgrade.ts";
import { binariesIn } from "../db/upgradeBinaries.ts";
import { readSettings, type Settings } from "../server/settings.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { lendPassphrase } from "./lentPassphrase.ts";
import { askServer } from "./local.ts";
import { lineOf, orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { buildPages, serviceEnvironment } from "./service.ts";
import { run, type Step, succeeds, takeSteps } from "./steps.ts";
import {
  copyCode,
  dataFolders,
  forgetAside,
  inside,
  ownerOf,
  restoreHere,
  setAside,
  switchBack,
  switchCode,
  versionIn,
} from "./updatePlace.ts";
import { cliWords } from "./words.ts";

const USAGE = "tietovirta update --to VERSION | --from DIR [--database-saved] [--dry-run]";
const ownRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export const updateCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        to: { type: "string" },
        from: { type: "string" },
        "database-saved": { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
      },
    });
    const { to, from, "dry-run": dryRun } = values;
    if ((to === undefined) === (from === undefined) || (to !== undefined && !/^\d+\.\d+\.\d+[\w.-]*$/.test(to)))
      throw new UsageFault();
    // Root's own shell knows nothing of the service's settings.
    const environment = { ...process.env, ...(await serviceEnvironment()) };
    return update({
      root: ownRoot,
      settings: readSettings(environment),
      environment,
      source: to === undefined ? { folder: resolve(from ?? "") } : { version: to },
      databaseSaved: values["database-saved"],
      dryRun,
      language: personsLanguage(),
      say: (line) => void process.stdout.write(`${line}\n`),
    });
  });

export type Update = {
  /** Folder of the program as it runs now. */
  root: string;
  settings: Settings;
  /** What the server is started with. */
  environment: NodeJS.ProcessEnv;
  source: { folder: string } | { version: string };
  databaseSaved?: boolean;
  dryRun?: boolean;
  language: Language;
  say: (line: string) => void;
  /** Installs the packages of a folder; another for tests. */
  install?: (folder: string) => Promise<void>;
};

/** 0 where the new version is in use, 1 where the version before is back. Throws the `Problem` found before anything was changed. */
export async function update(parts: Update): Promise<number> {
  const { root, settings, environment, source, databaseSaved = false, dryRun = false, language, say } = parts;
  const { install = npmInstall } = parts;
  const words = cliWords(language);
  const dataDir = resolve(root, settings.dataDir);
  const [next, kept] = [`${root}.next`, `${root}.before`];
  const withinRoot = [dataDir, ...(settings.backup ? [settings.backup.dir] : [])].flatMap(
    (path) => inside(root, path) ?? [],
  );
  const asService = await succeeds("systemctl", ["is-active", "--quiet", "tietovirta"]);
  if (settings.database && !databaseSaved) throw new Problem("updateOperators", 409);
  if (!asService && (await askServer(dataDir, "examine", undefined).catch(() => null)))
    throw new Problem("updateRunning", 409);
  const folders = existsSync(dataDir) ? await dataFolders(dataDir) : [];
  const owner = existsSync(dataDir) ? await ownerOf(dataDir) : undefined;
  const version = "version" in source ? source.version : await versionIn(source.folder);
  const lent = await lendPassphrase(settings.rootPassphraseFile, dryRun ? undefined : owner);
  const asOwner = (folder: string) => ({
    cwd: folder,
    env: {
      ...environment,
      ...{ DATA_DIR: dataDir, DESCRIPTION: resolve(root, settings.description) },
      ...(lent.file !== undefined && { ROOT_PASSPHRASE_FILE: lent.file }),
    },
    ...owner,
  });
  const program = (folder: string, ...args: string[]) => [join(folder, "src/cli/tietovirta.ts"), ...args];
  const command = (folder: string, ...args: string[]) =>
    run(process.execPath, program(folder, ...args), asOwner(folder)).then(() => undefined);
  const looksOf = async (folder: string) =>
    looks(await run(process.execPath, program(folder, "doctor"), { ...asOwner(folder), failing: true }));
  let known: readonly string[] = [];
  if (!settings.backup) say(words("update.noBackup"));

  // Until the data is set aside a failure leaves everything as it is, and there is nothing to bring back.
  const before: Step[] = [
    { what: words("update.code", { version }), work: () => bring(source, root, next, settings.description) },
    { what: words("update.packages"), work: () => install(next) },
    {
      what: words("update.doctor"),
      work: async () => {
        known = await looksOf(root);
      },
    },
    ...(settings.backup ? [{ what: words("update.backup"), work: () => command(root, "backup") }] : []),
    ...(asService ? [{ what: words("update.stop"), work: () => systemctl("stop") }] : []),
    { what: words("update.set"), work: () => setAside(folders) },
  ];
  const after: Step[] = [
    {
      what: words("update.migrate"),
      work: async () => {
        // The new version may bring another major of PostgreSQL; the programs of the old one still stand here.
        if (!settings.database && (await isOtherMajor(dataDir, next)))
          await command(next, "upgrade-database", "--former", root);
        await command(next, "migrate");
      },
    },
    { what: words("update.examine"), work: async () => expectNoneNew(known, await looksOf(next)) },
    { what: words("update.switch"), work: () => switchCode(root, next, kept, withinRoot) },
    ...(asService ? [{ what: words("update.start"), work: () => startAndWait(settings) }] : []),
  ];
  const all = [...before, ...after, { what: words("update.forget"), work: () => forgetAside(folders) }];
  let changed = false;
  const guarded = all.map((step, n) => ({
    ...step,
    work: async () => {
      changed ||= n >= before.length;
      await step.work();
    },
  }));
  try {
    await takeSteps(guarded, { words, say, dryRun });
    return 0;
  } catch (error) {
    say(words("update.back", { why: lineOf(error, language) }));
    if (asService && changed) await systemctl("stop").catch(() => undefined);
    await switchBack(root, kept, changed ? withinRoot : []);
    if (changed) await restoreHere(folders);
    else await forgetAside(folders);
    await rm(next, { recursive: true, force: true });
    if (asService) await systemctl("start");
    say(words("update.isBack"));
    return 1;
  } finally {
    await lent.takeBack();
  }
}

/** What the doctor would have a person look at, without the numbers, which change by themselves. */
function looks(told: string): readonly string[] {
  const lines = told.split("\n");
  if (!lines.some((line) => line.startsWith("ok "))) throw new Problem("updateDoctor", 500, { line: lines[0] ?? "" });
  return lines.filter((line) => line.startsWith("look ")).map((line) => line.replace(/\d[\d.:TZ-]*/g, "#"));
}

/** What needed a look before does not keep an update away; what the new version brings does. */
function expectNoneNew(known: readonly string[], found: readonly string[]): void {
  const line = found.find((one) => !known.includes(one));
  if (line !== undefined) throw new Problem("updateDoctor", 500, { line: line.replace(/^look +/, "") });
}

async function isOtherMajor(dataDir: string, next: string): Promise<boolean> {
  const [found, brought] = [await majorOf(dataDir), await binariesIn(next)];
  return found !== null && brought !== null && found !== brought.major;
}

/** The new code beside the present, with the company's own description: an update changes no rule. */
async function bring(source: Update["source"], root: string, next: string, description: string): Promise<void> {
  await rm(next, { recursive: true, force: true });
  if ("folder" in source) await copyCode(source.folder, next);
  else {
    const origin = (await run("git", ["-C", root, "remote", "get-url", "origin"])).trim();
    await run("git", ["clone", "--quiet", "--depth", "1", "--branch", `v${source.version}`, "--", origin, next]);
  }
  const own = inside(root, resolve(root, description));
  if (own === null || !existsSync(join(root, own))) return;
  await mkdir(dirname(join(next, own)), { recursive: true });
  await copyFile(join(root, own), join(next, own));
}

async function npmInstall(folder: string): Promise<void> {
  await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
  await buildPages(folder);
}

const systemctl = async (what: "start" | "stop"): Promise<void> => void (await run("systemctl", [what, "tietovirta"]));

const WAIT_MS = 60_000;
async function startAndWait({ host, port }: Settings): Promise<void> {
  await systemctl("start");
  const until = Date.now() + WAIT_MS;
  while (Date.now() < until) {
    const answer = await fetch(`http://${host}:${port}/health`, { signal: AbortSignal.timeout(2000) }).catch(
      () => null,
    );
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Problem("updateNotHealthy", 500);
}
