import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { SimulatedDisk } from "./disk/files.test-seam.ts";
import { create, fault, openOne, owner, sealOne, start } from "./keyring.test-seam.ts";
import type { KeyringCopy, Keys } from "./keys.ts";
import { privateKey, publicBytes } from "./primitives/curves.ts";
import { restoreKeyring } from "./restoreKeyring.ts";

const secretOf = async (keys: Keys) => (await keys.recoverySecret()) ?? assert.fail("no secret waits");

async function restored(copy: KeyringCopy, secret: Uint8Array) {
  const disk = new SimulatedDisk();
  await restoreKeyring({ folder: "", files: disk.process(), copy, secret });
  disk.cutPower();
  return start(disk.process());
}

test("the first start makes a secret whose public half it keeps", async () => {
  const keys = await create(new SimulatedDisk().process());
  const { recipient, recipients, confirmed } = keys.recovery();
  assert.equal(confirmed, false);
  assert.deepEqual(recipients, [recipient]);
  assert.deepEqual(publicBytes(privateKey("x25519", await secretOf(keys))), recipient);
});

test("paper and newest copy open everything on another machine", async () => {
  const keys = await create(new SimulatedDisk().process());
  const secret = await secretOf(keys);
  await keys.confirmRecovery();
  const early = await sealOne(keys, owner());
  await keys.destroy([]);
  await keys.rotateEpoch();
  await keys.rotateRoot();
  const late = await sealOne(keys, owner(), "Lumme");
  const again = await restored(await keys.copy(), secret);
  assert.equal(again.installation, keys.installation);
  assert.equal(await openOne(again, early), "Kanerva");
  assert.equal(await openOne(again, late), "Lumme");
  assert.deepEqual(again.signers()[0]?.publicKey, keys.signers()[0]?.publicKey);
  assert.deepEqual(again.recovery(), keys.recovery());
});

test("a confirmed secret has left the server: no file holds it under any key", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  await secretOf(keys);
  assert.equal(keys.inventory().recovery.length, 1);
  await keys.confirmRecovery();
  assert.equal(await keys.recoverySecret(), null);
  disk.cutPower();
  const again = await start(disk.process());
  assert.equal(await again.recoverySecret(), null);
  assert.equal(again.recovery().confirmed, true);
  await again.confirmRecovery();
  assert.equal(again.recovery().confirmed, true, "once more does no harm");
});

test("a new paper leaves the old one good until it is confirmed, and then only the new one opens", async () => {
  const keys = await create(new SimulatedDisk().process());
  const old = await secretOf(keys);
  await keys.confirmRecovery();
  const [first] = keys.recovery().recipients;
  await keys.renewRecovery();
  const discarded = await secretOf(keys);
  await keys.renewRecovery();
  const fresh = await secretOf(keys);
  assert.notDeepEqual(fresh, discarded);
  assert.deepEqual(keys.recovery().recipients[0], first);
  assert.equal(keys.recovery().recipients.length, 2);
  const between = await keys.copy();
  for (const secret of [old, fresh]) await restored(between, secret);
  await assert.rejects(restored(between, discarded), fault("paperWrong"));
  await keys.confirmRecovery();
  const after = await keys.copy();
  await restored(after, fresh);
  await assert.rejects(restored(after, old), fault("paperWrong"));
});

test("what is not the paper or not the copy is refused, and nothing is made", async () => {
  const keys = await create(new SimulatedDisk().process());
  const other = await create(new SimulatedDisk().process());
  await keys.keysFor([owner()]);
  const [copy, foreign] = [await keys.copy(), await other.copy()];
  const secret = await secretOf(keys);
  const refused = async (wrong: KeyringCopy, paper: Uint8Array, code: Parameters<typeof fault>[0]) => {
    const disk = new SimulatedDisk();
    const trying = restoreKeyring({ folder: "", files: disk.process(), copy: wrong, secret: paper });
    await assert.rejects(trying, fault(code));
    assert.equal(disk.contents().size, 0);
  };
  await refused(copy, randomBytes(32), "paperWrong");
  for (const name of ["epoch", "snapshot", "log"] as const)
    await refused({ ...copy, [name]: foreign[name] }, secret, "foreign");
  await refused({ ...copy, recovery: foreign.recovery }, secret, "paperWrong");
  for (let at = 0; at < copy.recovery.length; at += 1) {
    const damaged = Buffer.from(copy.recovery);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    await assert.rejects(restored({ ...copy, recovery: damaged }, secret), { name: "KeyringFault" }, `byte ${at}`);
  }
});

test("a keyring that stands is not written over; a sealed root of before does not survive", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const copy = await keys.copy();
  const secret = await secretOf(keys);
  await keys.close();
  const again = restoreKeyring({ folder: "", files: disk.process(), copy, secret });
  await assert.rejects(again, fault("inUse"));
  disk.remove("keyring.snapshot");
  disk.put("root.sealed", randomBytes(200));
  await restoreKeyring({ folder: "", files: disk.process(), copy, secret });
  assert.equal(disk.contents().has("root.sealed"), false);
  await start(disk.process());
});

test("a copy in a place of its own is written by exactly as many operations as it takes, or done again", async () => {
  const keys = await create(new SimulatedDisk().process());
  const value = await sealOne(keys, owner());
  const [copy, secret] = [await keys.copy(), await secretOf(keys)];
  let done = false;
  let at = 1;
  for (; !done; at += 1) {
    const disk = new SimulatedDisk();
    const trying = restoreKeyring({ folder: "", files: disk.process({ at, kind: "crash" }), copy, secret });
    done = await trying.then(
      () => true,
      () => false,
    );
    disk.cutPower();
    const standing = disk.contents().has("keyring.snapshot");
    if (!standing) await restoreKeyring({ folder: "", files: disk.process(), copy, secret });
    assert.equal(await openOne(await start(disk.process()), value), "Kanerva");
  }
  assert.ok(at > 20, "it has many operations");
});

test("a lost or strange root.recovery is written anew at the next start", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const secret = await secretOf(keys);
  await keys.close();
  for (const bytes of [null, randomBytes(3), randomBytes(300)]) {
    if (bytes) disk.put("root.recovery", bytes);
    else disk.remove("root.recovery");
    const again = await start(disk.process());
    await restored(await again.copy(), secret);
  }
});
