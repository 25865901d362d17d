// A restore that harms nobody, every night: the newest copy is brought up beside the register, closed to everybody, goes through the gate of a restore, is
// held against the living register, and is taken away again. The keys are the living ones, to look through only.
import type { Physical } from "../db/baseCopy.ts";
import { connectAll, type Db, disconnect } from "../db/connect.ts";
import { handOverLog } from "../db/drillWal.ts";
import { latestDescription } from "../db/installation.ts";
import { startPostgres } from "../db/supervisor.ts";
import { type Gate, openGate } from "../gate/gate.ts";
import { isDiskFull } from "../keys/errorCode.ts";
import { KeyringFault } from "../keys/fault.ts";
import { writeBackupRun } from "../registers/evidence/backupRuns.ts";
import { candidateOf } from "../registers/evidence/versions.ts";
import { Problem } from "../values/problem.ts";
import type { Backup } from "./backup.ts";
import type { DrillFacts, DrillStep, Run } from "./contract.ts";
import { drillAnchors } from "./drillAnchors.ts";
import { expectAsLiving, expectErased, expectReadable, livingFacts } from "./drillChecks.ts";
import { readDrillKey } from "./drillKey.ts";
import { drillKeys } from "./drillKeys.ts";
import { clearDrills, drillPlace } from "./drillPlaces.ts";
import { journalFiles } from "./journal/files.ts";
import { baseNames, readManifest } from "./manifest.ts";
import { restoreCluster } from "./restoreCluster.ts";
import { carriedOut, journalBack } from "./restored.ts";
import type { Unsealing } from "./seal.ts";
import { trustedFrom } from "./signers.ts";
import { openTarget } from "./target.ts";

export type DrillParts = {
  /** Of the living register. */
  readonly gate: Gate;
  readonly db: Db;
  readonly backup: Pick<Backup, "target" | "carryAway" | "state">;
  /** null where the database is the operator's own. */
  readonly physical: Physical | null;
  readonly dataDir: string;
  /** ANCHOR_DIR: anchors of the log that were put there are asked too. */
  readonly anchorDir?: string;
  /** Left free beside what the copy takes. For tests; ours otherwise. */
  readonly spareBytes?: number;
};

export type Drill = ReturnType<typeof openDrill>;
/** `problem`: with the facts of its sentence; `run` is what was written down. */
export type Drilled = { readonly run: Run; readonly problem: Problem | null };

/** PostgreSQL's own log of the drill, and what the living register needs meanwhile. */
const SPARE_BYTES = 2 * 1024 ** 3;
/** It is thrown away: nothing of it has to survive a power cut, and the register's memory is not its own. */
const SETTINGS = { fsync: "off", full_page_writes: "off", shared_buffers: "64MB", max_wal_size: "256MB" };

export function openDrill(parts: DrillParts) {
  const { gate, physical, dataDir, backup, spareBytes = SPARE_BYTES } = parts;
  let going: { since: Date; step: DrillStep; run: Promise<Drilled> } | null = null;
  const at = (step: DrillStep) => {
    if (going) going.step = step;
  };

  /** Something is there to drill. */
  const drilled = backup.target !== null && physical !== null;

  /** Throws `backupNoTarget` and `drillOperators`. */
  function expectDrilled(): { dir: string; physical: Physical } {
    if (physical === null) throw new Problem("drillOperators", 409);
    if (backup.target === null) throw new Problem("backupNoTarget", 409);
    return { dir: backup.target.dir, physical };
  }

  /**
   * The outcome, as it is written down too; never the register's keys or rows are changed by it. Whoever asks during one gets that one. Throws what
   * `expectDrilled` throws; what fails in the drill itself is told in the answer.
   */
  function run(): Promise<Drilled> {
    const { dir, physical: cluster } = expectDrilled();
    if (going) return going.run;
    const since = gate.clock.now();
    const outcome = drillOnce(dir, cluster, since).finally(() => {
      going = null;
    });
    going = { since, step: "looking", run: outcome };
    return outcome;
  }

  async function drillOnce(dir: string, cluster: Physical, startedAt: Date): Promise<Drilled> {
    const told: { name: string | null; bytes: number | null; facts: DrillFacts | null } = {
      ...{ name: null, bytes: null, facts: null },
    };
    let problem: Problem | null = null;
    try {
      await drillInto(told, dir, cluster);
    } catch (error) {
      problem = problemOf(error, dataDir);
    }
    at("clearing");
    await clearDrills(dataDir).catch((error) => {
      problem ??= problemOf(error, dataDir);
    });
    const finishedAt = gate.clock.now();
    const facts = problem === null ? told.facts : null;
    const code = problem?.code ?? null;
    const said = { problem: code, problemFacts: problem?.facts ?? {} };
    await writeBackupRun(gate, { kind: "drill", startedAt, finishedAt, ...told, facts, ...said });
    const moments = { startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() };
    return { run: { ...moments, ...told, facts, ...said }, problem };
  }

  async function drillInto(
    told: { name: string | null; bytes: number | null; facts: DrillFacts | null },
    dir: string,
    { superuser }: Physical,
  ): Promise<void> {
    const began = performance.now();
    await clearDrills(dataDir);
    const { keys, clock } = gate;
    const { installation } = keys;
    const { shelf } = await openTarget(dir, installation, dataDir);
    const drill = await readDrillKey(`${dataDir}/keyring`);
    const newest = (await baseNames(shelf)).at(-1);
    if (!drill || newest === undefined) throw new Problem("backupNone", 404, { folder: dir });
    const roots = keys.signers().map(({ publicKey }) => publicKey);
    const trusted = await trustedFrom(shelf, installation, roots);
    const manifest = await readManifest(shelf, newest, installation, trusted);
    Object.assign(told, { name: manifest.name, bytes: manifest.sealed.bytes });
    const folder = await drillPlace(dataDir, manifest.plain.bytes + spareBytes);

    // What is known now has to come back out of the copies; what comes later may.
    const now = clock.now();
    const before = await livingFacts(parts.db, now);
    const anchors = await drillAnchors(gate, parts.anchorDir);
    if (!(await handOverLog(superuser))) throw new Problem("backupArchiver", 503);
    if (!(await backup.carryAway({ last: true }))) {
      const { trouble, troubleFacts } = await backup.state();
      throw new Problem(trouble ?? "backupFailed", 503, { reason: "", folder: dir, ...troubleFacts });
    }

    at("bringingUp");
    const unsealing: Unsealing = { installation, identities: [drill.identity], trusted };
    const log = () => undefined;
    const { until } = await restoreCluster({
      ...{ from: dir, installation, to: folder, base: newest, identities: [drill.identity], trusted: roots },
      ...{ log, now, settings: SETTINGS },
    });

    await using opened = new AsyncDisposableStack();
    const postgres = await startPostgres({ dataDir: folder, log, settings: SETTINGS, restoring: true });
    opened.defer(() => postgres.stop());
    const files = journalFiles(shelf, { unsealing });
    const back = await journalBack(postgres.owner, { files, installation, base: newest, target: null, at: now });
    const databases = connectAll(postgres.app);
    opened.defer(() => disconnect(databases));
    const found = await livingFacts(databases.read, now);
    expectAsLiving(found, before, await livingFacts(parts.db, now));

    at("erasingAgain");
    const stored = await latestDescription(databases.read);
    const force = stored && candidateOf(stored.text, "description.yaml", stored.since)?.force;
    if (!force) throw new Problem("drillDiffers", 500);
    // A clock of its own: what a gate has believed of a clock is remembered by that clock.
    const copy = openGate({ databases, keys: drillKeys(keys), clock: { ...clock }, inForce: () => force });
    const { verdict } = await carriedOut(copy, back, { anchors, signed: false });

    at("comparing");
    const readable = await expectReadable(databases.read, parts.db, keys);
    const erased = await expectErased(databases.read, keys);
    const seconds = Math.round((performance.now() - began) / 1000);
    const counts = Object.values(found.rows);
    told.facts = {
      ...{ until: until.toISOString(), rows: counts.reduce((sum, rows) => sum + rows, 0), tables: counts.length },
      ...{ invoices: found.rows.invoice ?? 0, opened: readable, erased },
      ...{ entries: verdict.entries, anchors: verdict.anchors, seconds },
    };
  }

  return {
    drilled,
    expectDrilled,
    run,
    /** For the night: nothing where there is nothing to drill. Throws what went wrong. */
    night: async (): Promise<void> => {
      const problem = drilled ? (await run()).problem : null;
      if (problem) throw problem;
    },
    going: () => going && { since: going.since.toISOString(), step: going.step },
    /** What a drill left that died with the server. One that is under way when the server stops is such a one too. */
    clear: async (): Promise<void> => {
      if (going === null) await clearDrills(dataDir);
    },
  };
}

/** A fault that has no sentence of its own is told as one that nobody expected. */
function problemOf(error: unknown, dataDir: string): Problem {
  if (error instanceof Problem) return error;
  // A value that is not of its place, or whose key this keyring has never had: a restore would pass its epoch, which a drill may not.
  if (error instanceof KeyringFault && ["tampered", "behind", "closed"].includes(error.code))
    return new Problem("drillUnreadable", 500, { count: 1 });
  return isDiskFull(error) ? new Problem("diskFull", 507, { folder: dataDir }) : new Problem("drillFailed", 500);
}
