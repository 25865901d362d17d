// Which files of a running cluster belong in a base copy: as PostgreSQL's "Making a Base Backup Using the Low Level API" tells, and no more.
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";

export type Found = { readonly path: string; readonly folder: boolean };

/** Contents that a start makes anew; the folders themselves must be there. The log's own files are taken after the copy's end. */
const emptied = new Set([
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
/** What belongs to the running server or to this machine, and would mislead another: a wrong `backup_label` corrupts silently. */
const left = new Set([
  "log",
  "current_logfiles",
  "postmaster.pid",
  "postmaster.opts",
  "postgresql.conf",
  "postgresql.conf.new",
  "postgresql.auto.conf",
  "postgresql.auto.conf.tmp",
  "pg_hba.conf",
  "pg_hba.conf.new",
  "backup_label",
  "backup_label.old",
  "tablespace_map",
  "tablespace_map.old",
  "backup_manifest",
  "recovery.signal",
  "standby.signal",
  "recovery.done",
]);
const temporary = /^(pgsql_tmp|pg_internal\.init)|^t\d+_\d+/;
const relationFile = /^(\d+)(?:_(?:vm|fsm))?(?:\.\d+)?$/;
/** Holds the number of the last checkpoint, and is read last: what it tells of must be in the copy. */
export const CONTROL_FILE = "global/pg_control";

/** Folders before what is in them, the control file last. Paths with `/`, below the cluster. */
export async function* filesOfCluster(cluster: string): AsyncGenerator<Found> {
  for (const name of (await readdir(cluster)).sort()) if (!left.has(name)) yield* below(cluster, name);
  yield { path: CONTROL_FILE, folder: false };
}

async function* below(cluster: string, path: string): AsyncGenerator<Found> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (temporary.test(name) || path === CONTROL_FILE) return;
  const kind = await lstat(join(cluster, path)).catch(nullIfGone);
  if (kind === null) return;
  // A tablespace lies elsewhere; a copy without it would look whole and not be.
  if (kind.isSymbolicLink()) throw new Problem("backupTablespace", 500, { path });
  if (kind.isFile()) {
    yield { path, folder: false };
    return;
  }
  if (!kind.isDirectory()) return;
  yield { path, folder: true };
  if (emptied.has(path)) return;
  const names = (await readdir(join(cluster, path)).catch(nullIfGone)) ?? [];
  for (const inside of names.sort()) yield* below(cluster, `${path}/${inside}`);
}

/**
 * An unlogged table is emptied by every recovery, from its `_init` fork; its other forks would be search tokens carried out of the house for nothing.
 * Asked at the moment of reading, because a table may have come after the listing. Null where the file is no part of such a relation.
 */
export function initForkOf(path: string): string | null {
  const slash = path.lastIndexOf("/");
  const number = path.startsWith("base/") ? relationFile.exec(path.slice(slash + 1))?.[1] : undefined;
  return number === undefined ? null : `${path.slice(0, slash + 1)}${number}_init`;
}

export function nullIfGone(error: unknown): null {
  if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return null;
  throw error;
}
