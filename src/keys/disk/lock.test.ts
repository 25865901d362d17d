import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { KeyringFault } from "../fault.ts";
import { openKeyring } from "../keyring.ts";

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
