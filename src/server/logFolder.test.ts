import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate as soon } from "node:timers/promises";
import { openLogFolder } from "./logFolder.ts";

test("lines go to the file of their day; the old files go, unless the clock is doubted", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-log-"));
  try {
    const old = ["access-2026-10-01.log", "access-2026-10-23.log", "somebody-elses.log"];
    for (const name of old) await writeFile(join(folder, name), "");
    let now = new Date("2026-11-21T10:00:00Z");
    let believed = false;
    const log = openLogFolder(folder, { now: () => now }, async () => believed);
    const written = async () => {
      log.write("a line\n");
      log.close();
      await soon();
      return (await readdir(folder)).sort();
    };
    assert.deepEqual(await written(), [...old.slice(0, 2), "access-2026-11-21.log", "somebody-elses.log"]);
    believed = true;
    now = new Date("2026-11-22T10:00:00Z");
    const left = ["access-2026-10-23.log", "access-2026-11-21.log", "access-2026-11-22.log", "somebody-elses.log"];
    assert.deepEqual(await written(), left);
  } finally {
    await rm(folder, { recursive: true });
  }
});
