// A disk that fills up: warned of, then read-only with reading, its log and signing in alive, and back by itself. With given numbers, and on a real small disk.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import fc from "fast-check";
import { openActors } from "../actors/actors.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { person } from "../test/person.ts";
import { roomOf } from "../values/safety.ts";
import { buildApp } from "./app.ts";
import { diskStateOf, type Space, spaceOf, watchDisk } from "./diskWatch.ts";
import { buildFormApp } from "./formApp.ts";

const GB = 1_000_000_000;

test("the limits are the larger of a share and a size, in order, and the way back lies higher", () => {
  assert.deepEqual(roomOf(10 * GB), { warn: 2 * GB, readOnly: GB, again: 1.1 * GB });
  assert.deepEqual(roomOf(100 * GB), { warn: 10 * GB, readOnly: 5 * GB, again: 5.5 * GB });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e13 }), (total) => {
      const { warn, readOnly, again } = roomOf(total);
      assert.ok(readOnly < again && again <= warn);
    }),
  );
});

test("a disk at the edge does not flicker", () => {
  const totalBytes = 100 * GB;
  const states = [12, 9, 4.9, 5.2, 5.4, 5.6, 11].map((free) => ({ freeBytes: free * GB, totalBytes }));
  let state: ReturnType<typeof diskStateOf>["state"] = "ok";
  const seen = states.map((space) => {
    state = diskStateOf(space, state).state;
    return state;
  });
  assert.deepEqual(seen, ["ok", "warn", "readOnly", "readOnly", "readOnly", "warn", "ok"]);
});

suite("a nearly full disk", async () => {
  const world = await testApp();
  const { gate, ask, as, owner } = world;
  const keeper = await person(world, ["administration"]);
  let space: Space | null = { freeBytes: 50 * GB, totalBytes: 100 * GB };
  const lines: string[] = [];
  const disk = await watchDisk({
    folder: "/",
    tell: (line) => lines.push(line),
    space: async () => space ?? Promise.reject(new Error("no answer")),
  });
  const actors = openActors({ gate, https: false });
  const health = () => ({ status: "ok" as const, version: "test", disk: disk.now() });
  const { app } = await buildApp({ gate, actors, version: "test", origin: () => "", disk, health });
  const form = await buildFormApp({ gate, disk });
  const free = (gigabytes: number) => {
    space = { freeBytes: gigabytes * GB, totalBytes: 100 * GB };
    return disk.look();
  };
  const post = async (url: string, payload: object, language = "en") =>
    app.inject({
      method: "POST",
      url,
      headers: { ...(await as("administration")), "accept-language": language },
      payload,
    });
  const newCustomer = { kind: "person", name: "Levyllinen", source: "phone" };

  test("writes answer 507 in the reader's language and change nothing; reads and their log go on, and people sign in", async () => {
    const made = await post("/api/customers", newCustomer);
    assert.equal(made.statusCode, 201, made.body);
    const { id } = made.json();
    await free(4);
    for (const [language, words] of [
      ["fi", /melkein täynnä/],
      ["sv", /nästan full/],
      ["en", /nearly full/],
    ] as const) {
      const refused = await post("/api/customers", newCustomer, language);
      assert.deepEqual([refused.statusCode, refused.json().code], [507, "diskNearlyFull"]);
      assert.match(refused.json().title, words);
      assert.match(String(refused.headers["content-type"]), /problem\+json/);
      assert.ok(Number(refused.headers["retry-after"]) > 0);
    }
    for (const [url, payload] of [
      [`/api/customers/${id}/erasure`, { ground: "noLongerNeeded" }],
      ["/api/retention/run", {}],
      ["/api/invitation", { secret: "x" }],
    ] as const)
      assert.equal((await post(url, payload)).statusCode, 507, url);
    assert.equal((await rowsOf(owner, "customer")).length, 1);

    const events = async () => (await rowsOf(owner, "audit_event")).length;
    const before = await events();
    const headers = await as("administration");
    assert.equal((await app.inject({ url: `/api/customers/${id}`, headers })).statusCode, 200);
    assert.equal((await post("/api/customers/search", { search: "" })).statusCode, 200);
    assert.equal((await post(`/api/customers/${id}/erasure/preview`, { ground: "noLongerNeeded" })).statusCode, 200);
    assert.ok((await events()) >= before + 3, "what was looked at is written down");
    assert.equal((await keeper.ask("GET", "/api/session")).status, 200);
    const signed = await app.inject({
      method: "POST",
      url: "/api/session",
      headers: { "sec-fetch-site": "same-origin" },
      payload: { login: "nobody@example.fi", password: "not the right one" },
    });
    assert.equal(signed.statusCode, 401, "asked, and refused for the password alone");
  });

  test("everybody can see it: health, the page's question, one line in the log", async () => {
    assert.equal((await app.inject("/health")).json().disk.state, "readOnly");
    assert.equal((await app.inject("/health")).statusCode, 200, "it still serves");
    assert.deepEqual((await app.inject("/api/condition")).json(), { disk: "readOnly", demo: "none" });
    assert.deepEqual(lines, ["The disk is nearly full: nothing new is saved until there is room. Reading works."]);
  });

  test("the public form keeps what was typed and says why", async () => {
    const answer = await form.inject({
      method: "POST",
      url: "/?lang=fi",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "name=Lomakkeella&submission=x",
    });
    assert.equal(answer.statusCode, 507);
    assert.match(answer.body, /Lomakkeella/);
    assert.match(answer.body, /melkein täynnä/);
    const api = await form.inject({ method: "POST", url: "/api/form", payload: {} });
    assert.ok(api.statusCode === 507 || api.statusCode === 404, String(api.statusCode));
  });

  test("a disk that says nothing is not a full one, and one that was full stays so", async () => {
    space = null;
    assert.equal((await disk.look()).state, "readOnly");
    await free(50);
    space = null;
    assert.equal((await disk.look()).state, "unknown");
    assert.equal((await post("/api/customers", newCustomer)).statusCode, 201);
  });

  test("when there is room again it saves by itself", async () => {
    await free(4);
    assert.equal((await post("/api/customers", newCustomer)).statusCode, 507);
    await free(5.2);
    assert.equal((await post("/api/customers", newCustomer)).statusCode, 507);
    await free(6);
    assert.equal((await post("/api/customers", newCustomer)).statusCode, 201);
    assert.deepEqual((await ask(null, "GET", "/api/condition")).body, { disk: "ok", demo: "none" });
    disk.stop();
    await app.close();
    await form.close();
  });
});

test("on a real small disk", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-disk-"));
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", folder]);
  if (mount.status !== 0) {
    await rm(folder, { recursive: true });
    return t.skip("needs the right to mount a small file system");
  }
  try {
    const room = () => ({ warn: 8_000_000, readOnly: 4_000_000, again: 5_000_000 });
    const disk = await watchDisk({ folder, tell: () => undefined, room });
    assert.equal(disk.now().state, "ok");
    await writeFile(join(folder, "filling"), Buffer.alloc(13_000_000));
    assert.equal((await disk.look()).state, "readOnly");
    assert.throws(() => disk.expectRoom(), { code: "diskNearlyFull", status: 507 });
    await rm(join(folder, "filling"));
    assert.equal((await disk.look()).state, "ok");
    disk.expectRoom();
    assert.ok((await spaceOf(folder)).totalBytes <= 16 * 1024 * 1024);
    disk.stop();
  } finally {
    spawnSync("umount", [folder]);
    await rm(folder, { recursive: true });
  }
});
