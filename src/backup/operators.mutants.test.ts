// Where the database is the operator's own, or no target is declared: the keyring and the journal are ours to copy all the same, and the state tells the truth.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { backupRuns } from "../registers/evidence/backupRuns.ts";
import { testApp } from "../test/app.ts";
import { newId } from "../values/Uuid.ts";
import { openBackup } from "./backup.ts";
import { keepCopying } from "./going.ts";
import { keyringNames } from "./keyringCopy.ts";
import { periodsOn } from "./periods.ts";
import { folderShelf } from "./shelf.ts";

async function ready() {
  const t = await testApp();
  const root = await mkdtemp(join(tmpdir(), "tietovirta-operators-"));
  after(() => rm(root, { recursive: true, force: true }));
  const [dir, elsewhere, dataDir] = ["copies", "elsewhere", "data"].map((name) => join(root, name));
  assert.ok(dir && elsewhere && dataDir);
  for (const folder of [dir, elsewhere, dataDir]) await mkdir(folder);
  const open = (to: { dir: string; system: string } | null) =>
    openBackup({ gate: t.gate, db: t.db, physical: null, to, dataDir, version: "test" });
  const at = (folder: string) => folderShelf(join(folder, t.keys.installation));
  return { ...t, dir, elsewhere, dataDir, open, at, to: { dir, system: "backupDisk" } };
}

test("without a target nothing is copied by itself, and a copy needs a folder named", async () => {
  const { open, elsewhere, at, gate } = await ready();
  const backup = open(null);
  await assert.rejects(backup.copyNow(), { code: "backupNoTarget", status: 409 });
  assert.equal(await backup.carryAway(), true);
  assert.equal(await backup.baseIsDue(), false);
  assert.deepEqual(await backup.state(), {
    ...{ target: null, operators: true, lastBase: null, lastAttempt: null, log: null, troubleFacts: {} },
    ...{ journal: { at: null }, keyring: { at: null, ageSeconds: null } },
    ...{ gap: false, trouble: null, nextBaseAt: null },
  });
  const done = await backup.copyNow(elsewhere);
  assert.deepEqual(done, { folder: join(elsewhere, gate.keys.installation), base: null });
  assert.equal((await keyringNames(at(elsewhere))).length, 1);
  assert.equal((await at(elsewhere).list("journal")).length, 1);
  const { keyring, journal } = await backup.state();
  assert.deepEqual([keyring.at, journal.at], [null, null], "a copy elsewhere says nothing of the declared target");
  const lines: string[] = [];
  await keepCopying(backup, (line) => lines.push(line))();
  assert.deepEqual(lines, []);
});

test("the keyring and the journal go to the target; the base copy is the operator's own matter", async () => {
  const { open, to, dir, at, clock } = await ready();
  const backup = open(to);
  const { base } = await backup.copyNow();
  assert.equal(base, null);
  assert.deepEqual(await at(dir).list("base"), []);
  assert.equal((await keyringNames(at(dir))).length, 1);
  assert.equal(await backup.baseIsDue(), false);
  clock.forward(90_000);
  const state = await backup.state();
  assert.deepEqual(
    [state.target, state.operators, state.lastBase, state.log, state.trouble, state.nextBaseAt],
    [to, true, null, null, null, null],
  );
  assert.deepEqual(state.keyring, { at: "2026-11-22T10:00:00.000Z", ageSeconds: 90 });
  assert.equal(state.journal.at, "2026-11-22T10:00:00.000Z");
  const again = await open(to).state();
  assert.deepEqual(again.keyring, state.keyring, "a command beside the server looks at the target");
  const { databaseDays } = periodsOn(clock.now());
  assert.deepEqual(await backup.oldestCopy(), new Date(clock.now().getTime() - databaseDays * 86_400_000));
});

test("the keyring is copied when it has changed, not more often than it must be, and once more at the end", async () => {
  const { open, to, dir, at, clock, keys } = await ready();
  const backup = open(to);
  const copies = async () => (await keyringNames(at(dir))).length;
  assert.equal(await backup.carryAway(), true);
  assert.equal(await copies(), 1);
  clock.forward(60_000);
  await backup.carryAway();
  assert.equal(await copies(), 1, "nothing has changed");
  const change = () => keys.keysFor([{ register: "customers", subject: newId(), rule: "warranty" }]);
  await change();
  await backup.carryAway();
  assert.equal(await copies(), 2);
  await change();
  clock.forward(14_000);
  await backup.carryAway();
  assert.equal(await copies(), 2, "it was copied only just now");
  clock.forward(1_000);
  await backup.carryAway();
  assert.equal(await copies(), 3);
  await change();
  clock.forward(1_000);
  await backup.finish();
  assert.deepEqual((await keyringNames(at(dir))).at(-1), "20261122T100116Z.age", "the last moment goes out too");
});

test("a target that is away is told once, and once more when it is back", async () => {
  const { open, to, dir, gate, clock } = await ready();
  const backup = open(to);
  await rm(dir, { recursive: true });
  assert.equal(await backup.carryAway(), false);
  assert.equal(await backup.carryAway(), false);
  assert.equal((await backup.state()).trouble, "backupTarget");
  assert.ok(!existsSync(dir), "nothing is made in its place");
  await mkdir(dir);
  clock.forward(5_000);
  assert.equal(await backup.carryAway(), true);
  assert.equal((await backup.state()).trouble, null);
  const told = (await backupRuns(gate, "archive", 9)).map(({ problem }) => problem);
  assert.deepEqual(told, [null, "backupTarget"]);
});

test("what fails elsewhere is told to whoever asked, and is no fault of the declared target", async () => {
  const { open, to, elsewhere } = await ready();
  const backup = open(to);
  await backup.copyNow();
  await rm(elsewhere, { recursive: true });
  await assert.rejects(backup.copyNow(elsewhere), { code: "backupTarget" });
  assert.equal((await backup.state()).lastAttempt, null);
  await rm(to.dir, { recursive: true });
  await assert.rejects(backup.copyNow(), { code: "backupTarget" });
  assert.equal((await backup.state()).lastAttempt?.problem, "backupTarget");
  assert.deepEqual(await readdir(join(to.dir, "..")), ["data"]);
});
