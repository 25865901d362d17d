// `npx tietovirta doctor`: what a person who looks after the installation would check, a line each, "ok" or "look" first.
import { existsSync } from "node:fs";
import { access, constants, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { BackupState } from "../backup/state.ts";
import { removeStrayKeyrings } from "../backup/strayKeyrings.ts";
import { connect } from "../db/connect.ts";
import { doctorOf, type Schema } from "../db/examine.ts";
import { check, hasErrors, ready } from "../description/check.ts";
import { parse } from "../description/parse.ts";
import { OWNED } from "../gate/owned.ts";
import { errorCode } from "../keys/errorCode.ts";
import { diskStateOf, spaceOf } from "../server/diskWatch.ts";
import { keptProblem } from "../server/problemWords.ts";
import { readSettings, type Settings } from "../server/settings.ts";
import type { Examined } from "./examineCommands.ts";
import { askServer } from "./local.ts";
import { orOneLine, personsLanguage, lineOf as problemLine } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

type Finding = { good: boolean; line: string };
const good = (line: string): Finding => ({ good: true, line });
const look = (line: string): Finding => ({ good: false, line });
const GB = 1024 ** 3;

/** Exit code 0 when everything is as it should be, 1 when something needs a look. Changes nothing, but for a root key that a killed restore left lying. */
export const doctorCommand = (args: readonly string[]): Promise<number> =>
  orOneLine("tietovirta doctor", async () => {
    parseArgs({ args: [...args], options: {} });
    return examine();
  });

async function examine(): Promise<number> {
  const findings: Finding[] = [];
  const add = (...more: Finding[]) => {
    for (const finding of more) process.stdout.write(`${finding.good ? "ok   " : "look "} ${finding.line}\n`);
    findings.push(...more);
  };
  try {
    const settings = readSettings(process.env);
    add(good(`settings: PORT ${settings.port}, PUBLIC_PORT ${settings.publicPort}, DATA_DIR ${settings.dataDir}`));
    add(await description(settings), ...(await dataFolder(settings)), ...(await leftByRestores(settings)));
    add(...(await running(settings)));
  } catch (error) {
    add(look(problemLine(error, personsLanguage())));
  }
  return findings.every((finding) => finding.good) ? 0 : 1;
}

async function description({ description: file }: Settings): Promise<Finding> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return look(`description: ${file} cannot be read`);
  const parsed = parse(text);
  const errors = check(parsed).filter(({ severity }) => severity === "error");
  if (!parsed.description || hasErrors(errors))
    return look(`description: ${errors.length} errors; see npx tietovirta check ${file}`);
  const open = ready(parsed.description).length;
  return good(
    `description: ${file} version ${parsed.description.version}${open > 0 ? `, ${open} things unknown` : ""}`,
  );
}

async function dataFolder({ dataDir }: Settings): Promise<Finding[]> {
  if (!existsSync(dataDir)) return [good(`data folder: ${dataDir} is made at the first start`)];
  const writable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  const { state, freeBytes } = diskStateOf(await spaceOf(dataDir), "ok");
  const free = `disk: ${(freeBytes / GB).toFixed(1)} GB free`;
  const space = state === "readOnly" ? `${free}: nothing new is saved until there is more; free some space` : free;
  const root = await stat(join(dataDir, "keyring", "root.key")).catch(() => null);
  return [
    writable ? good(`data folder: ${dataDir}`) : look(`data folder: ${dataDir} cannot be written`),
    state === "ok" ? good(space) : look(space),
    root === null
      ? look("keyring: no root key; made at the first start, or missing")
      : (root.mode & 0o077) === 0
        ? good("keyring: root key readable by its owner alone")
        : look("keyring: others can read the root key"),
  ];
}

async function leftByRestores({ dataDir }: Settings): Promise<Finding[]> {
  const parent = dirname(resolve(dataDir));
  const removed = await removeStrayKeyrings(parent).catch(() => null);
  if (removed === null) return [look(`restore: a keyring that a restore left in ${parent} cannot be removed`)];
  return removed === 0 ? [] : [good(`restore: ${removed} keyrings that a restore left in ${parent} are removed`)];
}

/**
 * A server that holds the register is asked over its socket, whatever its address; one whose socket is another account's by its health. Where
 * none answers the register is opened and closed again.
 */
export async function running(settings: Settings): Promise<Finding[]> {
  const asked = await askServer(settings.dataDir, "examine", undefined).catch((error) => {
    // Another account's socket.
    if (["EACCES", "EPERM"].includes(errorCode(error) ?? "")) return null;
    throw error;
  });
  if (asked) return [good("server: running"), ...told(asked.answer)];
  const version = await askHealth(settings);
  if (version !== null) return [good(`server: running, version ${version}`), ...(await given(settings))];
  return told(await runOnRegister("examine", undefined));
}

const told = ({ keys, destroyed, version, schema: examined, paperConfirmed, backup }: Examined): Finding[] => [
  good(`keyring: ${keys} keys, ${destroyed} destroyed`),
  paperConfirmed
    ? good("recovery key: on paper")
    : look("recovery key: not on paper yet; npx tietovirta keys recovery-sheet"),
  good(`in force: version ${version}`),
  ...schema(examined),
  ...backups(backup),
];

function backups({
  target,
  operators,
  lastBase,
  lastAttempt,
  log,
  keyring,
  trouble,
  nextBaseAt,
}: BackupState): Finding[] {
  if (target === null) return [look("backup: none; give BACKUP_DIR and BACKUP_SYSTEM")];
  const words = (code: string) => keptProblem(personsLanguage(), code, { folder: target.dir });
  const failed = lastAttempt?.problem ?? null;
  const base = lastBase ? `base copy of ${lastBase.at}` : "no base copy yet";
  return [
    ...(operators
      ? [
          good(
            "backup: the database is copied by its own tools (pgBackRest, or pg_basebackup and an archive of its log)",
          ),
        ]
      : [
          (lastBase && failed === null ? good : look)(
            `backup: ${base}, next ${nextBaseAt}${failed ? `; the last try: ${words(failed)}` : ""}`,
          ),
        ]),
    ...(log ? [carried(log)] : []),
    (keyring.at ? good : look)(`backup: keyring ${keyring.at ?? "not copied yet"}`),
    ...(trouble ? [look(`backup: ${words(trouble)}`)] : []),
  ];
}

/** Only the server that runs knows since when nothing waits. */
function carried({ lagSeconds, waiting }: NonNullable<BackupState["log"]>): Finding {
  const line = `backup: ${waiting} segments of the log wait to be carried away`;
  if (lagSeconds === null) return (waiting === 0 ? good : look)(`${line}; the server does it while it runs`);
  return (lagSeconds < 60 ? good : look)(`${line}; ${lagSeconds} s ago none did`);
}

async function askHealth({ host, port }: Settings): Promise<string | null> {
  try {
    const answer = await fetch(`http://${host}:${port}/health`, { signal: AbortSignal.timeout(2000) });
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null && "version" in body ? String(body.version) : null;
  } catch {
    return null;
  }
}

async function given({ database }: Settings): Promise<Finding[]> {
  if (!database) return [];
  const db = connect({ url: database.appUrl }, { max: 1, readOnly: true });
  try {
    return schema(await doctorOf(db, { url: database.ownerUrl }));
  } finally {
    await db.destroy();
  }
}

function schema({ roles, tables, clockSeconds, major }: Schema): Finding[] {
  const owned = new Set<string>(Object.values(OWNED).flat());
  const stray = tables.filter((table) => !owned.has(table) && table !== "migration");
  const lacking = [...owned].filter((table) => !tables.includes(table));
  return [
    major >= 16 ? good(`PostgreSQL ${major}`) : look(`PostgreSQL ${major}: 16 or newer is needed`),
    roles.owner === roles.app
      ? look(`database roles: owner and application are one (${roles.app}); give DATABASE_APP_URL a role of its own`)
      : good(`database roles: ${roles.owner} owns, ${roles.app} works`),
    stray.length + lacking.length === 0
      ? good(`tables: ${tables.length}, each owned by one register`)
      : look(`tables: ${stray.length} owned by no register, ${lacking.length} missing`),
    Math.abs(clockSeconds) < 5
      ? good("clock: agrees with the database")
      : look(`clock: ${Math.round(clockSeconds)} s from the database's`),
  ];
}
