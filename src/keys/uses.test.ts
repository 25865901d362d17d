import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SimulatedDisk } from "./disk/files.test-seam.ts";
import { create, fault, openOne, owner, placeOf, start } from "./keyring.test-seam.ts";
import type { Keys } from "./keys.ts";
import { usesKept, limits as usual } from "./ring/limits.ts";

/** The same proportions, small enough to reach. */
const limits = { block: 8, perVersion: 40, perKey: 60 };
const one = owner();
const place = placeOf(one);

async function sealWith(keys: Keys, key: string, count: number) {
  return keys.seal(Array.from({ length: count }, () => ({ place, key, plain: Buffer.from("x") })));
}

const usesOf = (keys: Keys, key: string) => [...keys.list()].find(({ id }) => id === key)?.uses ?? assert.fail();

test("a key has a successor before its limit, seals on to it, and then no more", async () => {
  const keys = await create(new SimulatedDisk().process(), { limits });
  const [key = ""] = await keys.keysFor([one]);
  await sealWith(keys, key, limits.perVersion - 1);
  assert.deepEqual(await keys.keysFor([one]), [key]);
  await sealWith(keys, key, 1);
  assert.notDeepEqual(await keys.keysFor([one]), [key]);
  const [last] = (await sealWith(keys, key, limits.perKey - limits.perVersion)).slice(-1);
  await assert.rejects(sealWith(keys, key, 1), fault("spent"));
  await assert.rejects(keys.sealObject({ place, key, plain: Buffer.from("x") }), fault("spent"));
  assert.equal(await openOne(keys, { place, sealed: last ?? assert.fail() }), "x", "it opens as ever");
});

test("over restarts the count is never less than the truth by a block or more, and grows by at most one block", async () => {
  const acts = fc.array(fc.tuple(fc.integer({ min: 1, max: 11 }), fc.constantFrom("kill", "fold", "close", "none")), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(acts, async (series) => {
      const disk = new SimulatedDisk();
      const wide = { ...limits, perVersion: 1000, perKey: 1000 };
      let files = disk.process();
      let keys = await create(files, { limits: wide });
      const [key = ""] = await keys.keysFor([one]);
      let [really, restarts] = [0, 0];
      for (const [count, then] of series) {
        await sealWith(keys, key, count);
        really += count;
        if (then === "fold") await keys.rotateSigner();
        if (then === "fold") await keys.retireSigner();
        if (then === "none" || then === "fold") continue;
        if (then === "close") await keys.close();
        files.kill();
        disk.cutPower();
        files = disk.process();
        keys = await start(files, { limits: wide });
        restarts += 1;
        const counted = usesOf(keys, key);
        assert.ok(counted > really - restarts * limits.block, `${counted} of ${really}`);
        assert.ok(counted < really + (restarts + 1) * limits.block, `${counted} of ${really}`);
      }
    }),
    { numRuns: 150 },
  );
});

test("one who seals much reaches the successor over restarts too", async () => {
  const disk = new SimulatedDisk();
  let files = disk.process();
  let keys = await create(files, { limits });
  const [key = ""] = await keys.keysFor([one]);
  let restarts = 0;
  for (; (await keys.keysFor([one]))[0] === key; restarts += 1) {
    assert.ok(restarts < 10, "the count grows");
    await sealWith(keys, key, limits.block);
    files.kill();
    disk.cutPower();
    files = disk.process();
    keys = await start(files, { limits });
  }
  assert.ok(restarts > 1);
});

test("concurrent sealings share no count, and a full disk seals nothing beyond it", async () => {
  const disk = new SimulatedDisk();
  const first = await create(disk.process(), { limits });
  const [key = ""] = await first.keysFor([one]);
  await Promise.all([1, 2, 3, 4].map(() => sealWith(first, key, 5)));
  assert.equal(usesOf(first, key), 20);
  await first.close();
  const probe = disk.process();
  await (await start(probe, { limits })).close();
  const keys = await start(disk.process({ at: probe.steps + 1, kind: "ENOSPC", lasting: true }), { limits });
  const already = usesOf(keys, key);
  assert.equal(already % limits.block, 0, "a count of more than a block is written as the end of one");
  await assert.rejects(sealWith(keys, key, 1), fault("diskFull"));
});

test("the end of the first block and the beginning of every other one are written, in one record a call, and nothing else", async () => {
  const files = new SimulatedDisk().process();
  const keys = await create(files, { limits: { block: 4, perVersion: 1000, perKey: 1000 } });
  const [key = ""] = await keys.keysFor([one]);
  const written = async (seal: () => Promise<unknown>) => {
    const before = files.appends;
    await seal();
    return files.appends - before;
  };
  const records: number[] = [];
  for (let count = 1; count <= 14; count += 1) records.push(await written(() => sealWith(keys, key, 1)));
  assert.deepEqual(records, [0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0]);
  assert.equal(await written(() => sealWith(keys, key, 20)), 1);
  assert.equal(await written(() => sealWith(keys, key, 2)), 0);
  assert.equal(await written(() => keys.sealObject({ place, key, plain: Buffer.from("x") })), 1);
  assert.equal(usesOf(keys, key), 37);
});

test("the usual limits keep the bound that the standard gives", () => {
  assert.ok(usual.perKey <= 2 ** 32 && usual.perVersion < usual.perKey && usual.perVersion % usual.block === 0);
  assert.equal((usual.perKey - usual.perVersion) / usual.block, 16_368);
  assert.equal(usesKept(usual.block - 1, usual), usual.block - 1);
  assert.equal(usesKept(usual.block, usual), usual.block);
  assert.equal(usesKept(usual.block + 1, usual), 2 * usual.block);
});
