// A server that dies in the middle of a drill leaves a copy and a PostgreSQL behind: the next start takes both away, and the next drill goes well.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startOf } from "../db/supervisorProcesses.ts";
import { openRegister } from "../server/openRegister.ts";
import { readSettings } from "../server/settings.ts";

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "tietovirta-killed-"));
  await chmod(root, 0o711);
  await mkdir(join(root, "copies"));
});
after(() => rm(root, { recursive: true, force: true }));

const environment = () => ({
  ...{ DATA_DIR: join(root, "data"), BACKUP_DIR: join(root, "copies"), BACKUP_SYSTEM: "backupDisk" },
});

/** The server's part in a process of its own, which says when the copy's PostgreSQL is up. */
const PROGRAM = `
  import { existsSync } from "node:fs";
  import { openRegister } from "./src/server/openRegister.ts";
  import { readSettings } from "./src/server/settings.ts";
  const register = await openRegister(readSettings(process.env), { log: () => undefined, language: "en" });
  await register.backup.copyNow();
  void register.drill.run();
  setInterval(() => {
    if (existsSync(process.env.WATCHED) && register.drill.going()) process.stdout.write("up\\n");
  }, 20);
`;

test("what a killed drill left goes at the next start, its PostgreSQL too", async () => {
  const copy = join(root, ".data-drill");
  const cluster = join(copy, "postgres", "cluster");
  const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM], {
    cwd: join(import.meta.dirname, "../.."),
    env: { ...process.env, ...environment(), WATCHED: join(cluster, "postmaster.pid") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((done) => child.once("exit", done));
  await Promise.race([new Promise((done) => child.stdout.once("data", done)), ended]);
  child.kill("SIGKILL");
  await ended;
  assert.ok(existsSync(cluster), "it was killed in the middle");
  const postmaster = Number.parseInt(await readFile(join(cluster, "postmaster.pid"), "utf8"), 10);
  const alive = startOf(postmaster);
  assert.ok(alive, "its PostgreSQL lives on");

  const register = await openRegister(readSettings(environment()), { log: () => undefined, language: "en" });
  try {
    await register.drill.clear();
    assert.equal(existsSync(copy), false);
    assert.notEqual(startOf(postmaster), alive);
    const { problem } = await register.drill.run();
    assert.equal(problem, null);
    assert.equal(existsSync(copy), false);
  } finally {
    await register.close();
  }
});
