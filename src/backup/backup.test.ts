// A whole installation with its own PostgreSQL: copies go out, the target goes away and comes back, and the paper brings everything up elsewhere.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { closeSegment } from "../db/archive.ts";
import { connect } from "../db/connect.ts";
import { startPostgres } from "../db/supervisor.ts";
import { ageSecretOf } from "../documents/recoverySheet/secret.ts";
import { openGate } from "../gate/gate.ts";
import { openKeyring } from "../keys/keyring.ts";
import { backupRuns } from "../registers/evidence/backupRuns.ts";
import { clockIsRight, confirmClock } from "../registers/evidence/clock.ts";
import { type OpenRegister, openRegister } from "../server/openRegister.ts";
import { readSettings } from "../server/settings.ts";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { openBackup } from "./backup.ts";
import { stampOf } from "./base.ts";
import { bringBack } from "./bringBack.ts";
import { readDrillKey } from "./drillKey.ts";
import { keyringNames, newestKeyring } from "./keyringCopy.ts";
import { baseNames } from "./manifest.ts";
import { folderShelf } from "./shelf.ts";
import { keyringBeside, removeStrayKeyrings } from "./strayKeyrings.ts";

let root: string;
let dataDir: string;
let copies: string;
let register: OpenRegister;
let secret: Buffer;

before(async () => {
  root = await mkdtemp(join(tmpdir(), "tietovirta-backup-"));
  await chmod(root, 0o711);
  [dataDir, copies] = [join(root, "data"), join(root, "copies")];
  await mkdir(copies);
  const settings = readSettings({ DATA_DIR: dataDir, BACKUP_DIR: copies, BACKUP_SYSTEM: "backupDisk" });
  register = await openRegister(settings, { log: () => undefined, language: "en" });
  secret = (await register.keys.recoverySecret()) ?? assert.fail("no secret waits");
});
after(async () => {
  await register?.close();
  await rm(root, { recursive: true, force: true });
});

const shelf = () => folderShelf(join(copies, register.keys.installation));
const strays = async () => (await readdir(root)).filter((name) => name.startsWith(".tietovirta"));
const strayRoots = async () => (await strays()).filter((name) => existsSync(join(root, name, "root.key"))).length;
async function closeAll(): Promise<void> {
  const { postgres } = register;
  assert.ok(postgres?.spool);
  await closeSegment(postgres.superuser, postgres.spool);
}

/** A value sealed under a key of its own; the row is a token row, which any owner may write. */
async function sealOne(text: string) {
  const place = { register: "customers", category: "name", row: newId(), subject: newId() };
  const [key] = await register.keys.keysFor([{ register: "customers", subject: place.subject, rule: "warranty" }]);
  const [sealed] = await register.keys.seal([{ place, key: key ?? "", plain: Buffer.from(text) }]);
  return { place, sealed: sealed ?? assert.fail() };
}

test("a base copy, the log and the keyring stand at the target, and the state tells it", async () => {
  const done = await register.backup.copyNow();
  assert.ok(done.base);
  assert.deepEqual(await baseNames(shelf()), [done.base.name]);
  assert.equal((await keyringNames(shelf())).length, 1);
  assert.equal((await stat(join(dataDir, "keyring", "drill.key"))).mode & 0o777, 0o400);
  const state = await register.backup.state();
  assert.equal(state.lastBase?.name, done.base.name);
  assert.equal(state.lastAttempt?.problem, null);
  assert.equal(state.trouble, null);
  assert.equal(await register.backup.baseIsDue(), false);
});

test("the drill's key opens no copy of the keyring", async () => {
  const drill = await readDrillKey(join(dataDir, "keyring"));
  assert.ok(drill);
  const { installation } = register.keys;
  const trying = newestKeyring(shelf(), { installation, identities: [drill.identity], trusted: null });
  await assert.rejects(trying, { code: "backupWrongKey" });
});

test("a target that goes away is told and nothing is made in its place; when it is back everything goes out", async () => {
  await rename(copies, `${copies}-away`);
  await closeAll();
  assert.equal(await register.backup.carryAway(), false);
  const away = await register.backup.state();
  assert.equal(away.trouble, "backupTarget");
  assert.ok((away.log?.waiting ?? 0) > 0);
  assert.ok(!(await readdir(root)).includes("copies"));
  // A mount point without its share.
  await mkdir(copies);
  assert.equal(await register.backup.carryAway(), false);
  assert.deepEqual(await readdir(copies), []);
  await assert.rejects(
    register.backup.copyNow(),
    (error: unknown) => error instanceof Problem && error.code === "backupTarget",
  );
  const { lastAttempt } = await register.backup.state();
  assert.equal(lastAttempt?.problem, "backupTarget");
  assert.equal(lastAttempt.problemFacts.reason, "ENOENT");
  assert.ok(String(lastAttempt.problemFacts.folder).startsWith(copies), "which folder is away");
  await rm(copies, { recursive: true });
  await rename(`${copies}-away`, copies);
  assert.equal(await register.backup.carryAway(), true);
  const back = await register.backup.state();
  assert.equal(back.trouble, null);
  assert.equal(back.log?.waiting, 0);
  const told = (await backupRuns(register.gate, "archive", 9)).map(({ problem }) => problem);
  assert.deepEqual(told.slice(0, 2), [null, "backupTarget"]);
});

test("segments are given up when too many wait, told as a gap, and the next base copy closes it", async () => {
  const { postgres: physical } = register;
  const { gate, databases } = register;
  const to = { dir: join(root, "never-there"), system: "backupDisk" };
  const small = { files: 0, freeBytes: 0 };
  const parts = { gate, db: databases.read, physical, dataDir, version: "test" };
  await closeAll();
  assert.equal(await openBackup({ ...parts, to, limits: small }).carryAway(), false);
  const state = await register.backup.state();
  assert.equal(state.gap, true);
  assert.equal(state.trouble, "backupGap");
  assert.equal(state.log?.waiting, 0);
  assert.equal(await register.backup.baseIsDue(), true);
  await pause(1000);
  await register.backup.copyNow();
  assert.equal((await register.backup.state()).gap, false);
});

test("a target that hangs is told in time, later turns do not wait for it, and it is taken up again", async () => {
  const { gate, databases, keys } = register;
  const to = { dir: join(root, "hanging"), system: "backupDisk" };
  await mkdir(to.dir);
  const limits = { files: 512, freeBytes: 0, waitMs: 300 };
  // Keyring and journal alone: the log's segments are the other target's.
  const backup = openBackup({ gate, db: databases.read, physical: null, dataDir, version: "test", to, limits });
  assert.equal(await backup.carryAway(), true);
  const before = (await backup.state()).keyring.at;
  // The next copy of the keyring is written beside its place first: a pipe in that place is a write that never begins.
  const pipes = Array.from({ length: 30 }, (_, second) =>
    join(to.dir, keys.installation, "keyring", `${stampOf(new Date(Date.now() + second * 1000))}.age.new`),
  );
  execFileSync("mkfifo", pipes);
  await sealOne("Hanhi");
  assert.equal(await backup.carryAway({ last: true }), false);
  assert.equal((await backup.state()).trouble, "backupTarget");
  // Nothing is asked of it, so nothing piles up; the register itself goes on.
  for (let turn = 0; turn < 20; turn++) assert.equal(await backup.carryAway(), false);
  await backup.finish();
  await sealOne("Haikara");
  for (const pipe of pipes) await readFileOfPipe(pipe);
  await pause(50);
  assert.equal(await backup.carryAway({ last: true }), true);
  const state = await backup.state();
  assert.equal(state.trouble, null);
  assert.notEqual(state.keyring.at, before);
});

/** Lets go whoever waits to write into it. */
async function readFileOfPipe(pipe: string): Promise<void> {
  const end = await open(pipe, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  await pause(20);
  await end?.close();
  await rm(pipe, { force: true });
}

test("no copy goes by a clock that has jumped", async () => {
  const { gate, databases, keys, inForce, postgres: physical } = register;
  assert.ok(await clockIsRight(gate), "what is seen now is believed");
  const to = { dir: join(root, "second"), system: "backupDisk" };
  await mkdir(to.dir);
  const parts = { db: databases.read, physical, dataDir, version: "test", to };
  const there = folderShelf(join(to.dir, keys.installation));
  const standing = async () => [...(await baseNames(there)), ...(await keyringNames(there))];
  await openBackup({ ...parts, gate }).copyNow();
  const before = await standing();
  const jumped = openGate({ databases, keys, inForce, clock: { now: () => new Date(Date.now() + 400 * 86_400_000) } });
  await openBackup({ ...parts, gate: jumped }).copyNow();
  const after = await standing();
  assert.equal(after.length, before.length + 2);
  assert.deepEqual(
    before.filter((name) => !after.includes(name)),
    [],
  );
  await confirmClock(jumped, { actor: { kind: "system", id: "system:test" }, requestId: newId() });
  await openBackup({ ...parts, gate: jumped }).copyNow();
  const confirmed = await standing();
  assert.deepEqual(
    before.filter((name) => confirmed.includes(name)),
    [],
    "with a person's word for the clock they go",
  );
});

test("the paper and the copies bring the register up on another machine", async () => {
  const { place, sealed } = await sealOne("Kanerva");
  const owner = connect(register.ownerConnection, { max: 1 });
  await owner.insertInto("subject").values({ id: place.subject }).execute();
  await owner.destroy();
  const { installation } = register.keys;
  // To the last moment, as a server that stops.
  await register.backup.finish();
  await register.close();
  const undeclared = readSettings({ DATA_DIR: dataDir, BACKUP_DIR: copies, BACKUP_SYSTEM: "nowhere" });
  await assert.rejects(openRegister(undeclared, { log: () => undefined, language: "en" }), {
    code: "helperUndeclared",
  });
  const into = join(root, "again");
  const restored = await bringBack({ from: copies, to: into, secret, log: () => undefined, now: new Date() });
  assert.equal(restored.installation, installation);
  const keys = await openKeyring({ folder: join(into, "keyring"), mode: "existing" });
  const [plain] = await keys.open([{ place, sealed }]);
  await keys.close();
  assert.equal(plain?.toString(), "Kanerva");
  const settings = readSettings({ DATA_DIR: into });
  const opening = openRegister(settings, { log: () => undefined, language: "en" });
  await assert.rejects(opening, { code: "restoreUnfinished" });
  const postgres = await startPostgres({ dataDir: into, log: () => undefined, restoring: true });
  const db = connect(postgres.owner, { max: 1 });
  const found = await db.selectFrom("subject").select("id").where("id", "=", place.subject).execute();
  await db.destroy();
  await postgres.stop();
  assert.equal(found.length, 1);
  assert.deepEqual(await strays(), []);
  // A restore that was killed leaves a root key beside its target; a living one's stays.
  const sheet = join(root, "sheet");
  await writeFile(sheet, ageSecretOf(secret), { mode: 0o600 });
  const kill = async () => {
    const cut = join(root, "cut");
    const args = ["restore", "--from", copies, "--into", cut, "--recovery-file", sheet];
    const program = fileURLToPath(new URL("../cli/tietovirta.ts", import.meta.url));
    const restoring = spawn(process.execPath, [program, ...args], { stdio: "ignore" });
    const ended = once(restoring, "exit");
    while (restoring.exitCode === null && (await strayRoots()) === 0) await pause(5);
    restoring.kill("SIGKILL");
    assert.equal((await ended)[1], "SIGKILL", "it was killed in the middle");
    await rm(cut, { recursive: true, force: true });
  };
  await kill();
  assert.equal(await strayRoots(), 1, "and left what it had");
  const living = await keyringBeside(root);
  await writeFile(join(living.folder, "root.key"), "");
  assert.equal(await removeStrayKeyrings(root), 1);
  assert.equal(await strayRoots(), 1, "the living one's");
  await living.letGo();
  assert.deepEqual(await strays(), []);
  await kill();
  assert.equal(await strayRoots(), 1);
  // With the keyring that lived on; the next restore has removed it.
  const beside = join(root, "beside");
  await bringBack({
    from: copies,
    to: beside,
    keyring: join(dataDir, "keyring"),
    log: () => undefined,
    now: new Date(),
  });
  assert.ok((await readdir(join(beside, "keyring"))).includes("root.key"));
  assert.deepEqual(await strays(), []);
  await assert.rejects(
    bringBack({
      from: copies,
      to: join(root, "no"),
      secret: Buffer.alloc(32, 7),
      log: () => undefined,
      now: new Date(),
    }),
    { code: "backupWrongKey" },
  );
});
