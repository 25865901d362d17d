// The register with a place for its copies, and the commands on them as a person types them.
import { existsSync, readdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { spoolIn } from "../src/db/archive.ts";
import { readSecrets } from "../src/db/embeddedSecrets.ts";
import { wordsOf } from "../src/documents/recoverySheet/secret.ts";
import { ownersSecret } from "./keyringCopy.ts";
import { beginCommand, type CommandOptions, runCommand } from "./register.ts";
import { query } from "./superuser.ts";

const SHIPPED_MS = 180_000;

/** Whether this version has the command `tietovirta NAME`. */
export const hasCommand = (name: string): boolean =>
  existsSync(fileURLToPath(new URL(`../src/cli/${name}.ts`, import.meta.url)));

/** By the descriptions' own names of the place for copies. */
export const SYSTEMS = {
  "descriptions/walttia.yaml": "backupDisk",
  "descriptions/pyorapaja.yaml": "backupServer",
} as const;

export const backupsTo = (folder: string, system: string): Record<string, string> => ({
  BACKUP_DIR: folder,
  BACKUP_SYSTEM: system,
});

/** `tietovirta backup` beside the running server. Throws with what it said. */
export async function makeBackup(options: CommandOptions): Promise<string> {
  const { code, said } = await runCommand(["backup"], options);
  if (code !== 0) throw new Error(`no backup was made: ${said}`);
  return said;
}

/** Resolves when all that was committed so far has left the spool for the place of the copies. Throws where it does not in three minutes. */
export async function allShipped(dataDir: string): Promise<void> {
  const secrets = await readSecrets(dataDir);
  const [last] = await query(dataDir, "select pg_walfile_name(pg_switch_wal()) as name");
  const archived = "select coalesce(last_archived_wal, '') as name from pg_stat_archiver";
  const spool = spoolIn(secrets?.home ?? "");
  const end = Date.now() + SHIPPED_MS;
  for (;;) {
    const [told] = await query(dataDir, archived);
    const waiting = readdirSync(spool).filter((name) => /^[0-9A-F]{24}$/.test(name));
    if (String(told?.name) >= String(last?.name) && waiting.length === 0) return;
    if (Date.now() > end) throw new Error(`the log was not shipped: ${waiting.length} segments wait`);
    await pause(200);
  }
}

export type RestoreTo = { readonly from: string; readonly to: string; readonly at?: Date; readonly sheet: Sheet };
/** What stands on the owner's paper, in the form that the command reads. */
export type Sheet = { readonly words: string };

/** `tietovirta restore` on a machine that has nothing but the copies and the paper. */
export function beginRestore({ from, to, at, sheet }: RestoreTo, description?: string) {
  const moment = at === undefined ? [] : ["--at", at.toISOString()];
  const args = ["restore", "--from", from, "--into", to, "--recovery-file", "-", ...moment];
  return beginCommand(args, { dataDir: to, input: `${sheet.words}\n`, ...(description && { description }) });
}

/** Read beside the running server while the sheet has not been confirmed. */
export async function sheetOf({ dataDir }: CommandOptions): Promise<Sheet> {
  return { words: wordsOf(await ownersSecret(dataDir)).join(" ") };
}
