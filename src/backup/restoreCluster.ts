// The physical half of a restore: the newest fitting base copy and the log after it become a stopped, marked data folder. Its gate (restore.ts) lets it be opened.
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BaseEntry } from "../db/baseCopy.ts";
import type { WalSource } from "../db/recoveryFeed.ts";
import { raiseCluster } from "../db/recoveryPlace.ts";
import { historyOf, isHistory, placeOf, segmentAt, timelineOf } from "../db/walFile.ts";
import { runningDigest } from "../keys/running.ts";
import { Problem } from "../values/problem.ts";
import { measured } from "./base.ts";
import { baseNames, filesPath, type Manifest, readManifest } from "./manifest.ts";
import { type Unsealing, unseal, unsealStream } from "./seal.ts";
import type { Shelf } from "./shelf.ts";
import { trustedFrom } from "./signers.ts";
import { unpack } from "./tar.ts";
import { findTarget, targetProblem } from "./target.ts";
import { goesOnAfter, leadsTo, type Timelines, timelinesAt } from "./timelines.ts";
import { walPath } from "./wal.ts";

export type RestoreOptions = {
  /** BACKUP_DIR as the server had it. */
  readonly from: string;
  /** Needed only where copies of more than one installation stand in `from`. */
  readonly installation?: string;
  /** The new data folder: absent or empty. */
  readonly to: string;
  /** Undefined: as far as the log goes. */
  readonly at?: Date;
  /** Name of a base copy, when the newest fitting one is damaged. */
  readonly base?: string;
  /** AGE-SECRET-KEY-1…: the recovery secret, or the drill's. */
  readonly identities: readonly string[];
  /** Public keys of 32 bytes: of the keyring that belongs to the installation. */
  readonly trusted: readonly Uint8Array[];
  readonly log: (line: string) => void;
  readonly now: Date;
  /** Over ours: only tests turn fsync off. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type Restored = {
  readonly installation: string;
  readonly base: Manifest;
  /** The last moment that is in the database; never after `at`. */
  readonly until: Date;
};

/**
 * Resolves when the cluster stands in `to`, recovered to the moment and stopped; `startPostgres` refuses it until `removeMark`. On failure `to` is as it was
 * and the copies are untouched. Throws `Problem` `backupNone`, `backupNoneBefore`, `backupSeveral`, `backupTarget`, `backupDamaged`, `backupForged`,
 * `backupWrongKey`, `backupWalMissing`, `backupMajor`, `restoreFolderNotEmpty`, and those of the database.
 */
export async function restoreCluster(options: RestoreOptions): Promise<Restored> {
  const { from, to, at, identities, trusted, log, now, settings } = options;
  const installation = options.installation ?? (await onlyInstallation(from));
  const { shelf, folder } = await findTarget(from, installation);
  const known = await trustedFrom(shelf, installation, trusted);
  const unsealing: Unsealing = { installation, identities, trusted: known };
  const timelines = await timelinesAt(shelf, at, unsealing);
  const base = await choose(shelf, folder, timelines, unsealing, options);
  const { until } = await raiseCluster({
    dataDir: to,
    major: base.postgres.major,
    entries: checkedFiles(shelf, base, identities),
    wal: walSource(shelf, base, timelines, unsealing),
    timeline: Math.max(timelines.current, base.postgres.timeline),
    at,
    stoppedAt: new Date(base.stoppedAt),
    mark: { installation, base: base.name, at: at?.toISOString() ?? null, restoredAt: now.toISOString() },
    log,
    ...(settings && { settings }),
  });
  return { installation, base, until };
}

/** Throws `backupNone` and `backupSeveral`. */
export async function onlyInstallation(from: string): Promise<string> {
  const root = resolve(from);
  const names = await readdir(root).catch((error) => {
    throw targetProblem(error, root);
  });
  const found: string[] = [];
  for (const name of names)
    if (
      await stat(join(root, name, "base")).then(
        (there) => there.isDirectory(),
        () => false,
      )
    )
      found.push(name);
  if (found.length > 1) throw new Problem("backupSeveral", 409, { folder: root, installations: found.join(", ") });
  const [only] = found;
  if (only === undefined) throw new Problem("backupNone", 404, { folder: root });
  return only;
}

async function choose(
  shelf: Shelf,
  folder: string,
  timelines: Timelines,
  { installation, trusted }: Unsealing,
  { at, base }: RestoreOptions,
): Promise<Manifest> {
  const names = await baseNames(shelf);
  const [oldest] = names;
  if (oldest === undefined) throw new Problem("backupNone", 404, { folder });
  let earliest = "";
  for (const name of names.toReversed()) {
    if (base !== undefined && name !== base) continue;
    const manifest = await readManifest(shelf, name, installation, trusted ?? []);
    earliest = manifest.stoppedAt;
    // Without an archive there are no lines to choose from: a copy by itself leads to its own end.
    const fits = (at === undefined || new Date(manifest.stoppedAt) <= at) && leadsTo(timelines, manifest);
    if (fits || (at === undefined && timelines.segments.size === 0)) return manifest;
  }
  throw new Problem("backupNoneBefore", 404, { at: at?.toISOString() ?? "", oldest: earliest || oldest });
}

/** Each file as its manifest tells, no more and no fewer; what was taken of the stream before a fault was found is thrown away by whoever took it. */
async function* checkedFiles(shelf: Shelf, base: Manifest, identities: readonly string[]): AsyncGenerator<BaseEntry> {
  const file = filesPath(base.name);
  const damaged = (path = file) => new Problem("backupDamaged", 422, { file: path });
  const sealed = measured(shelf.stream(file));
  const plain = measured(unsealStream(sealed.pieces, file, identities));
  let next = 0;
  try {
    for await (const entry of unpack(plain.pieces)) {
      if (entry.folder) {
        yield entry;
        continue;
      }
      const told = base.files[next++];
      if (told?.path !== entry.path || told.bytes !== entry.bytes) throw damaged();
      const digest = runningDigest();
      const pieces = (async function* () {
        for await (const piece of entry.pieces) {
          digest.add(piece);
          yield piece;
        }
      })();
      yield { ...entry, pieces };
      if (digest.hex() !== told.sha256) throw damaged(`${file} (${told.path})`);
    }
  } catch (error) {
    // The archive's own faults; the disk's have a code.
    if (error instanceof Error && !(error instanceof Problem) && !("code" in error)) throw damaged();
    throw error;
  }
  const [told, whole] = [plain.told(), sealed.told()];
  if (next !== base.files.length || told.sha256 !== base.plain.sha256 || whole.sha256 !== base.sealed.sha256)
    throw damaged();
}

function walSource(shelf: Shelf, base: Manifest, timelines: Timelines, unsealing: Unsealing): WalSource {
  const { segmentBytes } = base.postgres;
  /** These came with the base copy and lie in the cluster already. */
  const inBase = (name: string) =>
    timelineOf(name) === base.postgres.timeline && name >= base.wal.first && name <= base.wal.last;
  return {
    open: async (name) => {
      const history = timelines.histories.get(name);
      if (history !== undefined || isHistory(name)) return history ?? null;
      if (timelines.segments.has(name)) {
        const sealed = await shelf.read(walPath(name));
        if (sealed === null) throw new Problem("backupWalMissing", 404, { segment: name });
        const { plain } = await unseal(sealed, walPath(name), unsealing);
        if (plain.length !== segmentBytes) throw new Problem("backupDamaged", 422, { file: walPath(name) });
        return plain;
      }
      if (!inBase(name) && goesOnAfter(name, timelines, segmentBytes))
        throw new Problem("backupWalMissing", 404, { segment: name });
      return null;
    },
    after: (name) =>
      isHistory(name) || name === historyOf(timelines.current)
        ? null
        : segmentAt(timelineOf(name), placeOf(name, segmentBytes) + 1n, segmentBytes),
  };
}
