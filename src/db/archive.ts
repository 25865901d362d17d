// How finished segments of the log leave the server: copied into a spool beside the cluster, from where we carry them away.
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { type Connection, oneSession } from "./connect.ts";
import { give } from "./embeddedPlace.ts";
import type { Account } from "./embeddedRun.ts";
import type { Tables } from "./tables.ts";

/** A segment is closed after so long even if it is not full; shipping it takes the rest of a minute. */
const archiveSeconds = 40;
const spoolName = "spool";

/** The command needs a POSIX shell. One that always fails would keep every segment until the disk is full. */
export const canArchive = process.platform !== "win32";

export const spoolIn = (home: string): string => join(home, spoolName);

/** The folder that PostgreSQL's account writes and we empty. */
export async function makeSpool(home: string, account: Account): Promise<void> {
  const folder = spoolIn(home);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await give(folder, account);
}

/**
 * PostgreSQL runs the command in the cluster's folder, so that it names no path of ours: nothing to quote, whatever the data folder is called. The
 * copy is on disk under its name before the command answers yes; a segment that stands there already is the same one or the answer is no.
 */
const archiveCommand = [
  `to=../${spoolName}/%f`,
  'if [ -f "$to" ]; then cmp -s "%p" "$to"; else cp "%p" "$to.new" && sync "$to.new" && mv "$to.new" "$to" && sync',
].join("; ");

/**
 * Off where no target is set: closing a segment every minute for nobody would write 16 MB each time. A target comes with a start, and at every start the
 * configuration is written anew, so that nothing has to be switched under a running server.
 */
export function archiveSettings(on: boolean): Record<string, string> {
  if (!on) return { archive_mode: "off" };
  return {
    archive_mode: "on",
    archive_timeout: `${archiveSeconds}s`,
    archive_command: `${archiveCommand} ../${spoolName}; fi`,
  };
}

export type Archiver = { readonly archivedAt: Date | null; readonly failedAt: Date | null };

/** When PostgreSQL last handed a segment over, and when it last could not. */
export async function archiverOf(db: Kysely<Tables>): Promise<Archiver> {
  const { rows } = await sql<{ archivedAt: Date | null; failedAt: Date | null }>`
    select last_archived_time as "archivedAt", last_failed_time as "failedAt" from pg_stat_archiver`.execute(db);
  return rows[0] ?? { archivedAt: null, failedAt: null };
}

const mostWaitMs = 5_000;

/** Closes the segment that is being written and waits until it lies in the spool; not for ever: a server that stops must stop. */
export async function closeSegment(superuser: Connection, spool: string): Promise<void> {
  const session = oneSession(superuser);
  await session.connect();
  try {
    const { rows } = await session.query<{ name: string }>("select pg_walfile_name(pg_switch_wal()) as name");
    const path = join(spool, rows[0]?.name ?? "");
    for (const end = performance.now() + mostWaitMs; !existsSync(path) && performance.now() < end; ) await pause(20);
  } finally {
    await session.end();
  }
}

/** Files in the spool, and free beside it. */
export async function roomOf(spool: string): Promise<{ files: number; free: number }> {
  const { bavail, bsize } = await statfs(spool);
  return { files: (await readdir(spool)).length, free: bavail * bsize };
}

/** Everything that waits is given up: the log has a gap from here on, and the next base copy begins anew. */
export async function emptySpool(spool: string): Promise<void> {
  for (const name of await readdir(spool)) await rm(join(spool, name), { force: true });
}
