// The made-up company beside a register: made once, entered by links that work once, gone when it is left, and of nothing that is the register's.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inviteFirst } from "../../registers/staff/accounts.ts";
import { testApp } from "../../test/app.ts";
import { MAIJA } from "../../test/trade.ts";
import { Problem } from "../../values/problem.ts";
import { type Beside, openBeside } from "./beside.ts";

const SAME = { "sec-fetch-site": "same-origin" };
const PARENT = fileURLToPath(new URL("./parent.test-seam.ts", import.meta.url));

async function until<T>(what: () => T | undefined | false | Promise<T | undefined | false>, name: string): Promise<T> {
  const end = Date.now() + 180_000;
  for (;;) {
    const found = await what();
    if (found) return found;
    if (Date.now() > end) throw new Error(`it did not come: ${name}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Processes of this machine in whose command or working folder the folder stands: servers and PostgreSQL alike. */
function processesOf(folders: readonly string[]): number[] {
  const read = (look: () => string) => {
    try {
      return look();
    } catch {
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      const texts = [
        read(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")),
        read(() => readFileSync(`/proc/${pid}/environ`, "utf8")),
        read(() => readlinkSync(`/proc/${pid}/cwd`)),
      ];
      return folders.some((folder) => texts.some((text) => text.includes(folder)));
    })
    .map(Number);
}

const homeOf = (folder: string): string => {
  const { home } = JSON.parse(readFileSync(join(folder, "postgres.json"), "utf8"));
  return home.startsWith("/") ? home : join(folder, home);
};
const jsonOf = async (answer: Response) => JSON.parse(await answer.text());
const isClosed = (address: string) =>
  fetch(`${address}/health`).then(
    () => false,
    () => true,
  );
const isReady = (beside: Beside) => {
  const { state, problem } = beside.now();
  assert.notEqual(state, "failed", JSON.stringify(problem));
  return state === "ready";
};

suite("the made-up company beside a register", { concurrency: 1 }, async () => {
  const above = mkdtempSync(join(tmpdir(), "tietovirta-beside-"));
  const folder = join(above, "demo");
  const beside = openBeside({ folder, customers: 40 });
  after(async () => {
    await beside.throwAway();
    rmSync(above, { recursive: true, force: true });
  });
  const own = await testApp({ beside });
  const secret = (await inviteFirst(own.gate)) ?? "";
  const made = await own.app.inject({
    method: "POST",
    url: "/api/invitation",
    headers: SAME,
    payload: { secret, name: "Aava Kaarna", login: "aava@example.fi", password: "pitkä lause, oma", language: "fi" },
  });
  const cookie = `${made.cookies[0]?.name}=${made.cookies[0]?.value}`;
  const askOwn = async (method: "GET" | "POST" | "DELETE", url: string, host = "localhost:4700") => {
    const answer = await own.app.inject({ method, url: `/api${url}`, headers: { ...SAME, cookie, host } });
    return { status: answer.statusCode, body: answer.json() };
  };
  let address = "";
  let visitor = "";
  const inDemo = (method: string, url: string, headers: Record<string, string> = {}, body?: object) =>
    fetch(`${address}/api${url}`, {
      method,
      headers: { ...SAME, ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });

  test("is there for those who administer, and starts once however often it is asked for", async () => {
    assert.equal((await own.ask("sales", "GET", "/api/demo")).status, 403);
    assert.equal((await own.ask("sales", "POST", "/api/demo")).status, 403);
    assert.deepEqual((await askOwn("GET", "/demo")).body, {
      ...{ offered: true, state: "none", step: null, percent: 0, made: false, problem: null, empty: true },
    });
    assert.equal((await askOwn("POST", "/demo/link")).body.code, "demoNotReady");
    const answers = await Promise.all([askOwn("POST", "/demo"), askOwn("POST", "/demo"), askOwn("POST", "/demo")]);
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.state]),
      answers.map(() => [202, "starting"]),
    );
    const told = new Set<string>();
    await until(() => {
      told.add(beside.now().step ?? "");
      return isReady(beside);
    }, "the demo");
    assert.ok(told.has("database") && told.has("year"), [...told].join());
    const servers = processesOf([folder]).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--demo"),
    );
    assert.equal(servers.length, 1);
  });

  test("is entered by a link that works once, at an address of this machine alone", async () => {
    const { url } = (await askOwn("POST", "/demo/link")).body;
    const [, at = "", secretOfLink] = /^(http:\/\/localhost:\d+)\/welcome#visit=([\w-]+)$/.exec(url) ?? [];
    address = at;
    const body = { secret: secretOfLink, language: "sv" };
    const entered = await inDemo("POST", "/demo/visit", {}, body);
    assert.equal(entered.status, 200);
    const [set = ""] = entered.headers.getSetCookie();
    assert.match(set, /^tietovirta-demo=[\w-]+; .*HttpOnly; SameSite=Strict/i);
    visitor = set.split(";")[0] ?? "";
    assert.equal((await inDemo("POST", "/demo/visit", {}, body)).status, 410);
    assert.equal((await inDemo("POST", "/demo/visit", { "sec-fetch-site": "same-site" }, body)).status, 403);
    const me = await jsonOf(await inDemo("GET", "/session", { cookie: visitor }));
    assert.equal(me.language, "sv");
    assert.ok(me.roles.length > 3 && me.may.includes("keeps proofs change"));
    const look = await jsonOf(await inDemo("GET", "/demo/visit", { cookie: visitor }));
    assert.equal(look.home, "http://localhost:4700");
    assert.equal(look.form.code, null);
    assert.equal((await fetch(look.form.url)).status, 200);
    assert.deepEqual(await jsonOf(await inDemo("GET", "/condition")), { disk: "ok", demo: "this" });
    // The mark that says it is whole holds the visitors' password.
    assert.equal(statSync(join(folder, "demo.json")).mode & 0o077, 0);
  });

  test("shares nothing with the register: no cookie, no person, no key, no account", async () => {
    const [, session = ""] = cookie.split("=");
    const [, visit = ""] = visitor.split("=");
    assert.ok(session.length > 20 && visit.length > 20);
    // A browser sends both cookies to both: each reads its own and takes the other's for nothing, by whichever name.
    for (const stranger of [cookie, `tietovirta-demo=${session}`, `tietovirta=${visit}`, `tietovirta=${session}`])
      assert.equal(
        (await inDemo("GET", "/session", { cookie: stranger })).status,
        401,
        "the demo knows the register's session",
      );
    for (const stranger of [visitor, `tietovirta=${visit}`]) {
      const answer = await own.app.inject({ url: "/api/session", headers: { ...SAME, cookie: stranger } });
      assert.equal(answer.statusCode, 401, "the register knows the demo's session");
    }
    const both = `${cookie}; ${visitor}`;
    assert.equal((await own.app.inject({ url: "/api/session", headers: { ...SAME, cookie: both } })).statusCode, 200);
    assert.equal((await inDemo("GET", "/session", { cookie: both })).status, 200);

    const added = await own.ask("administration", "POST", "/api/customers", MAIJA);
    assert.equal(added.status, 201);
    assert.equal((await askOwn("GET", "/demo")).body.empty, false);
    const theirs = await jsonOf(await inDemo("GET", "/customers?limit=200", { cookie: visitor }));
    assert.ok(theirs.items.length > 20);
    assert.ok(!JSON.stringify(theirs).includes(MAIJA.name));
    const ours = (await own.ask("administration", "GET", "/api/customers?limit=200")).body.items;
    assert.deepEqual(
      ours.map(({ id }: { id: string }) => id),
      [added.body.id],
    );
    const gone = await inDemo("GET", `/customers/${added.body.id}`, { cookie: visitor });
    assert.equal(gone.status, 404);
    const keys = await jsonOf(await inDemo("GET", "/keys", { cookie: visitor }));
    assert.notEqual(keys.installation, own.keys.installation);
    const accounts = await jsonOf(await inDemo("GET", "/accounts", { cookie: visitor }));
    assert.equal(accounts.items.length, 1);
    assert.ok(!JSON.stringify(accounts).includes("aava@example.fi"));
    // Nothing of the register's settings went along: the demo's server knows its own folder only.
    const [server = 0] = processesOf([folder]).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--demo"),
    );
    const environment = readFileSync(`/proc/${server}/environ`, "utf8");
    for (const name of ["DATABASE_URL", "SMTP_URL", "BACKUP_DIR", "ANCHOR_DIR", "ROOT_PASSPHRASE_FILE", "OIDC_ISSUER"])
      assert.ok(!environment.includes(`${name}=`), name);
  });

  test("is left by the visitor's own press, and stops whole", async () => {
    assert.equal((await inDemo("POST", "/demo/leaving")).status, 401);
    const left = await inDemo("POST", "/demo/leaving", { cookie: visitor });
    assert.deepEqual(await jsonOf(left), { home: "http://localhost:4700" });
    await until(() => beside.now().state === "none", "the end");
    assert.ok(await isClosed(address));
    assert.deepEqual(processesOf([folder, homeOf(folder)]), []);
    assert.equal(beside.now().made, true);
  });

  test("is told when it falls, leaves no PostgreSQL behind, and comes again with what it had", async () => {
    await beside.begin();
    await until(() => isReady(beside), "the demo again");
    const home = homeOf(folder);
    const [server = 0] = processesOf([folder]).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--demo"),
    );
    process.kill(server, "SIGKILL");
    await until(() => beside.now().state === "failed", "the fall");
    assert.equal(beside.now().problem?.code, "demoStopped");
    assert.deepEqual(processesOf([folder, home]), []);
  });

  test("is thrown away with its database, wherever that is", async () => {
    const home = homeOf(folder);
    assert.ok(existsSync(home));
    const { status, body } = await askOwn("DELETE", "/demo");
    assert.deepEqual([status, body.state, body.made], [200, "none", false]);
    assert.ok(!existsSync(folder) && !existsSync(home));
  });

  test("is refused in plain words where the machine has no room or no memory for it", async () => {
    const small = { folder: join(above, "small") };
    const few = async () => 1024 ** 2;
    await assert.rejects(
      openBeside({ ...small, freeDisk: few }).begin(),
      (error: unknown) => error instanceof Problem && error.code === "demoNoRoom" && error.status === 507,
    );
    await assert.rejects(
      openBeside({ ...small, freeMemory: () => 1024 ** 2 }).begin(),
      (error: unknown) => error instanceof Problem && error.code === "demoNoMemory",
    );
    assert.ok(!existsSync(small.folder));
  });
});

test("where the browser comes through a proxy it is not offered, and says what to do instead", async () => {
  const t = await testApp();
  assert.equal((await t.ask("responsiblePerson", "GET", "/api/demo")).body.offered, false);
  assert.equal((await t.ask("responsiblePerson", "POST", "/api/demo")).body.code, "demoNotHere");
  // A register is no demo: its pages say nothing of one, and nobody comes in by a visitor's link.
  assert.equal((await t.ask(null, "GET", "/api/condition")).body.demo, "none");
  assert.equal((await t.ask(null, "POST", "/api/demo/visit", { secret: "x", language: "fi" })).status, 404);
});

for (const when of ["while it is being made", "while it runs"])
  test(`dies with its parent, also by kill -9: ${when}`, async () => {
    const above = mkdtempSync(join(tmpdir(), "tietovirta-orphan-"));
    const folder = join(above, "demo");
    after(async () => {
      await openBeside({ folder }).throwAway();
      rmSync(above, { recursive: true, force: true });
    });
    const parent: ChildProcess = spawn(process.execPath, [PARENT, folder], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    parent.stdout?.on("data", (chunk) => {
      said += chunk;
    });
    await until(() => said.includes(when === "while it runs" ? "ready" : "year"), when);
    const home = homeOf(folder);
    assert.ok(processesOf([folder, home]).length > 1, "the premise: a server and its PostgreSQL run");
    parent.kill("SIGKILL");
    await until(() => processesOf([folder, home]).length === 0, "everything to be gone");
  });
