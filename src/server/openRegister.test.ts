// Opening a register on a database that has been in use: what a restart must not forget, and what a refused start must leave as it was.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sql } from "kysely";
import type { Connection } from "../db/connect.ts";
import { rowsOf, testDatabase } from "../test/database.ts";
import { newId } from "../values/Uuid.ts";
import { openRegister } from "./openRegister.ts";

const walttia = new URL("../../descriptions/walttia.yaml", import.meta.url);

const urlOf = (to: Connection): string => {
  if ("url" in to) return to.url;
  const [user, password, host] = [to.user, to.password, to.host].map(encodeURIComponent);
  return `postgres://${user}:${password}@${host}:${to.port ?? 5432}/${to.database}`;
};

/** A database, a data folder and settings of their own. */
async function place(description: (text: string) => string = (text) => text) {
  const { owner, config, ownerConfig } = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "tietovirta-open-"));
  after(() => rm(dataDir, { recursive: true }));
  const file = join(dataDir, "walttia.yaml");
  await writeFile(file, description(await readFile(walttia, "utf8")));
  const database = { ownerUrl: urlOf(ownerConfig), appUrl: urlOf(config) };
  const settings = { port: 0, publicPort: 0, host: "127.0.0.1", dataDir, description: file, database };
  const open = () => openRegister(settings, { log: () => undefined, language: "en" });
  return { owner, dataDir, settings, open };
}

test("a restart does not give out again a key that waits for its grace", async () => {
  const { owner, open } = await place((text) => {
    const changed = text.replace(
      "    atEnd: erase\n    onRequest: restrict",
      "    graceDays: 30\n    atEnd: erase\n    onRequest: restrict",
    );
    assert.notEqual(changed, text, "the description has changed: mend this test");
    return changed;
  });
  const first = await open();
  const graced = Object.entries(first.inForce().description.retention).find(([, rule]) => rule.graceDays === 30);
  assert.ok(graced);
  const of = { register: "customers", subject: newId(), rule: graced[0] };
  const [doomed] = await first.keys.keysFor([of]);
  assert.ok(doomed);
  // As an erasure leaves it: the entry committed, the key there until its day.
  await sql`insert into erasure_ledger values (${newId()}, ${of.subject}, 'customers', '{name}', ${[doomed]}, 'noLongerNeeded', 'x', now(),
    '2999-01-01', null)`.execute(owner);
  await first.close();
  const second = await open();
  assert.equal(second.keys.state().keys, 1, "the doomed key is still there");
  assert.notDeepEqual(await second.keys.keysFor([of]), [doomed]);
  await second.close();
});

test("a start that is refused because the keyring is missing has changed no table", async () => {
  const { owner, dataDir, open } = await place();
  await (await open()).close();
  const [last] = (await rowsOf(owner, "migration"))
    .map(({ name }) => String(name))
    .toSorted()
    .slice(-1);
  assert.ok(last);
  await sql`delete from migration where name = ${last}`.execute(owner);
  await rm(join(dataDir, "keyring"), { recursive: true });
  await assert.rejects(open(), { code: "keyringMissing" });
  assert.ok(!(await rowsOf(owner, "migration")).some(({ name }) => name === last), "nothing was migrated");
});

test("with a passphrase the register opens only where its file says it", async () => {
  const { dataDir, settings, open } = await place();
  await (await open()).close();
  const file = join(dataDir, "passphrase");
  await writeFile(file, "kolme sinistä venettä laiturissa\n");
  const locked = { ...settings, rootPassphraseFile: file };
  const openLocked = () => openRegister(locked, { log: () => undefined, language: "en" });
  const first = await openLocked();
  assert.equal(first.keys.inventory().root.kept, "file", "a file alone changes nothing");
  await first.keys.setPassphrase(async () => "kolme sinistä venettä laiturissa", {
    memory: 64,
    passes: 1,
    parallelism: 1,
  });
  await first.close();
  await assert.rejects(open(), { code: "keyring.passphraseMissing" });
  await (await openLocked()).close();
  await writeFile(file, "jokin muu");
  await assert.rejects(openLocked(), { code: "keyring.passphraseWrong" });
  await rm(file);
  await assert.rejects(openLocked(), { code: "keyring.passphraseMissing" });
});
