import assert from "node:assert/strict";
import { test } from "node:test";
import { fault, owner } from "./keyring.test-seam.ts";
import { memoryKeys } from "./keyring.ts";
import { rehearseLosses } from "./rehearsal.ts";

test("a rehearsal says truly what each loss would mean, and touches nothing", async () => {
  const keys = await memoryKeys();
  await keys.keysFor([owner(), owner(), owner()]);
  const before = keys.inventory();
  const secret = await keys.recoverySecret();
  assert.deepEqual(await rehearseLosses(await keys.copy(), secret), [
    { loss: "rootKey", tried: true, keys: 0, why: "rootMissing" },
    { loss: "keyring", tried: true, keys: 0, why: "missing" },
    { loss: "server", tried: true, keys: 3, why: null },
    { loss: "serverAndPaper", tried: true, keys: 0, why: "paperWrong" },
  ]);
  assert.deepEqual(keys.inventory(), before);
  const [, , server] = await rehearseLosses(await keys.copy(), null);
  assert.deepEqual(server, { loss: "server", tried: false, keys: 0, why: null });
  await keys.close();
  await assert.rejects(keys.copy(), fault("closed"));
});
