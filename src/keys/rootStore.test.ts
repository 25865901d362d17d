import assert from "node:assert/strict";
import { test } from "node:test";
import { SimulatedDisk } from "./disk/files.test-seam.ts";
import { create, fault, openOne, owner, sealOne, start } from "./keyring.test-seam.ts";

/** So little that a test may ask for it often. */
const cost = { memory: 8, passes: 1, parallelism: 1 };
const words = "kolme sinistä venettä laiturissa";
const passphrase = async () => words;

async function withPassphrase() {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const value = await sealOne(keys, owner());
  await keys.setPassphrase(passphrase, cost);
  return { disk, keys, value };
}

test("with a passphrase no file holds the root key, and only the passphrase opens", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const before = disk.contents().get("root.key") ?? assert.fail();
  const value = await sealOne(keys, owner());
  await keys.setPassphrase(passphrase, cost);
  assert.equal(disk.contents().has("root.key"), false);
  for (const [name, bytes] of disk.contents()) assert.ok(!bytes.includes(before), name);
  assert.equal(keys.inventory().root.kept, "passphrase");
  await keys.close();
  disk.cutPower();
  await assert.rejects(start(disk.process()), fault("passphraseMissing"));
  await assert.rejects(start(disk.process(), { passphrase: async () => "" }), fault("passphraseMissing"));
  await assert.rejects(start(disk.process(), { passphrase: async () => `${words}!` }), fault("passphraseWrong"));
  const again = await start(disk.process(), { passphrase: async () => words.normalize("NFD") });
  assert.equal(await openOne(again, value), "Kanerva");
  // The old root key stood in a clear file, so it is not the root key any more.
  disk.put("root.key", before);
  await assert.rejects(start(disk.process(), { passphrase }), fault("foreign"));
});

test("the root key rotates under the passphrase without asking again", async () => {
  const { disk, keys, value } = await withPassphrase();
  await keys.close();
  let asked = 0;
  const counting = async () => {
    asked += 1;
    return words;
  };
  const again = await start(disk.process(), { passphrase: counting });
  const { root } = again.state();
  await again.rotateRoot();
  assert.notEqual(again.state().root, root);
  assert.equal(asked, 1);
  disk.cutPower();
  assert.equal(await openOne(await start(disk.process(), { passphrase }), value), "Kanerva");
});

test("another passphrase takes the place of the first; back to a file needs none", async () => {
  const { disk, keys, value } = await withPassphrase();
  await keys.setPassphrase(async () => "toinen ja parempi lause", cost);
  await keys.close();
  await assert.rejects(start(disk.process(), { passphrase }), fault("passphraseWrong"));
  const again = await start(disk.process(), { passphrase: async () => "toinen ja parempi lause" });
  await again.removePassphrase();
  assert.equal(again.inventory().root.kept, "file");
  await again.removePassphrase();
  await again.close();
  assert.equal(disk.contents().has("root.sealed"), false);
  assert.equal(await openOne(await start(disk.process()), value), "Kanerva");
});

test("a refused passphrase changes nothing", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process());
  const value = await sealOne(keys, owner());
  await assert.rejects(
    keys.setPassphrase(async () => ""),
    fault("passphraseMissing"),
  );
  await assert.rejects(
    keys.setPassphrase(() => Promise.reject(new Error("nobody there"))),
    /nobody there/,
  );
  assert.equal(keys.inventory().root.kept, "file");
  disk.cutPower();
  assert.equal(await openOne(await start(disk.process()), value), "Kanerva");
});

test("a new keyring may have a passphrase from the first", async () => {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process(), { passphrase });
  assert.equal(keys.inventory().root.kept, "passphrase");
  assert.equal(disk.contents().has("root.key"), false);
});

test("a damaged root.sealed is damaged, not a wrong passphrase; costs out of reach are not tried", async () => {
  const { disk, keys } = await withPassphrase();
  await keys.close();
  const whole = disk.contents().get("root.sealed") ?? assert.fail();
  for (let at = 0; at < whole.length; at += 1) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x80;
    disk.put("root.sealed", damaged);
    const code = at === 4 ? "newer" : "corrupt";
    await assert.rejects(start(disk.process(), { passphrase }), fault(code), `byte ${at}`);
  }
});

test("whatever file operation a switch stops at, the keyring opens one way or the other", async () => {
  for (const direction of ["there", "back"] as const) {
    let [done, at] = [false, 1];
    for (; !done; at += 1) {
      assert.ok(at < 120, "it comes to an end");
      for (const cut of [false, true]) {
        const disk = new SimulatedDisk();
        const first = await create(disk.process());
        const value = await sealOne(first, owner());
        if (direction === "back") await first.setPassphrase(passphrase, cost);
        await first.close();
        const probe = disk.process();
        await (await start(probe, { passphrase })).close();
        const keys = await start(disk.process({ at: probe.steps + at, kind: "crash" }), { passphrase });
        const change = direction === "there" ? keys.setPassphrase(passphrase, cost) : keys.removePassphrase();
        done = await change.then(
          () => true,
          () => false,
        );
        if (cut) disk.cutPower();
        const again = await start(disk.process(), { passphrase });
        assert.equal(await openOne(again, value), "Kanerva");
        const names = [...disk.contents().keys()].filter((name) => ["root.key", "root.sealed"].includes(name));
        assert.equal(names.length, 1, "only one of the two is left");
        if (done) assert.deepEqual(names, [direction === "there" ? "root.sealed" : "root.key"]);
      }
    }
    assert.ok(at > 3);
  }
});
