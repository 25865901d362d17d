// An erasure whose keys cannot be destroyed at once: told as it is, and finished later.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { retryErasures } from "../server/nightly.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";

suite("keys that stay after the rows are gone", async () => {
  const { ask, keys, owner, gate } = await testApp();
  const destroy = keys.destroy.bind(keys);
  const breakDisk = () => {
    keys.destroy = async () => Promise.reject(new Error("the disk is full"));
  };
  const mend = () => {
    keys.destroy = destroy;
  };
  const erase = async (key: string, id: string) =>
    ask(
      "administration",
      "POST",
      `/api/customers/${id}/erasure`,
      { ground: "noLongerNeeded" },
      { "idempotency-key": key },
    );
  const add = async () =>
    (await ask("sales", "POST", "/api/customers", { kind: "person", name: "Levy Taynna", source: "phone" })).body.id;
  const open = async () =>
    (await rowsOf(owner, "erasure_ledger")).filter((row) => row.keys_destroyed_at === null).length;

  test("the answer does not claim that they are gone, nor does it when given again; then they are tried anew", async () => {
    const id = await add();
    breakDisk();
    for (const _ of ["first", "again"]) {
      const { status, body } = await erase("one", id);
      assert.deepEqual([status, body.keysDestroyedOn, body.keysPending], [200, null, true]);
      assert.equal((await rowsOf(owner, "customer")).length, 0);
    }
    mend();
    const { body } = await erase("one", id);
    assert.deepEqual([body.keysDestroyedOn, body.keysPending], ["2026-11-22", undefined]);
    assert.equal(await open(), 0);
  });

  test("without anybody asking they are tried until they are gone", async () => {
    const id = await add();
    breakDisk();
    assert.equal((await erase("two", id)).body.keysPending, true);
    const told: string[] = [];
    const heard = Promise.withResolvers<void>();
    const stop = retryErasures(
      gate,
      (line) => {
        told.push(line);
        if (told.length === 1) mend();
        else heard.resolve();
      },
      5,
    );
    const awake = setInterval(() => undefined, 1000);
    await heard.promise;
    clearInterval(awake);
    await stop();
    assert.equal(await open(), 0);
    assert.equal(told.length, 2);
  });
});
