// `npx tietovirta doctor`: what a person who looks after the installation would check, a line each, "ok" or "look" first.
import { existsSync } from "node:fs";
import { access, constants, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { removeStrayKeyrings } from "../backup/strayKeyrings.ts";
import { readFormer } from "../db/formerCluster.ts";
import { check, hasErrors, ready } from "../description/check.ts";
import { parse } from "../description/parse.ts";
import { diskStateOf, spaceOf } from "../server/diskWatch.ts";
import { readSettings, type Settings } from "../server/settings.ts";
import { dayInHelsinki, formatDay } from "../values/Day.ts";
import { running } from "./doctorRegister.ts";
import { type Finding, finding, good, lineOf, look } from "./finding.ts";
import { orOneLine, personsLanguage, lineOf as problemLine } from "./say.ts";

const GB = 1024 ** 3;
const DAY_MS = 24 * 3600_000;

/** Exit code 0 when everything is as it should be, 1 when something needs a look. Changes nothing, but for a root key that a killed restore left lying. */
export const doctorCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta doctor", async () => {
    parseArgs({ args: [...args], options: {} });
    return examine();
  });

async function examine(): Promise<number> {
  const findings: Finding[] = [];
  const add = (...more: Finding[]) => {
    for (const one of more) process.stdout.write(`${lineOf(one)}\n`);
    findings.push(...more);
  };
  try {
    const settings = readSettings(process.env);
    const { port, publicPort, dataDir } = settings;
    add(good("settings", { port: String(port), publicPort: String(publicPort), dataDir }));
    add(await description(settings), ...(await dataFolder(settings)), ...(await leftLying(settings)));
    add(...(await running(settings)));
  } catch (error) {
    add({ good: false, line: problemLine(error, personsLanguage()) });
  }
  return findings.every((one) => one.good) ? 0 : 1;
}

async function description({ description: file }: Settings): Promise<Finding> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return look("description.unreadable", { file });
  const parsed = parse(text);
  const errors = check(parsed).filter(({ severity }) => severity === "error");
  if (!parsed.description || hasErrors(errors)) return look("description.faulty", { file, errors: errors.length });
  return good("description", { file, version: parsed.description.version, open: ready(parsed.description).length });
}

async function dataFolder({ dataDir }: Settings): Promise<Finding[]> {
  if (!existsSync(dataDir)) return [good("data.none", { dataDir })];
  const writable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  const { state, freeBytes } = diskStateOf(await spaceOf(dataDir), "ok");
  const free = { gigabytes: Math.round((freeBytes / GB) * 10) / 10 };
  const root = await stat(join(dataDir, "keyring", "root.key")).catch(() => null);
  return [
    writable ? good("data", { dataDir }) : look("data.readOnly", { dataDir }),
    finding(state === "ok", state === "readOnly" ? "disk.full" : "disk", free),
    ...(root === null ? [await withoutRootKey(dataDir)] : [rootKey(root.mode)]),
  ];
}

const rootKey = (mode: number): Finding => ((mode & 0o077) === 0 ? good("root") : look("root.open"));

async function withoutRootKey(dataDir: string): Promise<Finding> {
  const isSealed = await stat(join(dataDir, "keyring", "root.sealed")).then(
    () => true,
    () => false,
  );
  return isSealed ? good("root.sealed") : look("root.none");
}

/** What restores and upgrades have left. */
async function leftLying({ dataDir }: Settings): Promise<Finding[]> {
  const parent = dirname(resolve(dataDir));
  const removed = await removeStrayKeyrings(parent).catch(() => null);
  const former = await readFormer(dataDir);
  const stray = removed === null ? [look("stray.stays", { parent })] : [];
  if (removed) stray.push(good("stray.removed", { parent, count: removed }));
  if (!former) return stray;
  const until = new Date(former.until);
  const facts = { major: String(former.major), until: formatDay(dayInHelsinki(until), personsLanguage()) };
  // It goes at the next start or in the next night.
  const late = Date.now() > until.getTime() + 2 * DAY_MS;
  return [...stray, late ? look("former.late", facts) : good("former", facts)];
}
