import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Disk } from "../disk/disk.ts";
import { type Fault, SimulatedDisk } from "../disk/files.test-seam.ts";
import { KeyringFault } from "../fault.ts";
import { newKey } from "../primitives/aead.ts";
import { KeptRing } from "./keptRing.ts";
import { limits } from "./limits.ts";
import { load } from "./load.ts";
import { changesFor } from "./newKeys.ts";
import { openRow, type Ring, rotated } from "./ring.ts";
import { placeBytes } from "./table.ts";

const idCheck = newKey().key;
const made = 1_800_000_000;
const now = () => made;
const wanted = (rule: string) => ({ register: "customers", subject: randomUUID(), rule, version: 1 });

async function keptOn(simulated: SimulatedDisk, mode: "create" | "existing", fault?: Fault) {
  const disk = new Disk(simulated.process(fault));
  const loaded = await load(disk, { mode, limits, now });
  return { kept: new KeptRing(disk, loaded, { limits, now }), root: loaded.root };
}

/** The secret of every row, comparable. */
const secrets = (ring: Ring, places: KeptRing["places"]) =>
  Array.from({ length: ring.table.size }, (_, index) => openRow(ring, places, ring.table.row(index)));

async function threeKeys(simulated = new SimulatedDisk()) {
  const { kept, root } = await keptOn(simulated, "create");
  await kept.add(changesFor({ ring: kept.ring, root, idCheck, made }, [wanted("a"), wanted("b")]));
  await kept.add(changesFor({ ring: kept.ring, root, idCheck, made }, [wanted("b")]));
  assert.equal(kept.ring.table.size, 3);
  return { kept, simulated };
}

test("every key is a secret of its own, and the same secret in the next epoch", async () => {
  const { kept } = await threeKeys();
  const before = secrets(kept.ring, kept.places);
  const blank = Buffer.alloc(32);
  for (const [index, key] of before.entries()) {
    assert.notDeepEqual(key.export(), blank);
    for (const other of before.slice(index + 1)) assert.ok(!key.equals(other));
  }
  await kept.rewriteWithout(new Set());
  assert.equal(kept.ring.epoch, 2);
  for (const [index, key] of secrets(kept.ring, kept.places).entries()) assert.ok(before[index]?.equals(key));
});

test("a wrapped key opens in its own row only: id, register, person, rule and version are bound", async () => {
  const { kept } = await threeKeys();
  const row = kept.ring.table.row(0);
  for (let at = 0; at < row.length; at += 1) {
    row[at] = (row[at] ?? 0) ^ 1;
    assert.throws(() => openRow(kept.ring, kept.places, row), KeyringFault, `byte ${at}`);
    row[at] = (row[at] ?? 0) ^ 1;
  }
  openRow(kept.ring, kept.places, row);
  const [swapped, names] = [kept.ring.table.row(1).subarray(placeBytes), [...kept.ring.names]];
  row.set(swapped, placeBytes);
  assert.throws(() => openRow(kept.ring, kept.places, row), KeyringFault);
  assert.ok(names.includes("customers"));
});

test("a new epoch has new register keys: the new ones do not open an old wrapping", async () => {
  const { kept } = await threeKeys();
  const old = kept.ring;
  const next = await rotated(old, { epochKey: newKey().key, generation: Buffer.alloc(16, 1), made }, new Set());
  assert.ok(next.registers.size > 0);
  for (const [register, { key }] of next.registers) assert.ok(!old.registers.get(register)?.key.equals(key));
  assert.throws(() => openRow({ ...old, registers: next.registers }, kept.places, old.table.row(0)), KeyringFault);
});

test("folding the log into the snapshot loses nothing, whatever operation it stops at", async () => {
  for (let at = 1, done = false; !done; at += 1) {
    assert.ok(at < 40, "it comes to an end");
    for (const cut of [false, true]) {
      const { simulated } = await threeKeys();
      const starting = simulated.process();
      await load(new Disk(starting), { mode: "existing", limits, now });
      const { kept, root } = await keptOn(simulated, "existing", { at: starting.steps + at, kind: "crash" });
      const log = simulated.contents().get("keyring.log")?.length ?? 0;
      done = await kept.compact().then(
        () => true,
        () => false,
      );
      if (done) {
        assert.ok((simulated.contents().get("keyring.log")?.length ?? 0) < log, "the log is short again");
        await kept.add(changesFor({ ring: kept.ring, root, idCheck, made }, [wanted("c")])).catch(() => {});
      }
      if (cut) simulated.cutPower();
      const again = await keptOn(simulated, "existing");
      assert.ok(again.kept.ring.table.size >= 3);
      assert.equal(secrets(again.kept.ring, again.kept.places).length, again.kept.ring.table.size);
    }
  }
});
