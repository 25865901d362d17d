import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { openBackup } from "../backup/backup.ts";
import { openDrill } from "../backup/drill.ts";
import { connectAll, disconnect } from "../db/connect.ts";
import { testApp } from "../test/app.ts";
import { testDatabase } from "../test/database.ts";
import { Problem } from "../values/problem.ts";
import { running } from "./doctorRegister.ts";
import { askServer, listenLocally } from "./local.ts";

suite("the command line beside a running server", async () => {
  const { app, gate, actors, takeForce } = await testApp();
  const dataDir = await mkdtemp(join(tmpdir(), "tietovirta-socket-"));
  after(() => rm(dataDir, { recursive: true }));
  const { config, ownerConfig } = await testDatabase();
  const databases = connectAll(config);
  after(() => disconnect(databases));
  const backup = openBackup({ gate, db: databases.read, physical: null, to: null, dataDir, version: "test" });
  const drill = openDrill({ gate, db: databases.read, backup, physical: null, dataDir });
  const own = { databases, ownerConnection: ownerConfig, backup, drill };
  const here = { gate, forgetToken: actors.forgetToken, takeForce, ...own };
  let full = false;
  const expectRoom = () => {
    if (full) throw new Problem("diskNearlyFull", 507);
  };
  const stop = await listenLocally(dataDir, { ...here, expectRoom });

  test("makes a token that works, lists it, revokes it", async () => {
    const made = await askServer(dataDir, "token create", { role: "sales", name: "web shop" });
    assert.ok(made);
    const headers = { authorization: `Bearer ${made.answer.secret}` };
    assert.equal((await app.inject({ url: "/api/session", headers })).json().name, "web shop");
    const listed = await askServer(dataDir, "token list", undefined);
    assert.deepEqual(
      listed?.answer.map(({ name, role }) => [name, role]),
      [["web shop", "sales"]],
    );
    await askServer(dataDir, "token revoke", { id: made.answer.id });
    assert.equal((await app.inject({ url: "/api/session", headers })).statusCode, 401);
  });

  test("answers a problem as a problem, and unknown commands with none of their own", async () => {
    await assert.rejects(askServer(dataDir, "token create", { role: "captain", name: "x" }), { code: "invalid.role" });
    await assert.rejects(askServer(dataDir, "constructor" as "token list", undefined), { code: "notFound" });
  });

  test("while the disk is nearly full only looks, and puts nothing new down", async () => {
    const nearlyFull = { code: "diskNearlyFull", status: 507 };
    full = true;
    try {
      await assert.rejects(askServer(dataDir, "token create", { role: "sales", name: "no room" }), nearlyFull);
      await assert.rejects(askServer(dataDir, "erase due", undefined), nearlyFull);
      const listed = await askServer(dataDir, "token list", undefined);
      assert.ok(listed?.answer.every(({ name }) => name !== "no room"));
      assert.ok(await askServer(dataDir, "examine", undefined));
    } finally {
      full = false;
    }
    assert.ok(await askServer(dataDir, "token create", { role: "sales", name: "room again" }));
  });

  test("is asked by the doctor, who does not look for the register beside it", async () => {
    // Nothing answers at this address: the socket is enough.
    const elsewhere = { port: 1, publicPort: 2, host: "127.0.0.1", dataDir, description: "nowhere.yaml" };
    const findings = await running(elsewhere);
    assert.equal(findings[0]?.line, "server: running");
    assert.ok(findings.some(({ line }) => /^in force: version 1$/.test(line)));
    assert.ok(findings.some(({ line }) => /^tables: \d+, each owned by one register$/.test(line)));
    assert.ok(findings.every(({ line }) => !line.includes("in use")));
  });

  test("only the server's own account may open the socket, and after it stops nobody answers", async () => {
    assert.equal((await stat(join(dataDir, "control.sock"))).mode & 0o777, 0o600);
    await stop();
    assert.equal(await askServer(dataDir, "token list", undefined), null);
  });
});
