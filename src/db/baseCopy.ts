// A base copy of a running cluster, by the only three programs there are: none. The server says from where its log must be read; we copy its files.
import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { CONTROL_FILE, filesOfCluster, initForkOf, nullIfGone } from "./baseFiles.ts";
import { type Connection, oneSession } from "./connect.ts";
import { bytesOf, segmentsBetween } from "./walFile.ts";

/** A cluster on this machine: how to ask its server as superuser, and where its files are. */
export type Physical = { readonly superuser: Connection; readonly cluster: string };

/** `bytes` pieces follow, exactly so many. */
export type BaseEntry =
  | { readonly path: string; readonly folder: true }
  | {
      readonly path: string;
      readonly folder: false;
      readonly bytes: number;
      readonly pieces: AsyncIterable<Uint8Array>;
    };

export type BaseFacts = {
  readonly major: number;
  /** The last migration that ran in the database; null where none has. */
  readonly schema: string | null;
  /** Of the cluster, made by initdb: decimal digits. */
  readonly system: string;
  readonly timeline: number;
  /** As PostgreSQL writes them: `0/2000028`. */
  readonly startLsn: string;
  readonly stopLsn: string;
  readonly segmentBytes: number;
  /** By the database's clock. The copy stands for no moment before `stoppedAt`. */
  readonly startedAt: Date;
  readonly stoppedAt: Date;
};

const pieceBytes = 1024 * 1024;

/**
 * Files of the cluster as they are read, then `backup_label`, then the log between start and stop: what is yielded is a cluster that recovers by itself.
 * Answers what is known of it when the last piece is taken. Files that vanish are left out, those that shrink are filled with zeros, those that grow are
 * cut: the log mends all three. Whoever stops taking ends the server's backup mode too.
 */
export async function* baseCopy({ superuser, cluster }: Physical): AsyncGenerator<BaseEntry, BaseFacts> {
  const session = oneSession(superuser);
  await session.connect();
  try {
    const begun = await begin(session);
    for await (const { path, folder } of filesOfCluster(cluster)) {
      if (folder) yield { path, folder };
      else if (path === CONTROL_FILE) yield bytesEntry(path, await readSteady(join(cluster, path)));
      else yield* fileEntry(cluster, path);
    }
    const end = await finish(session);
    yield bytesEntry("backup_label", Buffer.from(end.label));
    if (end.map.trim() !== "") yield bytesEntry("tablespace_map", Buffer.from(end.map));
    for (const name of segmentsBetween(begun.timeline, begun.startLsn, end.stopLsn, begun.segmentBytes))
      yield* fileEntry(cluster, `pg_wal/${name}`, begun.segmentBytes);
    return { ...begun, stopLsn: end.stopLsn, stoppedAt: end.stoppedAt };
  } finally {
    // The end of the session ends the backup mode and the slot, however we got here.
    await session.end();
  }
}

async function begin(session: pg.Client) {
  await session.query("set statement_timeout = 0");
  const { rows: known } = await session.query<{ there: boolean }>(
    "select to_regclass('migration') is not null as there",
  );
  const { rows: ran } = known[0]?.there
    ? await session.query<{ name: string | null }>("select max(name) as name from migration")
    : { rows: [] };
  // Until the end of the session no segment that the copy needs is recycled, with or without an archive.
  await session.query("select pg_create_physical_replication_slot('tietovirta_base_' || pg_backend_pid(), true, true)");
  const { rows } = await session.query<{
    start: string;
    startedat: Date;
    system: string;
    version: number;
    segment: string;
  }>(`select pg_backup_start('tietovirta', fast => true)::text as start, clock_timestamp() as startedat,
        (select system_identifier::text from pg_control_system()) as system, current_setting('server_version_num')::int as version,
        (select setting from pg_settings where name = 'wal_segment_size') as segment`);
  const [told] = rows;
  // Asked after the start: its checkpoint is the one that counts.
  const { rows: after } = await session.query<{ timeline: number }>(
    "select timeline_id as timeline from pg_control_checkpoint()",
  );
  const timeline = after[0]?.timeline;
  if (!told || timeline === undefined) throw new Error("pg_backup_start answered nothing");
  return {
    major: Math.floor(told.version / 10_000),
    schema: ran[0]?.name ?? null,
    system: told.system,
    timeline,
    startLsn: told.start,
    segmentBytes: Number(told.segment),
    startedAt: told.startedat,
  };
}

async function finish(session: pg.Client) {
  const { rows } = await session.query<{ lsn: string; label: string; map: string | null }>(
    "select lsn::text as lsn, labelfile as label, spcmapfile as map from pg_backup_stop(wait_for_archive => false)",
  );
  const { rows: clock } = await session.query<{ now: Date }>("select clock_timestamp() as now");
  const [told] = rows;
  if (!told || !clock[0] || bytesOf(told.lsn) === 0n) throw new Error("pg_backup_stop answered nothing");
  return { stopLsn: told.lsn, label: told.label, map: told.map ?? "", stoppedAt: clock[0].now };
}

async function* fileEntry(cluster: string, path: string, mustHave?: number): AsyncGenerator<BaseEntry> {
  const full = join(cluster, path);
  const init = initForkOf(path);
  if (init !== null && existsSync(join(cluster, init))) return;
  const file = await open(full, "r").catch(nullIfGone);
  if (file === null) {
    if (mustHave !== undefined) throw new Error("a segment that the copy needs is gone");
    return;
  }
  try {
    const { size } = await file.stat();
    if (mustHave !== undefined && size !== mustHave) throw new Error("a segment that the copy needs is not whole");
    yield { path, folder: false, bytes: size, pieces: piecesOf(file, size) };
  } finally {
    await file.close();
  }
}

type Readable = {
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
};

async function* piecesOf(file: Readable, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; ) {
    // A new one each time: whoever takes it may still hold the one before.
    const piece = Buffer.alloc(Math.min(pieceBytes, bytes - at));
    let filled = 0;
    while (filled < piece.length) {
      const { bytesRead } = await file.read(piece, filled, piece.length - filled, at + filled);
      // Shorter than it was a moment ago: the rest stays zero.
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    yield piece;
    at += piece.length;
  }
}

/** The server rewrites it in place, and its checksum is over the whole: half of two writings would not start. */
async function readSteady(path: string): Promise<Buffer> {
  let before = await readFile(path);
  for (;;) {
    await pause(5);
    const now = await readFile(path);
    if (now.equals(before)) return now;
    before = now;
  }
}

function bytesEntry(path: string, bytes: Buffer): BaseEntry {
  const pieces = (async function* () {
    if (bytes.length > 0) yield bytes;
  })();
  return { path, folder: false, bytes: bytes.length, pieces };
}
