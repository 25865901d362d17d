// What a start finds in the folder, file by file: what it takes, finishes, writes anew or refuses, and that it writes nothing else.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import { Disk, fileNames } from "../disk/disk.ts";
import { type Fault, SimulatedDisk } from "../disk/files.test-seam.ts";
import { KeyringFault, type KeyringFaultCode } from "../fault.ts";
import { newKey } from "../primitives/aead.ts";
import { epochImage, epochsOf, logHeader, logHeaderBytes } from "./image.ts";
import { KeptRing } from "./keptRing.ts";
import { limits } from "./limits.ts";
import { type LoadOptions, load, rotatedFiles } from "./load.ts";
import { changesFor } from "./newKeys.ts";
import { recoveryFits } from "./papers.ts";
import { newRootBytes, wrapEpoch } from "./root.ts";
import { copyOf } from "./write.ts";

const made = 1_800_000_000;
const now = () => made;
const idCheck = newKey().key;
const rootCost = { memory: 8, passes: 1, parallelism: 1 };
const passphrase = async () => "kolme sinistä venettä";
type Changes = Partial<Pick<LoadOptions, "mode" | "passphrase">>;

const opened = (simulated: SimulatedDisk, changes: Changes = {}, fault?: Fault) =>
  load(new Disk(simulated.process(fault)), { mode: "existing", rootCost, limits, now, ...changes });
const refused = (code: KeyringFaultCode, trying: Promise<unknown>, why?: string) =>
  assert.rejects(trying, (error) => error instanceof KeyringFault && error.code === code, why);
const fileOf = (simulated: SimulatedDisk, name: string) => simulated.contents().get(name) ?? assert.fail(name);

async function addOne(simulated: SimulatedDisk): Promise<KeptRing> {
  const disk = new Disk(simulated.process());
  const loaded = await load(disk, { mode: "existing", limits, now });
  const kept = new KeptRing(disk, loaded, { limits, now });
  const owner = { register: "customers", subject: randomUUID(), rule: "a", version: 1 };
  await kept.add(changesFor({ ring: kept.ring, root: kept.root, idCheck, made }, [owner]));
  return kept;
}

async function withoutKeys(changes: Changes = {}) {
  const simulated = new SimulatedDisk();
  await opened(simulated, { mode: "create", ...changes });
  return simulated;
}

async function withOneKey() {
  const simulated = await withoutKeys();
  await addOne(simulated);
  return simulated;
}

test("a keyring is made only where none can have been in use, and only when asked", async () => {
  const empty = new SimulatedDisk();
  await refused("missing", opened(empty));
  assert.equal(empty.contents().size, 0);
  for (const secret of [undefined, passphrase]) {
    // The first start was cut short before its snapshot: the root key that it had made goes on.
    const begun = await withoutKeys({ passphrase: secret });
    begun.remove(fileNames.snapshot);
    const name = secret ? fileNames.sealedRoot : fileNames.root;
    const root = fileOf(begun, name);
    await refused("missing", opened(begun, { passphrase: secret }));
    const { ring } = await opened(begun, { mode: "create", passphrase: secret });
    assert.equal(ring.table.size, 0);
    assert.deepEqual(fileOf(begun, name), root);
    assert.equal([fileNames.root, fileNames.sealedRoot].filter((one) => begun.contents().has(one)).length, 1);
  }
  const lost = await withOneKey();
  lost.remove(fileNames.snapshot);
  const before = lost.contents();
  for (const mode of ["create", "existing"] as const) await refused("missing", opened(lost, { mode }));
  assert.deepEqual(lost.contents(), before);
});

test("a file that is missing is named, and a copy is of all four or none", async () => {
  const whole = await withOneKey();
  const copy = await copyOf(new Disk(whole.process()));
  assert.deepEqual(copy, {
    epoch: fileOf(whole, fileNames.epoch),
    snapshot: fileOf(whole, fileNames.snapshot),
    log: fileOf(whole, fileNames.log),
    recovery: fileOf(whole, fileNames.recovery),
  });
  for (const [name, code] of [
    [fileNames.epoch, "missing"],
    [fileNames.snapshot, "missing"],
    [fileNames.log, "missing"],
    [fileNames.root, "rootMissing"],
  ] as const) {
    const simulated = await withOneKey();
    simulated.remove(name);
    await refused(code, opened(simulated), name);
    if (name !== fileNames.root) await refused("missing", copyOf(new Disk(simulated.process())), name);
  }
  whole.remove(fileNames.recovery);
  await refused("missing", copyOf(new Disk(whole.process())));
});

test("a whole keyring opens on a full disk, and no file is changed by it", async () => {
  const simulated = await withOneKey();
  const before = simulated.contents();
  const { ring, cutBytes, logBytes } = await opened(simulated, {}, { at: 1, kind: "ENOSPC", lasting: true });
  assert.deepEqual(simulated.contents(), before);
  assert.deepEqual([ring.table.size, cutBytes, logBytes], [1, 0, fileOf(simulated, fileNames.log).length]);
});

test("papers that do not fit the ring are written anew, durably", async () => {
  const simulated = await withOneKey();
  const strange = fileOf(await withoutKeys(), fileNames.recovery);
  for (const image of [null, strange]) {
    if (image) simulated.put(fileNames.recovery, image);
    else simulated.remove(fileNames.recovery);
    const { root, ring } = await opened(simulated);
    simulated.cutPower();
    assert.ok(recoveryFits(root, ring.installation, ring.papers, fileOf(simulated, fileNames.recovery)));
  }
});

for (const name of rotatedFiles) {
  test(`${name} staged under the root key that stands takes its place; one under another goes, if ours is in use`, async () => {
    const simulated = await withOneKey();
    const [ours, strange] = [fileOf(simulated, name), fileOf(await withOneKey(), name)];
    const whole = simulated.contents();
    const staged = `${name}.next`;
    const settled = async () => {
      assert.equal((await opened(simulated)).ring.table.size, 1);
      simulated.cutPower();
      assert.deepEqual(simulated.contents(), whole);
    };
    for (const inUse of [randomBytes(100), strange, ours]) {
      simulated.put(name, inUse);
      simulated.put(staged, ours);
      await settled();
    }
    for (const foreign of [strange, randomBytes(3)]) {
      simulated.put(staged, foreign);
      await settled();
    }
    for (const inUse of [strange, null]) {
      if (inUse) simulated.put(name, inUse);
      else simulated.remove(name);
      simulated.put(staged, strange);
      // Without its snapshot there is no keyring to ask about.
      await refused(!inUse && name === fileNames.snapshot ? "missing" : "foreign", opened(simulated));
      assert.deepEqual(fileOf(simulated, staged), strange, "what may be somebody's stays");
    }
  });
}

test("the log of the snapshot before is dropped; one of an older snapshot or of others is refused", async () => {
  const simulated = await withoutKeys();
  const kept = await addOne(simulated);
  const log = fileOf(simulated, fileNames.log);
  assert.ok(log.length > logHeaderBytes);
  await kept.compact();
  simulated.put(fileNames.log, log);
  const { ring, logBytes, cutBytes } = await opened(simulated);
  assert.deepEqual([ring.table.size, logBytes, cutBytes], [1, logHeaderBytes, 0]);
  simulated.cutPower();
  assert.equal(fileOf(simulated, fileNames.log).length, logHeaderBytes);
  const again = await addOne(simulated);
  assert.equal((await opened(simulated)).ring.table.size, 2);
  await again.compact();
  const current = fileOf(simulated, fileNames.log);
  simulated.put(fileNames.log, log);
  await refused("corrupt", opened(simulated));
  const { root, ring: latest } = again;
  simulated.put(fileNames.log, logHeader(root, randomUUID(), latest.generation));
  await refused("foreign", opened(simulated));
  simulated.put(fileNames.log, current);
  assert.equal((await opened(simulated)).ring.table.size, 2);
});

test("an epoch file of another installation is foreign, also under the same root key", async () => {
  const simulated = await withOneKey();
  const { root, ring } = await opened(simulated);
  const { wrapped } = epochsOf(root, fileOf(simulated, fileNames.epoch));
  simulated.put(fileNames.epoch, epochImage(root, randomUUID(), wrapped));
  await refused("foreign", opened(simulated));
  simulated.put(fileNames.epoch, epochImage(root, ring.installation, new Map()));
  await refused("foreign", opened(simulated), "none of its epochs");
});

test("of two epochs in the file only the snapshot's stays", async () => {
  const simulated = await withOneKey();
  const { root, ring } = await opened(simulated);
  const image = fileOf(simulated, fileNames.epoch);
  const { wrapped } = epochsOf(root, image);
  assert.deepEqual([...wrapped.keys()], [ring.epoch]);
  for (const other of [ring.epoch - 1, ring.epoch + 1]) {
    const strange = wrapEpoch(root, ring.installation, other, newRootBytes());
    simulated.put(fileNames.epoch, epochImage(root, ring.installation, new Map(wrapped).set(other, strange)));
    assert.equal((await opened(simulated)).ring.table.size, 1);
    simulated.cutPower();
    assert.deepEqual(fileOf(simulated, fileNames.epoch), image);
  }
});
