// PostgreSQL killed under load: requests in between are told to come again, none is answered falsely, and nothing that was answered is lost.
import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openActors } from "../actors/actors.ts";
import { clusterIn } from "../db/embeddedCluster.ts";
import { readSecrets } from "../db/embeddedSecrets.ts";
import { digest, randomToken } from "../keys/token.ts";
import { addToken } from "../registers/staff/sessionStore.ts";
import { newId } from "../values/Uuid.ts";
import { buildApp } from "./app.ts";
import { openRegister } from "./openRegister.ts";

const WRITERS = 4;
const KILLS = 3;

test("killed under load it comes back by itself; in between 503 with Retry-After, and every answered row is there", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "tietovirta-lost-"));
  await chmod(dataDir, 0o711);
  after(() => rm(dataDir, { recursive: true, force: true }));
  const description = fileURLToPath(new URL("../../descriptions/walttia.yaml", import.meta.url));
  const lines: string[] = [];
  const settings = { port: 0, publicPort: 0, host: "127.0.0.1", dataDir, description };
  const register = await openRegister(settings, { log: (line) => lines.push(line), language: "en" });
  const { gate } = register;
  const home = (await readSecrets(dataDir))?.home ?? "";
  const { app, search } = await buildApp({
    gate,
    actors: openActors({ gate, https: false }),
    version: "test",
    origin: () => "",
  });
  await search.ready();
  const secret = randomToken();
  const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
  await gate.serving(caller, { register: "staff", verb: "collect", place: "roles", silent: true }, (grant) =>
    addToken(grant, { digest: digest(secret), name: "test", role: "administration", by: "system:test" }),
  );
  const headers = { authorization: `Bearer ${secret}` };

  const saved: string[] = [];
  const seen = new Map<number, number>();
  let running = true;
  async function write(): Promise<void> {
    while (running) {
      const answer = await app.inject({
        method: "POST",
        url: "/api/customers",
        headers,
        payload: { kind: "person", name: "Kuormalainen", source: "phone" },
      });
      seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1);
      if (answer.statusCode === 201) saved.push(answer.json().id);
      else {
        if (answer.statusCode !== 503) throw new Error(`${answer.statusCode} ${answer.body}`);
        assert.ok(Number(answer.headers["retry-after"]) > 0);
        assert.match(String(answer.headers["content-type"]), /problem\+json/);
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  }
  const writers = Array.from({ length: WRITERS }, write);
  let failed: unknown;
  for (const writer of writers)
    writer.catch((error) => {
      failed ??= error;
    });
  const until = async (what: () => boolean) => {
    for (let n = 0; n < 3000 && !what() && failed === undefined; n++) await new Promise((done) => setTimeout(done, 20));
    assert.ifError(failed);
    assert.ok(what(), lines.join("\n"));
  };
  const back = () => lines.filter((line) => line === "PostgreSQL runs again.").length;
  try {
    for (let kill = 1; kill <= KILLS; kill++) {
      const enough = saved.length + 10;
      await until(() => saved.length >= enough);
      const pid = Number((await readFile(join(clusterIn(home), "postmaster.pid"), "utf8")).split("\n")[0]);
      process.kill(pid, "SIGKILL");
      await until(() => back() === kill);
    }
    const enough = saved.length + 10;
    await until(() => saved.length >= enough);
    running = false;
    await Promise.all(writers);
    assert.deepEqual([...seen.keys()].sort(), [201, 503], "the premise: some were saved, some were told to come again");
    for (const id of saved) {
      const found = await app.inject({ url: `/api/customers/${id}`, headers });
      assert.equal(found.statusCode, 200, found.body);
    }
  } finally {
    running = false;
    await Promise.allSettled(writers);
    await app.close();
    await register.close();
    await rm(home, { recursive: true, force: true });
  }
});
