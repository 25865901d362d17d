import assert from "node:assert/strict";
import { test } from "node:test";
import { isSignature } from "../keys/primitives/curves.ts";
import { testApp } from "../test/app.ts";
import { keysCommands, levels } from "./keysCommands.ts";

const { ask, gate, keys } = await testApp();

const found = async () => {
  const { status, body } = await ask("administration", "POST", "/api/customers/search", { search: "Kierto" });
  assert.equal(status, 200);
  return body.items.map(({ name }: { name: string }) => name);
};

test("every level rotates on a register in use, and what was there is found and read", async () => {
  const code = { personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit", source: "meeting" };
  const person = { kind: "person", name: "Kierto Henkilö", ...code };
  const { body } = await ask("administration", "POST", "/api/customers", person);
  assert.ok(body.id);
  assert.deepEqual(await found(), ["Kierto Henkilö"]);
  const before = await keysCommands["keys inventory"]({ gate }, undefined);
  const [signer = assert.fail()] = keys.signers();
  for (const level of levels) {
    const { persons, resealed } = await keysCommands["keys rotate"]({ gate }, { level });
    assert.deepEqual([persons > 0, resealed], level === "persons" ? [true, 1] : [false, 0]);
    assert.deepEqual(await found(), ["Kierto Henkilö"], level);
  }
  const after = await keysCommands["keys inventory"]({ gate }, undefined);
  assert.notEqual(after.root.id, before.root.id);
  assert.equal(after.epoch.version, before.epoch.version + 2);
  assert.equal(after.search.version, before.search.version + 1);
  assert.equal(after.keys, before.keys * 2);
  const [fresh = assert.fail(), ...none] = keys.signers();
  assert.equal(none.length, 0, "the checkpoint that both signed has retired the former");
  assert.notDeepEqual(fresh.publicKey, signer.publicKey);
  const bytes = Buffer.from("x");
  assert.ok(isSignature(fresh.publicKey, bytes, fresh.sign(bytes)));
});

test("what a loss would mean is told without changing anything", async () => {
  const before = keys.inventory();
  const { rehearsed, confirmed } = await keysCommands["keys lost"]({ gate }, { secret: null });
  assert.equal(confirmed, false);
  const opens = rehearsed.filter(({ why, tried }) => tried && why === null).map(({ loss }) => loss);
  assert.deepEqual(opens, ["server"], "the paper that still waits to be confirmed opens");
  assert.deepEqual(keys.inventory(), before);
});

test("a passphrase that the server would not find at its next start is refused", async () => {
  const set = () => keysCommands["keys passphrase set"]({ gate }, undefined);
  await assert.rejects(set(), { code: "keyring.passphraseUnset" });
  process.env.ROOT_PASSPHRASE_FILE = "/nowhere/passphrase";
  await assert.rejects(set(), { code: "keyring.passphraseMissing" });
  delete process.env.ROOT_PASSPHRASE_FILE;
  await keysCommands["keys passphrase remove"]({ gate }, undefined);
  assert.equal(keys.inventory().root.kept, "file");
});
