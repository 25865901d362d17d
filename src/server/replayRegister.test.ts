// The operator's own tool has brought the database back to an earlier time; the keyring lived on.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openActors } from "../actors/actors.ts";
import { type Connection, inDatabase } from "../db/connect.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { besideDatabase } from "../registers/evidence/log/lastKnown.ts";
import { asking } from "../test/app.ts";
import { administer, testServer } from "../test/database.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { systemClock } from "../values/Day.ts";
import { buildApp } from "./app.ts";
import { openRegister } from "./openRegister.ts";
import { replayRegister } from "./restoreRegister.ts";
import { readSettings } from "./settings.ts";

const options = { log: () => undefined, language: "en" as const, clock: systemClock };

function urlOf(to: Connection): string {
  if ("url" in to) return to.url;
  const host = encodeURIComponent(to.host);
  return `postgres://${to.user}:${encodeURIComponent(to.password)}@localhost:${to.port ?? 5432}/${to.database}?host=${host}`;
}

test("it is refused until what was erased since has been erased in it again", async () => {
  const server = testServer();
  const root = await mkdtemp(join(tmpdir(), "tietovirta-replay-"));
  const [today, earlier] = [1, 2].map(() => `${server.template}_${randomBytes(6).toString("hex")}`);
  assert.ok(today && earlier);
  after(async () => {
    for (const name of [today, earlier]) await administer(server, `drop database if exists ${name} with (force)`);
    await rm(root, { recursive: true, force: true });
  });
  await administer(server, `create database ${today} template ${server.template} owner "${server.ownerRole}"`);
  await mkdir(join(root, "copies"));
  const settingsFor = (name: string) =>
    readSettings({
      ...{ DATA_DIR: join(root, "data"), BACKUP_DIR: join(root, "copies"), BACKUP_SYSTEM: "backupDisk" },
      DATABASE_URL: urlOf(inDatabase(server.owner, name)),
      DATABASE_APP_URL: urlOf(inDatabase(server.app, name)),
    });
  const running = async (name: string) => {
    const register = await openRegister(settingsFor(name), options);
    const evidence = evidenceLogOf(register.gate);
    const stop = evidence.start({ sinks: [besideDatabase(join(root, "data"))], tell: () => undefined });
    const actors = openActors({ gate: register.gate, https: false });
    const { app } = await buildApp({ gate: register.gate, actors, version: "test", origin: () => "http://localhost" });
    const { ask } = asking(register.gate, app);
    return {
      register,
      ask,
      made: trade({ ask } as Parameters<typeof trade>[0]),
      close: async () => {
        await stop();
        await register.backup.carryAway({ last: true });
        await app.close();
        await register.close();
      },
    };
  };

  const first = await running(today);
  const gone = await first.made.customer(MAIJA);
  const stays = await first.made.customer({ ...MAIJA, name: "Paula Pysyväinen", email: "paula@example.fi" });
  await first.close();
  await administer(server, `create database ${earlier} template ${today} owner "${server.ownerRole}"`);
  const second = await running(today);
  const erased = await second.ask("responsiblePerson", "POST", `/api/customers/${gone}/erasure`, {
    ground: "noLongerNeeded",
  });
  assert.equal(erased.status, 200);
  await second.close();

  await assert.rejects(openRegister(settingsFor(earlier), options), { code: "databaseBehind" });
  const told = await replayRegister(settingsFor(earlier), options);
  assert.equal(told.people, 1);
  const back = await running(earlier);
  assert.equal((await back.ask("sales", "GET", `/api/customers/${gone}`)).status, 404);
  assert.match(JSON.stringify((await back.ask("sales", "GET", `/api/customers/${stays}`)).body), /Paula Pysyväinen/);
  await back.close();
});
