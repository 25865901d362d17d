// A company is copied and drilled: over HTTP, beside the living register, which keeps its keys and rows whatever the drill does or finds.
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openActors } from "../actors/actors.ts";
import { connect, type Db } from "../db/connect.ts";
import { digestHex } from "../keys/token.ts";
import { openProver } from "../proofs/prove.ts";
import { backupRuns } from "../registers/evidence/backupRuns.ts";
import { buildApp } from "../server/app.ts";
import { type OpenRegister, openRegister } from "../server/openRegister.ts";
import { readSettings } from "../server/settings.ts";
import { watchesOf } from "../server/watches.ts";
import { asking } from "../test/app.ts";
import { IDENTITY_CODE, MAIJA, trade } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";
import type { Backups } from "./contract.ts";
import { openDesk } from "./desk.ts";
import { openDrill } from "./drill.ts";
import { expectAsLiving } from "./drillChecks.ts";
import { drillKeys } from "./drillKeys.ts";
import { baseNames } from "./manifest.ts";
import { folderShelf } from "./shelf.ts";

let root: string;
let dataDir: string;
let register: OpenRegister;
let owner: Db;
let ask: ReturnType<typeof asking>["ask"];
let close: () => Promise<void>;

before(async () => {
  root = await mkdtemp(join(tmpdir(), "tietovirta-drill-"));
  await chmod(root, 0o711);
  dataDir = join(root, "data");
  await mkdir(join(root, "copies"));
  const settings = readSettings({ DATA_DIR: dataDir, BACKUP_DIR: join(root, "copies"), BACKUP_SYSTEM: "backupDisk" });
  register = await openRegister(settings, { log: () => undefined, language: "en" });
  owner = connect(register.ownerConnection, { max: 1 });
  const { gate } = register;
  const actors = openActors({ gate, https: false });
  const desk = openDesk(register);
  const { app, search } = await buildApp({ gate, actors, version: "test", origin: () => "http://localhost", desk });
  await search.ready();
  close = async () => app.close();
  ({ ask } = asking(gate, app));
  const made = trade({ ask } as Parameters<typeof trade>[0]);
  for (let n = 0; n < 3; n++) {
    const id = await made.customer({ ...MAIJA, name: `Drilla Harjoittelija ${n}`, email: `drilla${n}@example.fi` });
    const order = await made.delivered(id);
    if (n > 0) await made.invoice(order);
  }
  const gone = await made.customer({
    ...{ ...MAIJA, name: "Poistettu Henkilö", email: "poistettu@example.fi" },
    ...{ personalIdentityCode: IDENTITY_CODE, personalIdentityCodeGround: "credit" },
  });
  const asked = await ask("responsiblePerson", "POST", `/api/customers/${gone}/erasure`, { ground: "noLongerNeeded" });
  assert.equal(asked.status, 200);
});
after(async () => {
  await close?.();
  await owner?.destroy();
  await register?.close();
  await rm(root, { recursive: true, force: true });
});

const shelf = () => folderShelf(join(root, "copies", register.keys.installation));
const state = async (): Promise<Backups> => (await ask("responsiblePerson", "GET", "/api/backups")).body;
async function until(done: (now: Backups) => boolean): Promise<Backups> {
  for (;;) {
    const now = await state();
    if (done(now)) return now;
    await pause(200);
  }
}
async function keyringFiles(): Promise<Record<string, string>> {
  const folder = join(dataDir, "keyring");
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, digestHex(await readFile(join(folder, name)))])),
  );
}
const leftovers = async () => [
  ...(await readdir(root)).filter((name) => name.includes("drill")),
  ...(await readdir(dataDir)).filter((name) => name === "drill"),
];
const drillNow = async () => (await register.drill.run()).run;

test("nobody but who keeps backups may look or begin, and there is nothing to drill before the first copy", async () => {
  assert.equal((await ask("sales", "GET", "/api/backups")).status, 403);
  assert.equal((await ask("sales", "POST", "/api/backups")).status, 403);
  assert.equal((await ask("sales", "POST", "/api/backups/drill")).status, 403);
  assert.equal((await state()).drill.state, "never");
  assert.equal((await drillNow()).problem, "backupNone");
  assert.equal((await state()).drill.state, "failed");
});

test("a copy is begun over HTTP, and what is kept until when is told", async () => {
  const begun = await ask("responsiblePerson", "POST", "/api/backups");
  assert.equal(begun.status, 202);
  assert.ok(begun.body.copying);
  const now = await until(({ copying }) => copying === null);
  assert.equal(now.lastAttempt?.problem, null);
  assert.equal(now.bases.length, 1);
  assert.deepEqual(
    now.kept.map(({ what, days }) => [what, days]),
    [
      ["database", 90],
      ["writeAheadLog", 90],
      ["keyring", 30],
      ["journal", 90],
    ],
  );
  assert.ok(now.kept.every(({ what, count }) => count > 0 || what === "writeAheadLog"));
});

test("a drill begun over HTTP restores the copy, opens values, finds the erased erased, and leaves the keyring and the disk as they were", async () => {
  const keys = await keyringFiles();
  const before = register.keys.state();
  const begun = await ask("responsiblePerson", "POST", "/api/backups/drill");
  assert.equal(begun.status, 202);
  assert.ok(begun.body.drilling);
  const now = await until(({ drilling }) => drilling === null);
  const [last] = now.drill.last;
  assert.equal(last?.problem, null);
  assert.equal(now.drill.state, "good");
  assert.equal(last?.name, (await baseNames(shelf())).at(-1));
  const facts = last?.facts ?? assert.fail("no facts");
  assert.equal(facts.invoices, 2);
  assert.ok(facts.opened >= 10 && facts.opened <= 50, String(facts.opened));
  assert.equal(facts.erased, 1);
  assert.ok(facts.entries > 10 && facts.rows > 20);
  assert.deepEqual(await leftovers(), []);
  assert.deepEqual(register.keys.state(), before);
  assert.deepEqual(await keyringFiles(), keys);
  const events = await owner.selectFrom("audit_event").select(["place", "actor"]).execute();
  for (const place of ["backups.copy", "backups.drill"])
    assert.equal(events.filter((event) => event.place === place).length, 1, `${place} in the log`);
});

test("the control is proven by it, and red when the newest drill failed", async () => {
  const proofOf = async () => {
    const proofs = await openProver(register.gate, register.drill).prove();
    return proofs.find(({ control }) => control === "restoreDrill")?.state;
  };
  assert.equal(await proofOf(), "proven");
  const drills = (await backupRuns(register.gate, "drill", 50)).length;
  const [name = ""] = await baseNames(shelf());
  const path = join(root, "copies", register.keys.installation, "base", name, "files.age");
  const file = await open(path, "r+");
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, 5000);
  await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 5000);
  const failed = await drillNow();
  assert.equal(failed.problem, "backupDamaged");
  assert.equal(failed.facts, null);
  assert.equal((await backupRuns(register.gate, "drill", 50)).length, drills + 1);
  assert.equal(await proofOf(), "failed");
  const watched = { gate: register.gate, backup: register.backup, drill: register.drill };
  const watches = watchesOf({ ...watched, disk: {} as never, notices: {} as never });
  const look = watches.find(({ kind }) => kind === "drillFailed")?.look ?? assert.fail();
  const told = await look();
  assert.equal(told?.problem, "backupDamaged");
  assert.match(String(told?.file), /files\.age$/, "which file is damaged");
  await file.write(byte, 0, 1, 5000);
  await file.close();
  assert.deepEqual(await leftovers(), []);
});

test("what was erased and is there all the same, and what does not open, are found", async () => {
  const place = { subject_id: newId(), category: "name" };
  const kept = { source: "phone", at: new Date(), by: "test", purpose: "customers", basis: "contract", ground: null };
  const value = { ...place, ...kept, sealed: Buffer.alloc(60, 1), rule: "customerCore" };
  await owner.insertInto("customer_value").values(value).execute();
  assert.equal((await drillNow()).problem, "drillUnreadable");
  await owner.deleteFrom("customer_value").where("subject_id", "=", place.subject_id).execute();

  const [living] = [...register.keys.list()].filter(({ register: of }) => of === "customers");
  assert.ok(living);
  const id = newId();
  const line = { id, subject_id: newId(), register: "customers", categories: [], keys: [living.id], ground: "request" };
  const days = { rows_gone_at: new Date(), keys_due_on: "2026-01-01", keys_destroyed_at: new Date() };
  await owner
    .insertInto("erasure_ledger")
    .values({ ...line, ...days, by: "test", rule: null })
    .execute();
  assert.equal((await drillNow()).problem, "drillErased");
  await owner.deleteFrom("erasure_ledger").where("id", "=", id).execute();
});

test("a full disk is told before anything is written, and what a dead drill left goes at the next start", async () => {
  const { gate, databases, backup, postgres } = register;
  const parts = { gate, db: databases.read, backup, physical: postgres, dataDir };
  const huge = openDrill({ ...parts, spareBytes: 2 ** 52 });
  const { run, problem } = await huge.run();
  assert.equal(run.problem, "drillNoRoom");
  assert.ok(Number(problem?.facts.neededMB) > Number(problem?.facts.freeMB));
  assert.deepEqual(await leftovers(), []);
  await mkdir(join(root, ".data-drill", "postgres"), { recursive: true });
  await mkdir(join(dataDir, "drill"));
  await register.drill.clear();
  assert.deepEqual(await leftovers(), []);
});

test("where the database is the operator's own, or no place is set, it says what cannot be drilled", async () => {
  const { gate, databases, backup, postgres } = register;
  const parts = { gate, db: databases.read, dataDir };
  const operators = openDrill({ ...parts, backup, physical: null });
  assert.throws(() => operators.run(), { code: "drillOperators" });
  const nowhere = openDrill({ ...parts, backup: { ...backup, target: null }, physical: postgres });
  assert.throws(() => nowhere.run(), { code: "backupNoTarget" });
  assert.equal(nowhere.drilled, false);
});

test("through the drill's keys nothing reaches the keyring but questions", async () => {
  const { keys } = register;
  const view = drillKeys(keys);
  const before = keys.state();
  const [line] = [...keys.list()];
  assert.ok(line);
  view.retire([line.id]);
  await view.destroy([line.id]);
  assert.ok(view.destroyed.has(line.id));
  assert.ok((await keys.keysOf(line)).includes(line.id));
  const { rotateRoot, rotateEpoch, rotateSearch, rotateSigner, retireSigner, copy, confirmRecovery, renewRecovery } =
    view;
  for (const change of [rotateRoot, rotateEpoch, rotateSearch, rotateSigner, retireSigner, copy, confirmRecovery])
    await assert.rejects(change(), { code: "closed" });
  await assert.rejects(renewRecovery(), { code: "closed" });
  await assert.rejects(view.keysFor([line]), { code: "closed" });
  await assert.rejects(view.seal([]), { code: "closed" });
  assert.throws(() => view.signers()[0]?.sign(Buffer.from("x")), { code: "closed" });
  assert.deepEqual(keys.state(), before);
});

test("a copy with fewer rows, more rows, another sum or another ledger is not the register", () => {
  const facts = (rows: number, cents: number, sum = "5") => ({
    ...{ rows: { customer: rows }, invoiceCents: cents },
    ledger: { lines: 1, sum },
  });
  const [before, later] = [facts(10, 100), facts(12, 300)];
  for (const good of [facts(10, 100), facts(11, 200), facts(12, 300)]) expectAsLiving(good, before, later);
  for (const bad of [facts(9, 100), facts(13, 100), facts(10, 99), facts(10, 301)])
    assert.throws(() => expectAsLiving(bad, before, later), { code: "drillDiffers" });
  assert.throws(() => expectAsLiving(facts(10, 100, "6"), before, later), { code: "ledgerMismatch" });
});
