import assert from "node:assert/strict";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { baseCopy } from "../db/baseCopy.ts";
import { oneSession } from "../db/connect.ts";
import { type Postgres, startPostgres } from "../db/supervisor.ts";
import { Problem } from "../values/problem.ts";
import { INSTALLATION, newParty, newSigner } from "./backup.test-seam.ts";
import { makeBase } from "./base.ts";
import { filesPath, type Manifest, manifestPath, signManifest } from "./manifest.ts";
import { type RestoreOptions, restoreCluster } from "./restoreCluster.ts";
import type { Sealing, Unsealing } from "./seal.ts";
import { unsealStream } from "./seal.ts";
import { folderShelf, type Shelf } from "./shelf.ts";
import { unpack } from "./tar.ts";
import { openTarget } from "./target.ts";
import { ship, waiting, walPath } from "./wal.ts";

const fast = { fsync: "off", full_page_writes: "on", shared_buffers: "32MB" };
const signer = newSigner();
let root: string;
let postgres: Postgres;
let party: Awaited<ReturnType<typeof newParty>>;
let shelf: Shelf;
let sealing: Sealing;
let unsealing: Unsealing;
let base: Manifest;
/** Between the two changes. */
let between: Date;
/** Everything of the first server is committed and shipped. */
let afterFour: Date;
const shipped: string[] = [];

async function query<T extends object>(server: Postgres, text: string): Promise<T[]> {
  const session = oneSession(server.superuser);
  await session.connect();
  try {
    return (await session.query<T>(text)).rows;
  } finally {
    await session.end();
  }
}

async function archiveAll(server = postgres): Promise<void> {
  const [last] = await query<{ name: string }>(server, "select pg_walfile_name(pg_switch_wal()) as name");
  const spool = folderShelf(server.spool ?? "");
  while (!(await waiting(spool)).includes(last?.name ?? "")) await pause(20);
  const names = await waiting(spool);
  await ship(names, { spool, shelf, sealing, unsealing, now: () => new Date() });
  shipped.push(...names);
}

before(async () => {
  root = await mkdtemp(join(tmpdir(), "tietovirta-restore-"));
  await chmod(root, 0o711);
  await mkdir(join(root, "backup"));
  party = await newParty();
  sealing = { installation: INSTALLATION, recipients: [party.recipient], signers: [signer] };
  unsealing = { installation: INSTALLATION, identities: [party.identity], trusted: [signer.publicKey] };
  postgres = await startPostgres({ dataDir: join(root, "data"), log: () => undefined, settings: fast, archive: true });
  ({ shelf } = await openTarget(join(root, "backup"), INSTALLATION, join(root, "data")));
  await query(postgres, "create table thing (id int primary key); insert into thing values (1)");
  await query(
    postgres,
    "create unlogged table token (id int primary key); insert into token select generate_series(1, 5000)",
  );
  base = await makeBase({ shelf, source: baseCopy(postgres), sealing, server: "test", at: new Date() });
  await query(postgres, "insert into thing values (2)");
  between = (await query<{ now: Date }>(postgres, "select clock_timestamp() as now"))[0]?.now ?? new Date(0);
  await pause(5);
  await archiveAll();
  await query(postgres, "insert into thing values (3)");
  await archiveAll();
  await query(postgres, "insert into thing values (4)");
  await archiveAll();
  afterFour = (await query<{ now: Date }>(postgres, "select clock_timestamp() as now"))[0]?.now ?? new Date(0);
});
after(async () => {
  await postgres?.stop();
  await rm(root, { recursive: true, force: true });
});

let folders = 0;
const options = (more: Partial<RestoreOptions> = {}): RestoreOptions => ({
  from: join(root, "backup"),
  to: join(root, `restored-${++folders}`),
  identities: [party.identity],
  trusted: [signer.publicKey],
  log: () => undefined,
  now: new Date(),
  settings: fast,
  ...more,
});

async function thingsIn(dataDir: string): Promise<number[]> {
  const server = await startPostgres({ dataDir, log: () => undefined, settings: fast, restoring: true });
  try {
    assert.deepEqual(await query(server, "select from token"), []);
    return (await query<{ id: number }>(server, "select id from thing order by id")).map(({ id }) => id);
  } finally {
    await server.stop();
  }
}

const refusedAs =
  (code: string, facts: Record<string, unknown> = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(facts)) assert.equal(error.facts[name], value);
    return true;
  };

/** A copy of the target that a test may damage. */
async function copied(): Promise<string> {
  const dir = join(root, `target-${++folders}`);
  await cp(join(root, "backup"), dir, { recursive: true });
  return dir;
}

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = Math.floor(bytes.length * 0.7);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

test("a copy brought to a moment has what was before it and not what came after, and waits for its gate", async () => {
  const asked = options({ at: between });
  const restored = await restoreCluster(asked);
  assert.equal(restored.base.name, base.name);
  assert.ok(restored.until <= between);
  await assert.rejects(startPostgres({ dataDir: asked.to, log: () => undefined }), refusedAs("restoreUnfinished"));
  assert.deepEqual(await thingsIn(asked.to), [1, 2]);
  const inside = await readdir(join(asked.to, "postgres")).catch((): string[] => []);
  assert.ok(!inside.includes("fetch"), "segments were left in the clear");
});

test("without a moment everything that was shipped is there; a moment after it is the same", async () => {
  for (const more of [{}, { at: new Date(Date.now() + 3600_000) }]) {
    const asked = options(more);
    await restoreCluster(asked);
    assert.deepEqual(await thingsIn(asked.to), [1, 2, 3, 4]);
  }
});

test("the copy holds no other fork of an unlogged table than the empty one", async () => {
  const [token] = await query<{ path: string }>(postgres, "select pg_relation_filepath('token') as path");
  const [thing] = await query<{ path: string }>(postgres, "select pg_relation_filepath('thing') as path");
  const paths: string[] = [];
  for await (const entry of unpack(unsealStream(shelf.stream(filesPath(base.name)), "x", [party.identity]))) {
    paths.push(entry.path);
    if (!entry.folder) for await (const piece of entry.pieces) assert.ok(piece.length > 0);
  }
  assert.ok(paths.includes(thing?.path ?? ""), "premise: a logged table is in the copy");
  assert.ok(paths.includes(`${token?.path}_init`));
  assert.deepEqual(
    paths.filter(
      (path) =>
        path === token?.path ||
        path.startsWith(`${token?.path}.`) ||
        path.startsWith(`${token?.path}_vm`) ||
        path.startsWith(`${token?.path}_fsm`),
    ),
    [],
  );
  for (const left of ["postmaster.pid", "postgresql.conf", "recovery.signal", "pg_hba.conf"])
    assert.ok(!paths.includes(left));
  assert.ok(paths.includes("backup_label"));
});

test("copies of several installations in one folder: which one is meant must be said", async () => {
  const from = await copied();
  const other = INSTALLATION.replace("0198f000", "0198f001");
  assert.notEqual(other, INSTALLATION);
  await cp(join(from, INSTALLATION), join(from, other), { recursive: true });
  const asked = options({ from });
  await assert.rejects(restoreCluster(asked), (error: unknown) => {
    const named = refusedAs("backupSeveral", { folder: from })(error) && error instanceof Problem;
    assert.deepEqual(named && String(error.facts.installations).split(", ").sort(), [INSTALLATION, other]);
    return true;
  });
  await restoreCluster({ ...asked, installation: INSTALLATION });
  assert.deepEqual(await thingsIn(asked.to), [1, 2, 3, 4]);
});

test("a copy of another major version of PostgreSQL is refused before anything is written", async () => {
  const from = await copied();
  const path = join(from, INSTALLATION, manifestPath(base.name));
  const others = { ...base, postgres: { ...base.postgres, major: base.postgres.major - 1 } };
  await writeFile(path, signManifest(others, [signer]));
  const asked = options({ from });
  const codes = { found: base.postgres.major - 1, expected: base.postgres.major };
  await assert.rejects(restoreCluster(asked), refusedAs("backupMajor", codes));
  assert.ok(!(await readdir(root)).some((name) => asked.to.endsWith(`/${name}`)));
});

test("a tablespace is refused by name: a copy without it would look whole", async () => {
  const place = join(root, "elsewhere");
  await mkdir(place);
  const { uid, gid } = await stat(join(postgres.cluster, "PG_VERSION"));
  if (process.getuid?.() === 0) await chown(place, uid, gid);
  await query(postgres, `create tablespace elsewhere location '${place}'`);
  try {
    const before = await shelf.list("base");
    const making = makeBase({ shelf, source: baseCopy(postgres), sealing, server: "test", at: new Date() });
    await assert.rejects(making, (error: unknown) => {
      assert.ok(refusedAs("backupTablespace")(error) && error instanceof Problem);
      assert.match(String(error.facts.path), /^pg_tblspc\/\d+$/);
      return true;
    });
    for (const name of await shelf.list("base"))
      if (!before.includes(name)) assert.equal(await shelf.bytesOf(manifestPath(name)), null, "nothing that counts");
    const [slot] = await query<{ slots: string }>(postgres, "select count(*) as slots from pg_replication_slots");
    assert.equal(Number(slot?.slots), 0, "the server has left its backup mode");
  } finally {
    await query(postgres, "drop tablespace elsewhere");
  }
});

test("a changed byte in a manifest, in the files or in the log is refused, and nothing is left of the attempt", async () => {
  const segment = shipped.at(-2) ?? "";
  for (const [path, codes] of [
    [manifestPath(base.name), ["backupForged", "backupDamaged"]],
    [filesPath(base.name), ["backupDamaged"]],
    [walPath(segment), ["backupDamaged"]],
  ] as const) {
    const from = await copied();
    await flip(join(from, INSTALLATION, path));
    const asked = options({ from });
    await assert.rejects(restoreCluster(asked), (error: unknown) => {
      assert.ok(error instanceof Problem, String(error));
      assert.ok((codes as readonly string[]).includes(error.code), error.code);
      assert.ok(String(error.facts.file).startsWith(path), String(error.facts.file));
      return true;
    });
    assert.deepEqual(
      (await readdir(root)).filter((name) => asked.to.endsWith(`/${name}`)),
      [],
    );
  }
});

test("each thing that is missing or does not fit is told by its name", async () => {
  const from = await copied();
  const segment = shipped.at(-2) ?? "";
  await rm(join(from, INSTALLATION, walPath(segment)));
  await assert.rejects(restoreCluster(options({ from })), refusedAs("backupWalMissing", { segment }));
  const other = await newParty();
  await assert.rejects(restoreCluster(options({ identities: [other.identity] })), refusedAs("backupWrongKey"));
  await assert.rejects(restoreCluster(options({ trusted: [newSigner().publicKey] })), refusedAs("backupForged"));
  await assert.rejects(restoreCluster(options({ at: new Date(0) })), refusedAs("backupNoneBefore"));
  const empty = join(root, "nothing");
  await mkdir(empty);
  await assert.rejects(restoreCluster(options({ from: empty })), refusedAs("backupNone"));
  await assert.rejects(restoreCluster(options({ from: join(root, "away") })), refusedAs("backupTarget"));
  await assert.rejects(restoreCluster(options({ to: join(root, "backup") })), refusedAs("restoreFolderNotEmpty"));
});

test("after a restore time goes on in a line of its own, and each moment is found on the line it was on", async () => {
  const asked = options({ at: between });
  await restoreCluster(asked);
  const again = await startPostgres({
    dataDir: asked.to,
    log: () => undefined,
    settings: fast,
    restoring: true,
    archive: true,
  });
  try {
    await query(again, "insert into thing values (5)");
    await archiveAll(again);
  } finally {
    await again.stop();
  }
  for (const [at, things] of [
    [undefined, [1, 2, 5]],
    [between, [1, 2]],
    [afterFour, [1, 2, 3, 4]],
  ] as const) {
    const anew = options(at && { at });
    await restoreCluster(anew);
    assert.deepEqual(await thingsIn(anew.to), things);
  }
});
