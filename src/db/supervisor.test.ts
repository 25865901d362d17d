import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { Problem } from "../values/problem.ts";
import { type Connection, oneSession } from "./connect.ts";
import { clusterIn } from "./embeddedCluster.ts";
import { type Postgres, startPostgres } from "./supervisor.ts";
import { gone, startOf } from "./supervisorProcesses.ts";

// Whatever is killed here is a process, never the power; only the first test is about the disk.
const hasty = { fsync: "off" };

/** What was begun last ends first: a folder goes only when nothing writes into it any more. */
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

test("the first start makes a cluster that only its roles can enter, the second finds its rows", async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir, [], {});
  await ask(first.owner, "create table kept (word text primary key); insert into kept values ('first')");
  await assert.rejects(ask(first.app, "select word from kept"), { code: "42501" });
  await assert.rejects(ask(first.app, "create table mine (id int)"), { code: "42501" });
  await assert.rejects(ask({ ...first.owner, password: "guess" }, "select 1"), { code: "28P01" });
  assert.equal((await stat(join(dataDir, "postgres.json"))).mode & 0o777, 0o600);
  await first.stop();
  await first.stop();

  const second = await start(dataDir, [], {});
  assert.deepEqual(await ask(second.owner, "select word from kept"), [{ word: "first" }]);
  assert.deepEqual(
    await ask(
      second.superuser,
      `select name, setting from pg_settings where name = any ('{fsync,full_page_writes,synchronous_commit,data_checksums,listen_addresses}') order by name`,
    ),
    [
      { name: "data_checksums", setting: "on" },
      { name: "fsync", setting: "on" },
      { name: "full_page_writes", setting: "on" },
      { name: "listen_addresses", setting: "" },
      { name: "synchronous_commit", setting: "on" },
    ],
  );
});

test("a value in a failing statement does not reach the log", async () => {
  const postgres = await start(await dataFolder());
  const value = "Kanarialintunen-7f3a";
  await ask(postgres.owner, "create table person (name text unique)");
  await ask(postgres.owner, "insert into person values ($1)", [value]);
  await assert.rejects(ask(postgres.owner, "insert into person values ($1)", [value]), { code: "23505" });
  await assert.rejects(ask(postgres.owner, `insert into nowhere values ('${value}')`), { code: "42P01" });
  await postgres.stop();
  const folder = join(clusterIn(postgres.home), "log");
  const logs = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
  assert.match(logs.join(""), /violates unique constraint/);
  assert.ok(!logs.join("").includes(value));
});

test("after kill -9 of the server the next start stops the orphan and finds every committed row", async () => {
  const dataDir = await dataFolder();
  const { child, pid, owner } = await startElsewhere(dataDir);
  await ask(owner, "create table kept (word text); insert into kept values ('committed')");
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.ok(startOf(pid), "the premise: PostgreSQL outlives its supervisor");
  const lines: string[] = [];
  const postgres = await start(dataDir, lines);
  assert.notEqual(postgres.pid(), pid);
  assert.deepEqual(await ask(postgres.owner, "select word from kept"), [{ word: "committed" }]);
  assert.match(lines.join("\n"), /earlier run/);
});

test("after kill -9 of server and postmaster a busy session does not hinder the next start", async () => {
  const dataDir = await dataFolder();
  const { child, pid, owner } = await startElsewhere(dataDir);
  const busy = ask(owner, "do $$ begin loop end loop; end $$").catch(() => "ended");
  while (
    (await ask(owner, "select 1 from pg_stat_activity where state = 'active' and query like 'do %'")).length === 0
  );
  child.kill("SIGKILL");
  process.kill(pid, "SIGKILL");
  await once(child, "exit");
  const postgres = await start(dataDir);
  assert.deepEqual(await ask(postgres.owner, "select 1 as one"), [{ one: 1 }]);
  assert.equal(await busy, "ended");
});

test("a PostgreSQL that dies under us is started again, and said so", async () => {
  const lines: string[] = [];
  const postgres = await start(await dataFolder(), lines);
  const pid = postgres.pid();
  assert.ok(pid);
  process.kill(pid, "SIGKILL");
  assert.ok(await gone(() => (lines.includes("PostgreSQL runs again.") ? [] : [pid]), 30_000), lines.join("\n"));
  assert.deepEqual(await ask(postgres.app, "select 1 as one"), [{ one: 1 }]);
});

test("a data folder has one server at a time", async () => {
  const dataDir = await dataFolder();
  const { child } = await startElsewhere(dataDir);
  await refused(dataDir, "databaseInUse");
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
  await start(dataDir);
});

test("a cluster of another major version, broken or taken away is refused and left as it was", async () => {
  const dataDir = await dataFolder();
  const postgres = await start(dataDir);
  await ask(postgres.owner, "create table kept (word text)");
  await postgres.stop();
  const cluster = clusterIn(postgres.home);
  const version = join(cluster, "PG_VERSION");

  await writeFile(version, "15\n");
  assert.deepEqual((await refused(dataDir, "databaseMajor")).facts, { folder: cluster, found: "15", expected: 18 });
  assert.equal(await readFile(version, "utf8"), "15\n");
  await writeFile(version, "18\n");

  await rename(join(cluster, "global"), join(cluster, "elsewhere"));
  await refused(dataDir, "databaseBroken");
  await rename(join(cluster, "elsewhere"), join(cluster, "global"));

  await rename(cluster, `${cluster}.away`);
  await refused(dataDir, "databaseGone");
  assert.deepEqual(
    (await readdir(postgres.home)).filter((name) => name.startsWith("cluster")),
    ["cluster.away"],
  );
  await rename(`${cluster}.away`, cluster);

  // What a crash leaves beside the socket, under the number of a process that lives.
  await writeFile(join(postgres.home, "socket", ".s.PGSQL.5432.lock"), `${process.pid}\n${cluster}\n0\n5432\n`);
  const again = await start(dataDir);
  assert.deepEqual(await ask(again.owner, "select * from kept"), []);
});

test("a folder that somebody else prepared for the socket is not used", async () => {
  const dataDir = join(await dataFolder(), "a-path-longer-than-a-socket-may-have".repeat(3));
  await mkdir(dataDir, { recursive: true });
  const postgres = await start(dataDir);
  assert.ok("host" in postgres.app);
  const socket = postgres.app.host;
  assert.match(socket, /^\/tmp\/tietovirta-/);
  await postgres.stop();
  endings.push(() => rm(socket, { recursive: true, force: true }));
  await chmod(socket, 0o777);
  await refused(dataDir, "databaseSocket");
  await chmod(socket, 0o700);
  await start(dataDir);
});

const root = process.getuid?.() === 0;
test("below a folder that only root may enter the database goes elsewhere, and says so", {
  skip: root ? false : "needs root",
}, async () => {
  const closed = await dataFolder();
  await chmod(closed, 0o700);
  const lines: string[] = [];
  const postgres = await start(join(closed, "data"), lines);
  assert.match(postgres.home, /^\/var\/lib\/tietovirta\//);
  assert.ok(lines.some((line) => line.includes(postgres.home)));
  await postgres.stop();
  const again = await start(join(closed, "data"));
  assert.equal(again.home, postgres.home);
});

test("a full disk is one clear line, and leaves the folder as it was", async (t) => {
  const small = await dataFolder();
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=711", "tmpfs", small]);
  if (mount.status !== 0) return t.skip("needs the right to mount a small file system");
  try {
    await refused(small, "diskFull");
    assert.deepEqual(await readdir(small), []);
  } finally {
    spawnSync("umount", [small]);
  }
});

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-supervisor-"));
  // As root the cluster's own account has to pass through.
  await chmod(folder, 0o711);
  endings.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(
  dataDir: string,
  lines: string[] = [],
  settings: Record<string, string> = hasty,
): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, log: (line) => lines.push(line), settings });
  endings.push(async () => {
    await postgres.stop();
    await rm(postgres.home, { recursive: true, force: true });
  });
  return postgres;
}

/** A server in a process of its own, to be killed. */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; pid: number; owner: Connection }> {
  const program = `
    import { startPostgres } from ${JSON.stringify(new URL("./supervisor.ts", import.meta.url).href)};
    const postgres = await startPostgres({ dataDir: process.argv[1], log: () => {}, settings: ${JSON.stringify(hasty)} });
    process.once("SIGTERM", () => postgres.stop().then(() => process.exit(0)));
    console.log(JSON.stringify({ pid: postgres.pid(), owner: postgres.owner }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  endings.push(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  return { child, ...JSON.parse(String(line)) };
}

async function ask(to: Connection, text: string, values?: string[]): Promise<unknown[]> {
  const session = oneSession(to);
  await session.connect();
  try {
    return (await session.query(text, values)).rows;
  } finally {
    await session.end().catch(() => undefined);
  }
}

async function refused(dataDir: string, code: string): Promise<Problem> {
  const error = await startPostgres({ dataDir, log: () => undefined }).then(
    () => assert.fail(`${code} was expected`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Problem, String(error));
  assert.equal(error.code, code);
  return error;
}
