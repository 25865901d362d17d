// A data folder brought back: made whole and marked, or not there at all.
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Problem } from "../values/problem.ts";
import type { BaseEntry } from "./baseCopy.ts";
import { nullIfGone } from "./baseFiles.ts";
import { findBinaries } from "./embeddedBinaries.ts";
import { checkVersion, clusterIn } from "./embeddedCluster.ts";
import { closedFolder, findAccount, give, newHome, reachableBinaries } from "./embeddedPlace.ts";
import type { Account } from "./embeddedRun.ts";
import { newSecrets, writeSecrets } from "./embeddedSecrets.ts";
import { recover } from "./recovery.ts";
import type { WalSource } from "./recoveryFeed.ts";
import { type RestoreMark, writeMark } from "./recoveryMark.ts";
import { openDataFolder } from "./supervisor.ts";
import { lockSupervisor } from "./supervisorLock.ts";

export type Raising = {
  /** Absent or empty. */
  readonly dataDir: string;
  readonly major: number;
  readonly entries: AsyncIterable<BaseEntry>;
  readonly wal: WalSource;
  readonly timeline: number;
  readonly at: Date | undefined;
  /** The last moment of the copy itself, when no transaction follows it. */
  readonly stoppedAt: Date;
  readonly mark: Omit<RestoreMark, "until">;
  readonly log: (line: string) => void;
  readonly settings?: Readonly<Record<string, string>>;
};

/**
 * Writes the cluster into the data folder and recovers it. When it resolves the database is stopped, has new passwords, and waits for its gate:
 * `startPostgres` refuses it unless told that it is `restoring`. Whatever fails, the folder is as empty as it was, and what was thrown comes through.
 * Throws `restoreFolderNotEmpty`, `backupMajor`, `diskFull`, `databaseBroken` besides.
 */
export async function raiseCluster(parts: Raising): Promise<{ until: Date }> {
  const given = resolve(parts.dataDir);
  const before = await readdir(given).catch(nullIfGone);
  if (before !== null && before.length > 0) throw new Problem("restoreFolderNotEmpty", 409, { folder: given });
  const dataDir = await openDataFolder(given);
  const unlock = lockSupervisor(dataDir);
  let home: string | undefined;
  try {
    const account = await findAccount();
    const binaries = await reachableBinaries(await findBinaries(), account, parts.log);
    if (binaries.major !== parts.major)
      throw new Problem("backupMajor", 409, { found: parts.major, expected: binaries.major });
    await writeMark(dataDir, { ...parts.mark, until: null });
    home = await newHome(dataDir, account, parts.log);
    const secrets = await writeSecrets(dataDir, newSecrets(home));
    await writeCluster(home, account, parts.entries);
    await checkVersion(clusterIn(home), binaries.major);
    const { wal, timeline, at, settings = {} } = parts;
    const reached = await recover({ binaries, account, secrets, wal, timeline, at, settings });
    const until = reached.until ?? parts.stoppedAt;
    await writeMark(dataDir, { ...parts.mark, until: until.toISOString() });
    await writeSecrets(dataDir, { ...secrets, made: true });
    unlock();
    return { until };
  } catch (error) {
    unlock();
    if (home !== undefined) await rm(home, { recursive: true, force: true });
    for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true, force: true });
    if (before === null) await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

async function writeCluster(home: string, account: Account, entries: AsyncIterable<BaseEntry>): Promise<void> {
  const unfinished = join(home, "cluster.new");
  await closedFolder(unfinished, account);
  for await (const entry of entries) {
    const path = join(unfinished, entry.path);
    if (!path.startsWith(`${unfinished}/`)) throw new Problem("backupDamaged", 422, { file: entry.path });
    if (entry.folder) await closedFolder(path, account);
    else {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, "wx", 0o600);
      try {
        for await (const piece of entry.pieces) await file.writeFile(piece);
      } finally {
        await file.close();
      }
      await give(path, account);
    }
  }
  // The server syncs every file itself before it recovers.
  await rename(unfinished, clusterIn(home));
}
