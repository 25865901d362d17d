import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { SimulatedDisk } from "./disk/files.test-seam.ts";
import { KeyringFault } from "./fault.ts";
import { create, fault, openOne, owner, placeOf, sealOne, start } from "./keyring.test-seam.ts";
import { memoryKeys } from "./keyring.ts";
import type { Place } from "./keys.ts";
import { keyIdOf } from "./sealed.ts";

test("a value opens in its place, also after a restart", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const sealed = await sealOne(keys, owner());
  assert.equal(keyIdOf(sealed.sealed), sealed.key);
  assert.equal(sealed.sealed.length, "Kanerva".length + 45);
  assert.equal(await openOne(keys, sealed), "Kanerva");
  await keys.close();
  disk.cutPower();
  const again = await start(disk.process());
  assert.equal(again.installation, keys.installation);
  assert.equal(await openOne(again, sealed), "Kanerva");
});

test("a value does not open in any other place, register, category, row, person, key or installation", async () => {
  const keys = await memoryKeys();
  const other = await memoryKeys();
  const one = owner();
  const { place, sealed, key } = await sealOne(keys, one);
  const [sameOwnerOtherRule = ""] = await keys.keysFor([{ ...one, rule: "bookkeeping" }]);
  await keys.keysFor([owner({ subject: one.subject, register: "invoices" }), owner()]);
  let refused = 0;
  const refuse = async (wrong: Place, value: Uint8Array = sealed, ring = keys) => {
    await assert.rejects(ring.open([{ place: wrong, sealed: value }]), fault("tampered"));
    refused += 1;
  };
  for (let round = 0; round < 300; round += 1) {
    await refuse({ ...place, row: randomUUID() });
    await refuse({ ...place, subject: randomUUID() });
    await refuse({ ...place, category: `name${round}` });
    await refuse({ ...place, register: `customers${round}` });
  }
  await refuse({ ...place, row: place.subject, subject: place.row });
  await refuse({ ...place, register: place.category, category: place.register });
  await refuse({ ...place, register: "invoices" });
  await refuse({ ...place, category: "" });
  const underOtherKey = Buffer.from(sealed);
  underOtherKey.set(Buffer.from(sameOwnerOtherRule, "hex"), 1);
  await refuse(place, underOtherKey);
  await refuse(place, sealed, other);
  assert.ok(refused > 1200);
  assert.equal(keyIdOf(sealed), key);
  assert.equal(await openOne(keys, { place: { ...place, row: place.row.toUpperCase() }, sealed }), "Kanerva");
});

test("a value with any bit flipped or its end missing does not open", async () => {
  const keys = await memoryKeys();
  const { place, sealed } = await sealOne(keys, owner());
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const altered = Buffer.from(sealed);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await assert.rejects(keys.open([{ place, sealed: altered }]), fault("tampered"));
  }
  for (let end = 0; end < sealed.length; end += 1)
    await assert.rejects(keys.open([{ place, sealed: sealed.subarray(0, end) }]), fault("tampered"));
});

test("a key of another person or register is refused before it seals", async () => {
  const keys = await memoryKeys();
  const one = owner();
  const [key = ""] = await keys.keysFor([one]);
  const plain = Buffer.from("x");
  for (const wrong of [owner(), owner({ subject: one.subject, register: "invoices" })])
    await assert.rejects(keys.seal([{ place: placeOf(wrong), key, plain }]), fault("tampered"));
  await assert.rejects(keys.seal([{ place: placeOf(one), key: "0".repeat(32), plain }]), fault("destroyed"));
  await assert.rejects(keys.keysFor([owner({ subject: "not a person" })]), TypeError);
});

test("keys are one per register, person and rule; what ends together is found together", async () => {
  const keys = await memoryKeys();
  const subject = randomUUID();
  const owners = ["warranty", "identity", "marketing"].map((rule) => owner({ subject, rule }));
  const ids = await keys.keysFor([...owners, ...owners, owner({ subject, register: "invoices" })]);
  assert.equal(new Set(ids).size, 4);
  assert.deepEqual(ids.slice(0, 3), ids.slice(3, 6));
  assert.deepEqual(new Set(await keys.keysOf({ register: "customers", subject })), new Set(ids.slice(0, 3)));
  assert.deepEqual(await keys.keysOf({ register: "customers", subject, rule: "identity" }), ids.slice(1, 2));
  assert.deepEqual(await keys.keysOf({ register: "staff", subject }), []);
});

test("concurrent calls share one write and its fsync", async () => {
  const disk = new SimulatedDisk();
  const files = disk.process();
  const keys = await create(files);
  await keys.keysFor([owner()]);
  const before = files.fsyncs;
  const first = keys.keysFor([owner()]);
  await Promise.resolve();
  const ids = await Promise.all([first, ...Array.from({ length: 500 }, () => keys.keysFor([owner(), owner()]))]);
  assert.equal(new Set(ids.flat()).size, 1001);
  assert.ok(files.fsyncs - before <= 2, `${files.fsyncs - before} fsyncs`);
  const same = owner();
  const shared = await Promise.all([keys.keysFor([same]), keys.keysFor([same]), keys.keysFor([same])]);
  assert.equal(new Set(shared.flat()).size, 1);
});

test("a destroyed key opens nothing, is in no file, and is never issued again", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const gone = owner();
  const stays = await sealOne(keys, owner(), "Lumme");
  const goes = await sealOne(keys, gone);
  const wrapped = traces(disk, goes.key);
  assert.ok(wrapped.length > 0, "the wrapped key was in a file");
  await keys.destroy([goes.key, "f".repeat(32), "no id at all"]);
  for (const [name, bytes] of disk.contents()) {
    assert.ok(!bytes.includes(Buffer.from(goes.key, "hex")), name);
    for (const trace of wrapped) assert.ok(!bytes.includes(trace), name);
  }
  assert.equal(await openOne(keys, goes), null);
  assert.equal(await openOne(keys, stays), "Lumme");
  await assert.rejects(keys.seal([{ place: goes.place, key: goes.key, plain: Buffer.from("x") }]), fault("destroyed"));
  assert.deepEqual(await keys.keysOf(gone), []);
  assert.notEqual((await keys.keysFor([gone]))[0], goes.key);
  const { keys: count, destroyed, epoch } = keys.state();
  assert.deepEqual({ count, destroyed, epoch }, { count: 2, destroyed: 1, epoch: 2 });
  disk.cutPower();
  const again = await start(disk.process());
  assert.equal(await openOne(again, goes), null);
  assert.equal(await openOne(again, stays), "Lumme");
});

/** Every wrapped key that stands behind this id in a file. */
const traces = (disk: SimulatedDisk, id: string) =>
  [...disk.contents().values()].flatMap((bytes) => {
    const at = bytes.indexOf(Buffer.from(id, "hex"));
    return at < 0 ? [] : [bytes.subarray(at + 48, at + 108)];
  });

test("an old copy of snapshot and log opens nothing with today's root and epoch", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const { key } = await sealOne(keys, owner());
  await sealOne(keys, owner());
  await keys.destroy([]);
  const old = disk.contents();
  await keys.destroy([key]);
  for (const name of ["keyring.snapshot", "keyring.log"]) disk.put(name, old.get(name) ?? assert.fail());
  await assert.rejects(start(disk.process()), fault("foreign"));
  disk.put("keyring.epoch", old.get("keyring.epoch") ?? assert.fail());
  const restored = await start(disk.process());
  assert.equal(restored.state().keys, 2, "with the old epoch file it would have opened");
});

test("values sealed after the copy that was restored tell that the keyring is behind, not that they are erased", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const { key } = await sealOne(keys, owner());
  const old = disk.contents();
  await keys.destroy([key]);
  const later = await sealOne(keys, owner());
  await keys.close();
  for (const [name, bytes] of old) disk.put(name, bytes);
  const restored = await start(disk.process());
  await assert.rejects(restored.open([later]), fault("behind"));
  await restored.rotateEpoch();
  assert.equal(await openOne(restored, later), null, "once its epoch has been passed knowingly, it is absent");
});

test("a retired key opens and seals on, but is not given to anybody", async () => {
  const keys = await memoryKeys();
  const one = owner();
  const { key, place, sealed } = await sealOne(keys, one);
  keys.retire([key]);
  const [next = ""] = await keys.keysFor([one]);
  assert.notEqual(next, key);
  assert.equal(await openOne(keys, { place, sealed }), "Kanerva");
  await keys.destroy([key]);
  assert.deepEqual(await keys.keysFor([one]), [next]);
  assert.equal(await openOne(keys, { place, sealed }), null);
});

test("sealing, opening and making go on while keys are destroyed", async () => {
  const keys = await memoryKeys();
  const sealed = await Promise.all(Array.from({ length: 1500 }, () => sealOne(keys, owner())));
  const [gone, ...rest] = sealed;
  assert.ok(gone);
  const done = keys.destroy([gone.key]);
  const during = await Promise.all([sealOne(keys, owner()), keys.destroy(sealed.slice(1, 3).map(({ key }) => key))]);
  await done;
  const opened = await keys.open([...sealed, during[0]]);
  assert.equal(opened.filter((plain) => plain === null).length, 3);
  assert.equal(rest.length, 1499);
});

test("tokens and MACs differ by register, category and use, and are the same after a restart and an epoch", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const tokens = keys.tokens("customers", "name", ["kan", "kane"]);
  const mac = keys.mac("idempotency", "abc");
  assert.equal(mac.length, 32);
  const lowest = -(2n ** 63n);
  assert.ok(tokens.every((token) => token >= lowest && token < 2n ** 63n));
  const others = [keys.tokens("invoices", "name", ["kan"]), keys.tokens("customers", "town", ["kan"])].flat();
  assert.equal(new Set([...tokens, ...others]).size, 4);
  assert.notDeepEqual(keys.mac("login", "abc"), mac);
  const { key } = await sealOne(keys, owner());
  await keys.destroy([key]);
  await keys.close();
  const again = await start(disk.process());
  assert.deepEqual(again.tokens("customers", "name", ["kan", "kane"]), tokens);
  assert.deepEqual(again.mac("idempotency", "abc"), mac);
  const foreign = await memoryKeys();
  assert.notDeepEqual(foreign.tokens("customers", "name", ["kan", "kane"]), tokens);
});

test("what is missing or foreign is named, and nothing is made in its place", async () => {
  const disk = new SimulatedDisk();
  await assert.rejects(start(disk.process()), fault("missing"));
  assert.equal(disk.contents().size, 0);
  const keys = await create(disk.process());
  await keys.keysFor([owner()]);
  await keys.close();
  await assert.rejects(keys.keysFor([owner()]), fault("closed"));
  const whole = disk.contents();
  const strange = new SimulatedDisk();
  await create(strange.process());
  const cases = [
    ["root.key", "rootMissing", "foreign"],
    ["keyring.epoch", "missing", "foreign"],
    ["keyring.snapshot", "missing", "foreign"],
    ["keyring.log", "missing", "foreign"],
  ] as const;
  for (const [name, absent, replaced] of cases) {
    disk.remove(name);
    for (const mode of ["existing", "create"] as const) {
      await assert.rejects(start(disk.process(), { mode }), fault(absent), `${name} ${mode}`);
      assert.equal(disk.contents().size, 4);
    }
    disk.put(name, strange.contents().get(name) ?? assert.fail());
    await assert.rejects(create(disk.process()), fault(replaced), name);
    disk.put(name, whole.get(name) ?? assert.fail());
  }
  await start(disk.process());
});

test("a damaged byte anywhere but in the last record is refused; a torn last record is cut", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const first = await sealOne(keys, owner());
  const beforeLast = disk.contents().get("keyring.log")?.length ?? 0;
  await sealOne(keys, owner());
  const whole = disk.contents();
  const log = whole.get("keyring.log") ?? assert.fail();
  assert.ok(beforeLast > 100 && log.length > beforeLast);
  for (const name of ["keyring.epoch", "keyring.snapshot", "keyring.log"]) {
    const bytes = whole.get(name) ?? assert.fail();
    for (let at = 0; at < (name === "keyring.log" ? beforeLast : bytes.length); at += 3) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      disk.put(name, damaged);
      await assert.rejects(start(disk.process()), KeyringFault, `${name} ${at}`);
      assert.deepEqual(disk.contents().get(name), damaged, "left as it was");
    }
    disk.put(name, bytes);
  }
  for (let end = beforeLast; end < log.length; end += 1) {
    // Never what stood there: one byte of a checksum in 256 is zero, and the record would be whole.
    const rest = Buffer.alloc(end % 2 ? 0 : 40, ~(log[end] ?? 0));
    disk.put("keyring.log", Buffer.concat([log.subarray(0, end), rest]));
    const again = await start(disk.process());
    assert.equal(again.state().keys, 1);
    assert.equal(again.state().cutBytes, end - beforeLast + rest.length);
    assert.equal(await openOne(again, first), "Kanerva");
    const more = await sealOne(again, owner());
    const third = await start(disk.process());
    assert.equal(await openOne(third, more), "Kanerva");
  }
});
