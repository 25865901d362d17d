// The register on a PostgreSQL of the operator's own, given by URL: it starts, its copies are the keyring and the journal, and the doctor says who copies the rest.
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Connection } from "../db/connect.ts";
import { testDatabase } from "../test/database.ts";

const program = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** As a person writes it; over the socket's folder where the server listens on none of the network. */
function urlOf(to: Connection): string {
  if ("url" in to) return to.url;
  const { host, port = 5432, user, password, database } = to;
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@localhost/${database}?${query}`;
}

suite("a register on the operator's own PostgreSQL", async () => {
  const { config, ownerConfig, owner } = await testDatabase();
  const root = await mkdtemp(join(tmpdir(), "tietovirta-own-"));
  const [dataDir, copies] = [join(root, "data"), join(root, "copies")];
  await mkdir(copies);
  let server: ChildProcess | undefined;
  const env = {
    ...{ PATH: process.env.PATH ?? "", LANG: "en", PORT: "0", PUBLIC_PORT: "0", DATA_DIR: dataDir },
    ...{ BACKUP_DIR: copies, BACKUP_SYSTEM: "backupDisk" },
    DESCRIPTION: program("../../descriptions/walttia.yaml"),
    ...{ DATABASE_URL: urlOf(ownerConfig), DATABASE_APP_URL: urlOf(config) },
  };
  const stop = async () => {
    if (!server || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  };
  after(async () => {
    await stop();
    await rm(root, { recursive: true, force: true });
  });

  async function start(): Promise<string> {
    server = spawn(process.execPath, [program("../main.ts")], { env, stdio: ["ignore", "pipe", "pipe"] });
    let told = "";
    for (const stream of [server.stdout, server.stderr]) stream?.on("data", (chunk) => (told += chunk));
    const ended = once(server, "exit").then(() => assert.fail(told));
    for (;;) {
      const url = /^Tietovirta \S+: (http\S+)$/m.exec(told)?.[1];
      if (url) return url;
      await Promise.race([once(server.stdout ?? assert.fail(), "data"), ended]);
    }
  }
  const command = async (...args: string[]): Promise<{ code: number; told: string }> =>
    promisify(execFile)(process.execPath, [program("../cli/tietovirta.ts"), ...args], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, told: stdout + stderr }),
      ({ code, stdout, stderr }) => ({ code, told: stdout + stderr }),
    );
  const standing = async () => {
    const [installation = ""] = await readdir(copies);
    const names = async (folder: string) => readdir(join(copies, installation, folder)).catch((): string[] => []);
    const [chapter = ""] = await names("journal");
    return {
      base: await names("base"),
      wal: await names("wal"),
      keyring: await names("keyring"),
      journal: await names(`journal/${chapter}`),
    };
  };
  const aboutCopies = (told: string) => {
    assert.match(told, /^ok {4}backup: the database is copied by its own tools \(pgBackRest, or pg_basebackup/m);
    assert.match(told, /^ok {4}backup: keyring \d/m);
    assert.doesNotMatch(told, /backup: (the last one|\d+ segments?)/);
    assert.match(told, /^ok {4}PostgreSQL \d+$/m);
    assert.match(told, /^ok {4}clock: agrees with the database$/m);
  };
  const aboutRoles = (told: string) => {
    const two = "user" in config && "user" in ownerConfig && config.user !== ownerConfig.user;
    assert.match(
      told,
      two ? /^ok {4}database roles: \S+ owns, \S+ works$/m : /^look {2}database roles: owner and app/m,
    );
  };

  test("starts, and no cluster of its own is made", async () => {
    const url = await start();
    assert.match(await (await fetch(`${url}/health`)).text(), /"status":"ok"/);
    assert.ok(existsSync(join(dataDir, "keyring")));
    assert.ok(!existsSync(join(dataDir, "postgres")));
    const rows = await owner.selectFrom("description_version").select("version").execute();
    assert.equal(rows.length, 1, "it is this database that it runs on");
  });

  test("a backup says which tool copies the database, and copies keyring and journal itself", async () => {
    const { code, told } = await command("backup");
    assert.equal(code, 0, told);
    assert.match(told, /pgBackRest, or pg_basebackup with continuous archiving/);
    assert.match(told, /keyring and the journal/);
    const { base, wal, keyring, journal } = await standing();
    assert.deepEqual([base, wal], [[], []]);
    assert.ok(keyring.length > 0 && journal.length > 0);
    assert.ok([...keyring, ...journal].every((name) => name.endsWith(".age")));
  });

  test("the doctor tells the same beside the server and without it", async () => {
    const beside = await command("doctor");
    assert.match(beside.told, /^ok {4}server: running/m);
    aboutCopies(beside.told);
    aboutRoles(beside.told);
    await stop();
    const alone = await command("doctor");
    assert.doesNotMatch(alone.told, /server: running/);
    aboutCopies(alone.told);
    aboutRoles(alone.told);
    const before = (await standing()).keyring;
    assert.equal((await command("backup")).code, 0);
    assert.ok((await standing()).keyring.length >= before.length);
  });
});
