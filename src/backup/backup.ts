// The copies of a running installation: a base copy a night, the log and the keyring all along, one thing at a time.
import { join } from "node:path";
import { archiverOf, closeSegment, emptySpool, roomOf } from "../db/archive.ts";
import { baseCopy, type Physical } from "../db/baseCopy.ts";
import type { Db } from "../db/connect.ts";
import type { Gate } from "../gate/gate.ts";
import { Turns } from "../keys/turns.ts";
import { backupRuns, writeBackupRun } from "../registers/evidence/backupRuns.ts";
import { whenClockIsRight } from "../registers/evidence/clock.ts";
import { Problem } from "../values/problem.ts";
import { COPY_LAST_MS } from "../values/safety.ts";
import { dateOfStamp, makeBase } from "./base.ts";
import { type DrillKey, openDrillKey } from "./drillKey.ts";
import { expire, expireKeyrings } from "./expire.ts";
import { closeGap, gapIn, hasGap, noteGap } from "./gap.ts";
import { evidenceLog } from "./journal/evidenceLog.ts";
import { journalFiles } from "./journal/files.ts";
import { type Journal, openJournal } from "./journal/journal.ts";
import { keyringNames, ownersOf, putKeyring } from "./keyringCopy.ts";
import { baseNames } from "./manifest.ts";
import { within } from "./patience.ts";
import { periodsOn } from "./periods.ts";
import type { Sealing, Unsealing } from "./seal.ts";
import { folderShelf } from "./shelf.ts";
import { linkSigners } from "./signers.ts";
import type { BackupState } from "./state.ts";
import { openTarget, type Target, targetProblem } from "./target.ts";
import { dropNotes, ship, waiting } from "./wal.ts";

export type BackupParts = {
  readonly gate: Gate;
  readonly db: Db;
  /** null where the database is the operator's own. */
  readonly physical: (Physical & { readonly spool: string | null }) | null;
  /** BACKUP_DIR and BACKUP_SYSTEM; null where they are not set. */
  readonly to: { readonly dir: string; readonly system: string } | null;
  readonly dataDir: string;
  /** Of the program. */
  readonly version: string;
  /** When the waiting segments are given up to save the register's disk, and how long a step of the target may take. For tests; ours otherwise. */
  readonly limits?: { readonly files: number; readonly freeBytes: number; readonly waitMs?: number };
};

/** `base` null: the database is the operator's, and only the keyring was copied. */
export type BackupDone = { readonly folder: string; readonly base: { name: string; bytes: number } | null };
export type Backup = ReturnType<typeof openBackup>;

/** Segments of 16 MB, and what must stay free for the register itself. */
const ordinaryLimits: NonNullable<BackupParts["limits"]> = { files: 512, freeBytes: 2 * 1024 ** 3 };
/** Far less than the minute that may be lost: PostgreSQL itself needs up to 40 seconds to close a segment. */
const KEYRING_MS = 15_000;
const DAY_MS = 24 * 3600_000;
/** Whoever asks how the copies stand does not wait for a target that hangs. */
const LOOK_MS = 3_000;
const NIGHT_UTC = 1;
/** Looked through for one that went well: months of nights. */
const MOST_RUNS = 200;

export function openBackup({ gate, db, physical, to, dataDir, version, limits = ordinaryLimits }: BackupParts) {
  const { keys, clock } = gate;
  const { installation } = keys;
  const turns = new Turns();
  // A base copy of a large database takes longer than the minute in which the log has to go out beside it.
  const bases = new Turns();
  const keyringFolder = join(dataDir, "keyring");
  let drill: DrillKey | undefined;
  let copied: { fingerprint: string; at: Date } | undefined;
  let shippedAt: Date | null = null;
  let clearAt: Date | null = null;
  let trouble: Problem | null = null;
  let journal: Journal | undefined;

  const drillKey = async (): Promise<DrillKey> => {
    drill ??= await openDrillKey(keyringFolder);
    return drill;
  };
  const sealing = async (): Promise<Sealing> => {
    const { recipient } = await drillKey();
    return { installation, recipients: [...ownersOf(keys), recipient], signers: keys.signers() };
  };
  const unsealing = async (): Promise<Unsealing> => {
    const { identity } = await drillKey();
    return { installation, identities: [identity], trusted: keys.signers().map((signer) => signer.publicKey) };
  };
  /** What makes an older copy of the keyring worth less than a new one. */
  const fingerprint = () => {
    const { recipients } = keys.recovery();
    return JSON.stringify([keys.state(), recipients.map(String), keys.signers().map((one) => String(one.publicKey))]);
  };

  /** The own target's; another folder gets a chapter of its own. */
  async function journalTo({ shelf }: Target): Promise<Journal> {
    const files = journalFiles(shelf, { sealing, unsealing: await unsealing() });
    return openJournal({ db, files, log: evidenceLog(gate), installation, now: () => clock.now() });
  }

  async function copyKeyring({ shelf }: Target, own: boolean): Promise<void> {
    const now = clock.now();
    const seen = fingerprint();
    await putKeyring(shelf, keys, now, { drill: (await drillKey()).identity });
    if (own) copied = { fingerprint: seen, at: now };
    // What cannot be removed now is removed in the night, and told then.
    await whenClockIsRight(gate, () => expireKeyrings(shelf, now)).catch(() => undefined);
  }

  /** A copy now, to the declared target or to another folder. Throws `backupNoTarget`, `backupTarget`, `backupTargetFull`, `backupTablespace`. */
  function copyNow(elsewhere?: string): Promise<BackupDone> {
    return bases.take(async () => {
      const dir = elsewhere ?? to?.dir;
      if (dir === undefined) throw new Problem("backupNoTarget", 409);
      const startedAt = clock.now();
      // One of its own in another folder says nothing of the declared target.
      const facts = elsewhere === undefined ? null : { elsewhere: true };
      const run = { kind: "base", startedAt, facts } as const;
      try {
        const done = await copyTo(
          await openTarget(dir, installation, dataDir, limits.waitMs),
          startedAt,
          elsewhere === undefined,
        );
        if (done.base) await writeBackupRun(gate, { ...run, finishedAt: clock.now(), ...done.base, problem: null });
        return done;
      } catch (error) {
        const problem = targetProblem(error, dir);
        const told = { name: null, bytes: null, problem: problem.code, problemFacts: problem.facts };
        await writeBackupRun(gate, { ...run, finishedAt: clock.now(), ...told }).catch(() => undefined);
        throw problem;
      }
    });
  }

  async function copyTo(target: Target, at: Date, own: boolean): Promise<BackupDone> {
    const { shelf, folder } = target;
    const gap = await gapIn(dataDir);
    await linkSigners(shelf, installation, keys.signers());
    const base = physical
      ? await makeBase({ shelf, source: baseCopy(physical), sealing: await sealing(), server: version, at })
      : null;
    // After the base copy: what it holds was sealed before.
    await turns.take(async () => {
      await copyKeyring(target, own);
      // Without it nothing may be restored from this copy.
      if (own) journal ??= await journalTo(target);
      await (own && journal ? journal : await journalTo(target)).begin();
      if (!own) return;
      await closeGap(dataDir, gap);
      // A clock that jumped would let every copy go at once but one.
      await whenClockIsRight(gate, () => expire(shelf, installation, clock.now()));
    });
    return { folder, base: base && { name: base.name, bytes: base.sealed.bytes } };
  }

  /** What waits goes out; `last`: though the keyring was copied only just now. Never throws; `state` tells. Answers whether all is well. */
  function carryAway({ last = false } = {}): Promise<boolean> {
    return turns.take(async () => {
      if (to === null) return true;
      const before = trouble;
      try {
        await carry(await openTarget(to.dir, installation, dataDir, limits.waitMs), last);
        trouble = null;
      } catch (error) {
        trouble = targetProblem(error, to.dir);
        await makeRoom().catch(() => undefined);
      }
      if (trouble?.code !== before?.code) {
        const at = clock.now();
        const run = { kind: "archive", startedAt: at, finishedAt: at, name: null, bytes: null, facts: null } as const;
        const problem = { problem: trouble?.code ?? null, problemFacts: trouble?.facts ?? {} };
        await writeBackupRun(gate, { ...run, ...problem }).catch(() => undefined);
      }
      return trouble === null;
    });
  }

  async function carry(target: Target, last: boolean): Promise<void> {
    const now = clock.now();
    await linkSigners(target.shelf, installation, keys.signers());
    const spool = physical?.spool ? folderShelf(physical.spool) : null;
    const names = spool ? await waiting(spool) : [];
    // The keyring first: a value that has left never waits for its key. A new key has been in the log of the keyring before its row was committed.
    const due = last || copied === undefined || now.getTime() - copied.at.getTime() >= KEYRING_MS;
    if (copied?.fingerprint !== fingerprint() && !due) return;
    if (copied?.fingerprint !== fingerprint()) await copyKeyring(target, true);
    if (spool !== null) {
      await dropNotes(spool);
      const parts = { spool, shelf: target.shelf, sealing: await sealing(), unsealing: await unsealing() };
      const shipped = await ship(names, { ...parts, now: () => clock.now() });
      if (shipped > 0) shippedAt = clock.now();
    }
    journal ??= await journalTo(target);
    await journal.write();
    clearAt = now;
  }

  /** A target that stays away must not fill the disk of the register: then the log gets a gap, which is told until the next base copy closes it. */
  async function makeRoom(): Promise<void> {
    if (!physical?.spool) return;
    const { files, free } = await roomOf(physical.spool);
    if (files <= limits.files && free >= limits.freeBytes) return;
    await noteGap(dataDir);
    await emptySpool(physical.spool);
  }

  /** No base copy yet, none of the last night, or none since the log has a gap. */
  async function baseIsDue(): Promise<boolean> {
    if (to === null || physical === null) return false;
    const { shelf } = await openTarget(to.dir, installation, dataDir, limits.waitMs);
    const newest = (await baseNames(shelf)).at(-1);
    if (newest === undefined || (await hasGap(dataDir))) return true;
    return clock.now().getTime() - dateOfStamp(newest).getTime() > 26 * 3600_000;
  }

  async function state(): Promise<BackupState> {
    // A command beside no server has copied nothing itself.
    if (copied === undefined) await within(LOOK_MS, remember()).catch(() => undefined);
    const runs = (await backupRuns(gate, "base", MOST_RUNS)).filter(({ facts }) => facts === null);
    const [last] = runs;
    const good = runs.find(({ problem }) => problem === null);
    const spool = physical?.spool ? await waiting(folderShelf(physical.spool)) : [];
    const { archivedAt, failedAt } = physical ? await archiverOf(db) : { archivedAt: null, failedAt: null };
    const archiverFails = failedAt !== null && (archivedAt === null || failedAt > archivedAt);
    const now = clock.now();
    const gap = await hasGap(dataDir);
    const seconds = (since: Date | null) => since && Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000));
    const next = new Date(now);
    next.setUTCHours(NIGHT_UTC, 0, 0, 0);
    if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
    return {
      target: to,
      operators: physical === null,
      lastBase:
        good === undefined
          ? null
          : { at: good.finishedAt.toISOString(), name: good.name ?? "", bytes: good.bytes ?? 0 },
      lastAttempt: last
        ? { at: last.finishedAt.toISOString(), problem: last.problem, problemFacts: last.problemFacts }
        : null,
      log: physical?.spool
        ? { shippedAt: shippedAt?.toISOString() ?? null, waiting: spool.length, lagSeconds: seconds(clearAt) }
        : null,
      journal: { at: journal?.writtenAt()?.toISOString() ?? null },
      keyring: { at: copied?.at.toISOString() ?? null, ageSeconds: seconds(copied?.at ?? null) },
      gap,
      trouble: trouble?.code ?? (archiverFails ? "backupArchiver" : gap ? "backupGap" : null),
      troubleFacts: trouble?.facts ?? {},
      nextBaseAt: to && physical ? next.toISOString() : null,
    };
  }

  /**
   * When the oldest copy of the database was begun that is kept: of those that stand at the target, and of those made elsewhere within the period; null where
   * there is none. The operator's own copies are taken to be kept as long as ours. Throws where the target is away.
   */
  async function oldestCopy(): Promise<Date | null> {
    const now = clock.now();
    const period = new Date(now.getTime() - periodsOn(now).databaseDays * DAY_MS);
    if (physical === null) return period;
    const runs = await backupRuns(gate, "base", MOST_RUNS);
    const elsewhere = runs.filter(
      ({ facts, problem, startedAt }) => facts !== null && problem === null && startedAt > period,
    );
    const names =
      to === null ? [] : await baseNames((await openTarget(to.dir, installation, dataDir, limits.waitMs)).shelf);
    const begun = [...elsewhere.map(({ startedAt }) => startedAt), ...names.map(dateOfStamp)];
    return begun.length === 0 ? null : new Date(Math.min(...begun.map((at) => at.getTime())));
  }

  /** The time of the newest copies that stand there, after a start. Silent where the target is away. */
  async function remember(): Promise<void> {
    if (to === null) return;
    const { shelf } = await openTarget(to.dir, installation, dataDir, limits.waitMs);
    const newest = (await keyringNames(shelf)).at(-1);
    if (newest !== undefined) copied ??= { fingerprint: "", at: dateOfStamp(newest.slice(0, -4)) };
  }

  /** Before the server stops: what was done to the last moment goes out too, if the target is there. */
  async function finish(): Promise<void> {
    if (physical?.spool) await closeSegment(physical.superuser, physical.spool);
    await within(COPY_LAST_MS, carryAway({ last: true }));
  }

  return { copyNow, carryAway, baseIsDue, state, oldestCopy, remember, finish, target: to };
}
