// The rewritings of the files, each stopped at every file operation: what a full disk takes back and what it halts, what a kill leaves
// for the next start; and when the log is long.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import { Disk, fileNames } from "../disk/disk.ts";
import { SimulatedDisk } from "../disk/files.test-seam.ts";
import { KeyringFault } from "../fault.ts";
import { newKey } from "../primitives/aead.ts";
import { Writer } from "../primitives/encoding.ts";
import { epochsOf, logHeaderBytes } from "./image.ts";
import { KeptRing } from "./keptRing.ts";
import { limits } from "./limits.ts";
import { load } from "./load.ts";
import { changesFor } from "./newKeys.ts";
import { recoveryFits } from "./papers.ts";
import { openRow, usesChange } from "./ring.ts";
import { fileRoot, passphraseRoot, type RootProvider } from "./rootStore.ts";
import { idOf } from "./table.ts";

const made = 1_800_000_000;
const now = () => made;
const idCheck = newKey().key;
const passphrase = async () => "kolme sinistä venettä";
const cost = { memory: 8, passes: 1, parallelism: 1 };
const halted = { name: "KeyringFault", code: "halted" };

async function keptOn(disk: Disk, mode: "create" | "existing" = "existing", provider?: RootProvider) {
  const asked = mode === "create" ? undefined : passphrase;
  const loaded = await load(disk, { mode, passphrase: asked, limits, now });
  return new KeptRing(disk, { ...loaded, provider: provider ?? loaded.provider }, { limits, now });
}

async function addOne(kept: KeptRing) {
  const owner = { register: "customers", subject: randomUUID(), rule: "a", version: 1 };
  await kept.add(changesFor({ ring: kept.ring, root: kept.root, idCheck, made }, [owner]));
}

async function threeKeys() {
  const simulated = new SimulatedDisk();
  const kept = await keptOn(new Disk(simulated.process()), "create");
  for (let count = 0; count < 3; count += 1) await addOne(kept);
  return simulated;
}

const ids = ({ ring: { table } }: KeptRing) =>
  Array.from({ length: table.size }, (_, index) => Buffer.from(table.row(index).subarray(0, 16)).toString("latin1"));
const doomedOf = (kept: KeptRing) => new Set([idOf(kept.ring.table.row(1))]);

/** The next start opens every key it has and leaves one epoch, fitting papers and nothing else lying about. */
async function assertWhole(simulated: SimulatedDisk): Promise<KeptRing> {
  const again = await keptOn(new Disk(simulated.process()));
  const { ring, root, places } = again;
  for (let index = 0; index < ring.table.size; index += 1) openRow(ring, places, ring.table.row(index));
  const files = simulated.contents();
  assert.deepEqual([...epochsOf(root, files.get(fileNames.epoch) ?? assert.fail()).wrapped.keys()], [ring.epoch]);
  assert.ok(recoveryFits(root, ring.installation, ring.papers, files.get(fileNames.recovery) ?? assert.fail()));
  assert.deepEqual(
    [...files.keys()].filter((name) => /\.(new|next)$/.test(name)),
    [],
  );
  return again;
}

type Rewriting = {
  run: (kept: KeptRing, disk: Disk) => Promise<unknown>;
  /** What a full disk does to each write in turn. */
  full: readonly ("diskFull" | "halted")[];
  /** Keys when it is done. */
  keys: number;
};

const rewritings: Readonly<Record<string, Rewriting>> = {
  compact: { run: (kept) => kept.compact(), full: ["diskFull", "halted"], keys: 3 },
  // Both epochs, the snapshot; from there on the old keys are gone from memory, and files that lag behind it must not be built on.
  rewriteWithout: {
    run: (kept) => kept.rewriteWithout(doomedOf(kept)),
    full: ["diskFull", "diskFull", "halted", "halted"],
    keys: 2,
  },
  // Three files are staged and the root key is replaced; then only the papers take room.
  rotateRoot: {
    run: (kept) => kept.rotateRoot(),
    full: ["diskFull", "diskFull", "diskFull", "diskFull", "halted"],
    keys: 3,
  },
  moveRoot: {
    run: (kept, disk) => kept.moveRoot(passphraseRoot(disk, passphrase, cost)),
    full: ["diskFull"],
    keys: 3,
  },
};

for (const [name, { run, full, keys }] of Object.entries(rewritings)) {
  test(`${name}: a full disk is told and changes nothing, or halts what could not go on truthfully`, async () => {
    const met: unknown[] = [];
    for (let at = 1, reached = true; reached; at += 1) {
      assert.ok(at < 60, "it comes to an end");
      const simulated = await threeKeys();
      const starting = simulated.process();
      await keptOn(new Disk(starting));
      const files = simulated.process({ at: starting.steps + at, kind: "ENOSPC", lasting: false });
      const disk = new Disk(files);
      const kept = await keptOn(disk);
      const [before, root] = [ids(kept), kept.root.id];
      const failure = await run(kept, disk).then(
        () => null,
        (error: unknown) => error,
      );
      reached = files.steps >= starting.steps + at;
      if (failure === null) {
        simulated.cutPower();
        assert.deepEqual(ids(await assertWhole(simulated)), ids(kept));
        assert.equal(ids(kept).length, keys);
        continue;
      }
      assert.ok(failure instanceof KeyringFault, String(failure));
      met.push(failure.code);
      if (failure.code === "halted") await assert.rejects(addOne(kept), halted);
      else {
        assert.deepEqual([ids(kept), kept.root.id], [before, root]);
        await addOne(kept);
        await run(kept, disk);
        assert.equal(ids(kept).length, keys + 1);
      }
      simulated.cutPower();
      const again = await assertWhole(simulated);
      if (failure.code === "diskFull") assert.deepEqual(ids(again), ids(kept));
    }
    assert.deepEqual(met, full);
  });

  test(`${name}: killed anywhere, all is as before or as after`, async () => {
    const sizes = new Set<number>();
    for (let at = 1, reached = true; reached; at += 1) {
      assert.ok(at < 60, "it comes to an end");
      for (const pick of [() => 0, (most: number) => most]) {
        const simulated = await threeKeys();
        const starting = simulated.process();
        await keptOn(new Disk(starting));
        const files = simulated.process({ at: starting.steps + at, kind: "crash" });
        const disk = new Disk(files);
        const kept = await keptOn(disk);
        const done = await run(kept, disk).then(
          () => true,
          () => false,
        );
        reached = files.steps >= starting.steps + at;
        simulated.cutPower(pick);
        const again = await assertWhole(simulated);
        sizes.add(ids(again).length);
        if (done) assert.equal(ids(again).length, keys);
        await addOne(again);
        await run(again, new Disk(simulated.process()));
      }
    }
    assert.deepEqual(sizes, new Set([3, keys]));
  });
}

test("an epoch file that is gone halts the destruction: nobody may take it for done", async () => {
  const simulated = await threeKeys();
  const kept = await keptOn(new Disk(simulated.process()));
  simulated.remove(fileNames.epoch);
  await assert.rejects(kept.rewriteWithout(doomedOf(kept)), halted);
  await assert.rejects(addOne(kept), halted);
});

/** A place for the root key that remembers the buffers it was given. */
function remembering(fails: boolean) {
  const given: Uint8Array[] = [];
  const seen: Buffer[] = [];
  let removed = 0;
  const provider: RootProvider = {
    kind: "passphrase",
    read: async () => null,
    write: async (root) => {
      given.push(root);
      seen.push(Buffer.from(root));
      if (fails) throw new KeyringFault("diskFull");
    },
    remove: async () => {
      removed += 1;
    },
  };
  return { provider, given, seen, removed: () => removed };
}

test("the bytes of a root key are blank once they are kept, and also where they could not be", async () => {
  for (const fails of [false, true]) {
    const simulated = await threeKeys();
    const disk = new Disk(simulated.process());
    const there = remembering(fails);
    const kept = await keptOn(disk);
    const { provider: before, root } = kept;
    const orFull = (error: unknown) => assert.ok(error instanceof KeyringFault && error.code === "diskFull");
    await kept.moveRoot(there.provider).catch(orFull);
    assert.deepEqual(there.seen, [root.key.export()]);
    assert.equal(kept.provider, fails ? before : there.provider);
    assert.equal(simulated.contents().has(fileNames.root), fails, "emptied once the new place holds it");
    // Where it could not be moved, it rotates in its file as before.
    await kept.rotateRoot();
    assert.equal(there.given.length, fails ? 1 : 2);
    for (const bytes of there.given) assert.deepEqual(Buffer.from(bytes), Buffer.alloc(32));
    assert.ok(!root.id.equals(kept.root.id));
  }
  const simulated = await threeKeys();
  const failing = remembering(true);
  const kept = await keptOn(new Disk(simulated.process()), "existing", failing.provider);
  const before = simulated.contents();
  await assert.rejects(kept.rotateRoot(), { code: "diskFull" });
  assert.deepEqual(Buffer.from(failing.given[0] ?? assert.fail()), Buffer.alloc(32));
  assert.deepEqual(simulated.contents(), before, "what was staged is gone");
});

for (const name of ["rewriteWithout", "rotateRoot"] as const) {
  test(`${name}: every use is counted on, in the files those before it and in memory also those meanwhile`, async () => {
    const simulated = await threeKeys();
    const disk = new Disk(simulated.process());
    const kept = await keptOn(disk);
    let uses = 5;
    kept.ring.table.countUses(0, uses);
    let running = true;
    const work = (name === "rotateRoot" ? kept.rotateRoot() : kept.rewriteWithout(doomedOf(kept))).finally(() => {
      running = false;
    });
    while (running) {
      kept.ring.table.countUses(0, 1);
      uses += 1;
      await Promise.resolve();
    }
    await work;
    assert.ok(uses > 20, "premise: it has sealed on meanwhile");
    assert.equal(kept.ring.table.usesOf(0), uses);
    assert.ok((await assertWhole(simulated)).ring.table.usesOf(0) >= 5);
  });
}

test("moving the root key to where it is removes nothing", async () => {
  const simulated = await threeKeys();
  const disk = new Disk(simulated.process());
  const kept = await keptOn(disk);
  const root = simulated.contents().get(fileNames.root);
  await kept.moveRoot(fileRoot(disk));
  assert.deepEqual(simulated.contents().get(fileNames.root), root);
  await assertWhole(simulated);
});

const megabyte = 1024 * 1024;
/** Changes of about so many bytes that say nothing: counts of keys that are gone. */
function padding(bytes: number): Buffer {
  const writer = new Writer();
  const id = randomBytes(16);
  for (let left = bytes; left > 0; left -= 21) usesChange(writer, id, 1);
  return Buffer.from(writer.done());
}

test("a log is long from four megabytes on, or from half a large snapshot", async () => {
  const simulated = await threeKeys();
  const kept = await keptOn(new Disk(simulated.process()));
  assert.equal(kept.isLong, false);
  await kept.note(padding(3.9 * megabyte));
  assert.equal(kept.isLong, false);
  await kept.note(padding(0.2 * megabyte));
  assert.equal(kept.isLong, true);
  await kept.compact();
  assert.equal(simulated.contents().get(fileNames.log)?.length, logHeaderBytes);
  await addOne(kept);
  assert.equal(kept.isLong, false, "a small snapshot makes no log long");
  await kept.note(padding(4.1 * megabyte));
  assert.equal(kept.isLong, true);
  await kept.replaceWith({ ...kept.ring, names: [...kept.ring.names, "n".repeat(10 * megabyte)] });
  await kept.note(padding(4.9 * megabyte));
  assert.equal(kept.isLong, false, "five megabytes are half of this one");
  await kept.note(padding(0.2 * megabyte));
  assert.equal(kept.isLong, true);
});

test("a log that could not be folded on a full disk is long again only four megabytes later", async () => {
  const simulated = await threeKeys();
  const noted = padding(4.1 * megabyte);
  const probe = simulated.process();
  await (await keptOn(new Disk(probe))).note(noted);
  const files = simulated.process({ at: probe.steps + 1, kind: "ENOSPC", lasting: false });
  const kept = await keptOn(new Disk(files));
  await kept.note(noted);
  assert.equal(kept.isLong, true);
  await assert.rejects(kept.compact(), { code: "diskFull" });
  assert.equal(kept.isLong, false);
  await kept.note(padding(3.9 * megabyte));
  assert.equal(kept.isLong, false);
  await kept.note(padding(0.2 * megabyte));
  assert.equal(kept.isLong, true);
});
