import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir, uptime } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { KeyringFault } from "../fault.ts";
import { openKeyring } from "../keyring.ts";
import { SimulatedDisk } from "./files.test-seam.ts";
import { type Machine, takeLock } from "./lock.ts";

const isLocked = (error: unknown) => error instanceof KeyringFault && error.code === "locked";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), "keyring-"));
  try {
    await work(join(parent, "keys"));
  } finally {
    await rm(parent, { recursive: true });
  }
}

test("one process at a time; closing gives the folder back; files are the owner's alone", () =>
  inFolder(async (folder) => {
    const keys = await openKeyring({ folder, mode: "create" });
    await assert.rejects(openKeyring({ folder, mode: "existing" }), isLocked);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(join(folder, "root.key"))).mode & 0o777, 0o400);
    assert.equal((await stat(join(folder, "keyring.snapshot"))).mode & 0o777, 0o600);
    await keys.close();
    const again = await openKeyring({ folder, mode: "existing" });
    assert.equal(again.installation, keys.installation);
    await again.close();
    const left = ["keyring.epoch", "keyring.log", "keyring.snapshot", "root.key", "root.recovery"];
    assert.deepEqual((await readdir(folder)).sort(), left);
  }));

test("the lock of a dead process, or of an earlier one with this number, is taken over by exactly one", () =>
  inFolder(async (folder) => {
    await (await openKeyring({ folder, mode: "create" })).close();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const nonce = "00000000-0000-4000-8000-000000000000";
    for (const dead of [
      { pid, started: "", nonce },
      { pid: process.pid, started: "another boot:1", nonce },
    ]) {
      await writeFile(join(folder, "keyring.lock"), JSON.stringify(dead));
      const tries = await Promise.allSettled(
        Array.from({ length: 8 }, () => openKeyring({ folder, mode: "existing" })),
      );
      const won = tries.flatMap((tried) => (tried.status === "fulfilled" ? [tried.value] : []));
      assert.equal(won.length, 1);
      assert.ok(tries.every((tried) => tried.status === "fulfilled" || isLocked(tried.reason)));
      assert.notEqual(JSON.parse(await readFile(join(folder, "keyring.lock"), "utf8")).nonce, nonce);
      await won[0]?.close();
    }
  }));

test("a lock that is being written just now is respected", () =>
  inFolder(async (folder) => {
    await (await openKeyring({ folder, mode: "create" })).close();
    await writeFile(join(folder, "keyring.lock"), "");
    await assert.rejects(openKeyring({ folder, mode: "existing" }), isLocked);
  }));

test("what a power cut left of a lock holds nobody up: it is older than the machine's start, or of a time that is not yet", () =>
  inFolder(async (folder) => {
    await (await openKeyring({ folder, mode: "create" })).close();
    const lock = join(folder, "keyring.lock");
    const [now, booted] = [Date.now() / 1000, Date.now() / 1000 - uptime()];
    assert.ok(uptime() > 20, "the machine has run long enough that its start is not just now");
    for (const left of ["", '{"pid":12,"sta'])
      for (const written of [booted - 2, now + 3600]) {
        await writeFile(lock, left);
        await utimes(lock, written, written);
        await (await openKeyring({ folder, mode: "existing" })).close();
        assert.ok(!(await readdir(folder)).includes("keyring.lock"));
      }
  }));

/** One start of a machine: another number of processes, and other starts of them, than in the one before. */
function boot(disk: SimulatedDisk, number: number): Machine {
  return {
    pid: 100,
    startOf: (pid) => `boot ${number}:${pid}`,
    exists: (pid) => pid === 100,
    nowMs: () => disk.nowMs,
    bootedMs: () => disk.nowMs - 5_000,
  };
}

test("power cut at any step of taking a lock, whatever reached the disk: the next start takes it at once", async () => {
  let cuts = 0;
  let whole = 0;
  for (const most of [0, 1, 8, 1000])
    for (let at = 1; at <= 12; at++) {
      const disk = new SimulatedDisk();
      // Once on a new folder, once over the lock of the start before.
      await takeLock(disk.process(), "keyring.lock", boot(disk, 1));
      for (const number of [2, 3]) {
        const dies = disk.process({ at, kind: "crash" });
        const taken = await takeLock(dies, "keyring.lock", boot(disk, number)).then(
          () => true,
          () => false,
        );
        disk.cutPower((all) => Math.min(all, most));
        const left = disk.contents().get("keyring.lock");
        if (taken)
          assert.equal(JSON.parse(String(left)).started, `boot ${number}:100`, "an acknowledged lock is whole");
        cuts += 1;
        whole += taken ? 1 : 0;
        // The machine takes longer to start than to fail.
        disk.wroteMs = disk.nowMs;
        disk.nowMs += 30_000;
      }
      const free = await takeLock(disk.process(), "keyring.lock", boot(disk, 4));
      await assert.rejects(takeLock(disk.process(), "keyring.lock", boot(disk, 4)), isLocked);
      await free();
      assert.deepEqual(
        [...disk.contents().keys()].filter((name) => name === "keyring.lock"),
        [],
      );
    }
  assert.ok(whole > 0 && whole < cuts, "some cuts came in the middle, some after");
});

test("a disk that forgets what it was told leaves an empty lock, which is not believed after a start", async () => {
  const disk = new SimulatedDisk({ lies: true });
  await takeLock(disk.process(), "keyring.lock", boot(disk, 1));
  disk.cutPower((most) => (most > 50 ? 0 : most));
  assert.equal(disk.contents().get("keyring.lock")?.length, 0, "the name came through and the content did not");
  await assert.rejects(takeLock(disk.process(), "keyring.lock", boot(disk, 1)), isLocked);
  disk.wroteMs = disk.nowMs;
  disk.nowMs += 8_000;
  await takeLock(disk.process(), "keyring.lock", boot(disk, 2));
});
