import assert from "node:assert/strict";
import { test } from "node:test";
import { SimulatedDisk } from "./disk/files.test-seam.ts";
import { create, fault, openOne, owner, sealOne, start } from "./keyring.test-seam.ts";
import type { Keys } from "./keys.ts";
import { isSignature } from "./primitives/curves.ts";
import { keyIdOf } from "./sealed.ts";

async function ready() {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const value = await sealOne(keys, owner());
  return { disk, keys, value };
}

async function restarted(disk: SimulatedDisk, keys: Keys): Promise<Keys> {
  await keys.close();
  disk.cutPower();
  return start(disk.process());
}

const ringFiles = ["keyring.epoch", "keyring.snapshot", "keyring.log", "root.recovery"];

test("a new root key opens what the old one did, and the old one opens nothing in use", async () => {
  const { disk, keys, value } = await ready();
  const old = disk.contents();
  const before = keys.state();
  await keys.rotateRoot();
  const after = keys.state();
  assert.notEqual(after.root, before.root);
  assert.equal(after.epoch, before.epoch + 1);
  const later = await sealOne(keys, owner(), "Lumme");
  const again = await restarted(disk, keys);
  for (const [item, text] of [
    [value, "Kanerva"],
    [later, "Lumme"],
  ] as const)
    assert.equal(await openOne(again, item), text);
  await again.close();
  // Root key and epoch of before, with today's snapshot and log: what a thief of old copies would try.
  const today = disk.contents();
  for (const keep of [["keyring.snapshot", "keyring.log"], ["keyring.snapshot"], ringFiles]) {
    for (const [name, bytes] of old) if (!keep.includes(name)) disk.put(name, bytes);
    await assert.rejects(start(disk.process()), fault("foreign"));
    for (const [name, bytes] of today) disk.put(name, bytes);
  }
  assert.equal([...today.keys()].filter((name) => name.includes(".next") || name.includes(".new")).length, 0);
  assert.equal(await openOne(await start(disk.process()), value), "Kanerva");
});

test("tokens, MACs, signatures and papers survive a new root key and a new epoch", async () => {
  const { disk, keys } = await ready();
  const seen = (ring: Keys) => ({
    tokens: ring.tokens("customers", "name", ["kan", "kane"]),
    mac: ring.mac("ban", "x"),
    signers: ring.signers().map(({ publicKey }) => publicKey),
    recovery: ring.recovery(),
  });
  const before = seen(keys);
  const secret = await keys.recoverySecret();
  await keys.rotateRoot();
  await keys.rotateEpoch();
  assert.deepEqual(seen(keys), before);
  const again = await restarted(disk, keys);
  assert.deepEqual(seen(again), before);
  assert.deepEqual(await again.recoverySecret(), secret);
});

test("a new search secret gives other tokens; what cannot be computed anew stays", async () => {
  const { disk, keys, value } = await ready();
  const tokens = keys.tokens("customers", "name", ["kan"]);
  const mac = keys.mac("ban", "x");
  assert.equal(keys.state().search, 1);
  await keys.rotateSearch();
  const fresh = keys.tokens("customers", "name", ["kan"]);
  assert.notDeepEqual(fresh, tokens);
  assert.deepEqual(keys.mac("ban", "x"), mac);
  const again = await restarted(disk, keys);
  assert.equal(again.state().search, 2);
  assert.deepEqual(again.tokens("customers", "name", ["kan"]), fresh);
  assert.deepEqual(again.mac("ban", "x"), mac);
  await again.destroy([value.key]);
  assert.equal(await openOne(again, value), null, "the check in a key id does not hang on the search secret");
});

test("two keys sign until the former is retired", async () => {
  const { disk, keys } = await ready();
  const bytes = Buffer.from("checkpoint");
  const [first = assert.fail()] = keys.signers();
  await keys.rotateSigner();
  await keys.rotateSigner();
  const again = await restarted(disk, keys);
  const both = again.signers();
  assert.equal(both.length, 2, "no third while one waits");
  assert.deepEqual(both[0]?.publicKey, first.publicKey);
  for (const { publicKey, sign } of both) assert.ok(isSignature(publicKey, bytes, sign(bytes)));
  await again.retireSigner();
  await again.retireSigner();
  assert.deepEqual(
    again.signers().map(({ publicKey }) => publicKey),
    [both[1]?.publicKey],
  );
  const third = await restarted(disk, again);
  assert.equal(third.signers().length, 1);
  assert.deepEqual(
    third.inventory().signers.map(({ version }) => version),
    [2],
  );
});

test("a rotated person has a new version; the former opens on until it is destroyed", async () => {
  const { disk, keys } = await ready();
  const one = owner();
  const before = await sealOne(keys, one, "Saaristo");
  const [marketing = ""] = await keys.keysFor([{ ...one, rule: "marketing" }]);
  const nobody = owner();
  const { former, current } = await keys.rotatePersons([one, one, nobody]);
  assert.deepEqual(former, [before.key]);
  assert.equal(current.length, 1);
  assert.deepEqual(await keys.keysFor([one]), current);
  assert.deepEqual(await keys.keysFor([{ ...one, rule: "marketing" }]), [marketing], "the other rule keeps its key");
  assert.deepEqual(await keys.keysOf(nobody), [], "who has no key gets none");
  const after = await sealOne(keys, one, "Saaristo uusi");
  assert.equal(keyIdOf(after.sealed), current[0]);
  const again = await restarted(disk, keys);
  assert.equal(await openOne(again, before), "Saaristo");
  assert.deepEqual(await again.keysFor([one]), current);
  assert.equal(
    (await again.keysOf({ register: one.register, subject: one.subject })).length,
    3,
    "an erasure finds every version",
  );
  await again.destroy(former);
  assert.equal(await openOne(again, before), null);
  assert.equal(await openOne(again, after), "Saaristo uusi");
  assert.deepEqual((await again.rotatePersons([one])).former, current);
});

test("the inventory counts by register and says since when; the listing names every key with its owner", async () => {
  const disk = new SimulatedDisk();
  const at = (day: string) => ({ now: () => new Date(`${day}T12:00:00Z`) });
  const keys = await create(disk.process(), at("2026-01-05"));
  const one = owner();
  await keys.keysFor([one, { ...one, rule: "marketing" }, owner(), owner({ register: "invoices" })]);
  await keys.close();
  const later = await start(disk.process(), at("2026-03-01"));
  await sealOne(later, one);
  const { current } = await later.rotatePersons([one]);
  await later.rotateRoot();
  const { registers, root, epoch, search, signers, recovery, ...rest } = later.inventory();
  const since = (day: string) => new Date(`${day}T12:00:00Z`);
  assert.deepEqual(registers, [
    { register: "customers", keys: 4, subjects: 2, superseded: 1, oldest: since("2026-01-05"), mostUses: 1 },
    { register: "invoices", keys: 1, subjects: 1, superseded: 0, oldest: since("2026-01-05"), mostUses: 0 },
  ]);
  assert.deepEqual(root, { id: later.state().root, kept: "file", since: since("2026-03-01") });
  assert.deepEqual(epoch, { version: 2, since: since("2026-03-01") });
  assert.deepEqual([search, ...signers], Array(2).fill({ version: 1, since: since("2026-01-05") }));
  assert.deepEqual(recovery, [{ confirmed: false, since: since("2026-01-05") }]);
  assert.deepEqual(rest, { installation: later.installation, keys: 5, destroyed: 0 });
  const lines = [...later.list()];
  assert.equal(lines.length, 5);
  const newest = lines.find(({ id }) => id === current[0]);
  const { id: _, ...line } = newest ?? assert.fail();
  assert.deepEqual(line, { ...one, version: 2, madeAt: since("2026-03-01"), current: true, uses: 0 });
  assert.equal(lines.filter(({ current: newestOf }) => !newestOf).length, 1);
});
