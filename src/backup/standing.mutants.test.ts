// What is told of drills, anchors and copies that go out: by what stands written, at its edges.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { backupRuns, writeBackupRun } from "../registers/evidence/backupRuns.ts";
import { signCheckpoint } from "../registers/evidence/log/checkpoints.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { openSequencer } from "../registers/evidence/log/sequencer.ts";
import { testApp } from "../test/app.ts";
import { openBackup } from "./backup.ts";
import { drillAnchors } from "./drillAnchors.ts";
import { clearDrills, drillPlace } from "./drillPlaces.ts";
import { drillStanding } from "./drillStanding.ts";
import { keepCopying } from "./going.ts";

const HOUR = 3600_000;
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-standing-"));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("a drill is good for two nights, and one that never came is late after two", async () => {
  const { gate, clock } = await testApp();
  const standing = () => drillStanding(gate, { drilled: true });
  const run = (kind: "base" | "drill", problem: string | null = null, problemFacts = {}) => {
    const at = clock.now();
    const nothing = { name: null, bytes: null, facts: null };
    return writeBackupRun(gate, { kind, startedAt: at, finishedAt: at, ...nothing, problem, problemFacts });
  };
  assert.deepEqual(await drillStanding(gate, { drilled: false }), {
    state: "nothing",
    problem: null,
    problemFacts: {},
    at: null,
  });
  assert.deepEqual(await standing(), { state: "never", problem: null, problemFacts: {}, at: null });
  await run("base");
  clock.forward(48 * HOUR);
  assert.equal((await standing()).state, "never");
  clock.forward(1);
  assert.equal((await standing()).state, "late");
  await run("drill");
  const at = clock.now();
  assert.deepEqual(await standing(), { state: "good", problem: null, problemFacts: {}, at });
  clock.forward(48 * HOUR);
  assert.equal((await standing()).state, "good");
  clock.forward(1);
  assert.deepEqual(await standing(), { state: "late", problem: null, problemFacts: {}, at });
  await run("drill", "backupDamaged", { file: "base/20261123T010000Z/files.age" });
  const told = { problem: "backupDamaged", problemFacts: { file: "base/20261123T010000Z/files.age" } };
  assert.deepEqual(await standing(), { state: "failed", ...told, at: clock.now() });
  const [kept] = await backupRuns(gate, "drill", 1);
  assert.equal(kept?.facts, null, "what its sentence names is not taken for its counts");
});

test("anchors are the log's own newest and those outside that it must already hold", async () => {
  const { gate, ask } = await testApp();
  const folder = await newFolder();
  assert.deepEqual(await drillAnchors(gate, undefined), []);
  const sequencer = openSequencer(gate);
  const signed = async () => {
    await ask("sales", "POST", "/api/customers/search", { search: "Nobody" });
    while ((await sequencer.step()) > 0);
    await signCheckpoint(gate);
    return (await evidenceLogOf(gate).head()).checkpoint?.note ?? assert.fail();
  };
  const [first, second] = [await signed(), await signed()];
  assert.deepEqual(await drillAnchors(gate, undefined), [second]);
  assert.deepEqual(await drillAnchors(gate, join(folder, "away")), [second]);
  const mine = join(folder, gate.keys.installation);
  await mkdir(join(mine, "4.txt"), { recursive: true });
  await writeFile(join(mine, "1.txt"), "too old to be asked");
  await writeFile(join(mine, "2.txt"), `${first}\n${second}`);
  await writeFile(join(mine, "3.txt"), "no note\n");
  await writeFile(join(mine, "note.md"), first);
  assert.deepEqual(await drillAnchors(gate, folder), [second, first, second, "no note\n"]);
});

test("a drill has a folder of its own beside the data, or none where there is no room, and nothing of it stays", async () => {
  const root = await newFolder();
  const dataDir = join(root, "data");
  await mkdir(dataDir);
  assert.equal(await drillPlace(dataDir, 0), join(root, ".data-drill"));
  await clearDrills(dataDir);
  await clearDrills(dataDir);
  assert.deepEqual(await readdir(root), ["data"]);
  await assert.rejects(drillPlace(dataDir, Number.MAX_SAFE_INTEGER), { code: "drillNoRoom", status: 507 });
  assert.deepEqual(await readdir(root), ["data"]);
  await assert.rejects(drillPlace(join(root, "away"), 0), { code: "ENOENT" });
});

test("while a server runs it says once that copies cannot go out and once that they do again", async () => {
  const { gate, db } = await testApp();
  const [root, dataDir] = [await newFolder(), await newFolder()];
  const to = { dir: join(root, "copies"), system: "backupDisk" };
  const backup = openBackup({ gate, db, physical: null, to, dataDir, version: "test" });
  const lines: string[] = [];
  const stop = keepCopying(backup, (line) => lines.push(line), 10);
  while (lines.length < 1) await pause(10);
  await pause(100);
  await mkdir(to.dir);
  while (lines.length < 2) await pause(10);
  await stop();
  assert.match(lines.join("\n"), /^Copies cannot be carried away.*\nCopies go out again\.$/);
  assert.equal((await readdir(join(to.dir, gate.keys.installation, "keyring"))).length, 1);
});
