import assert from "node:assert/strict";
import { test } from "node:test";
import { SimulatedDisk } from "./disk/files.test-seam.ts";
import { openOne, owner, sealOne, start } from "./keyring.test-seam.ts";

/**
 * A keyring as the first format wrote it, with what was sealed, indexed and looked up under it: one key in the snapshot of its second
 * epoch, one in the log. Made by the version before signing keys, papers and dates; kept here so that keyrings in use go on opening.
 */
const first = {
  installation: "914c7788-cd57-4a92-913a-1815d1c60091",
  subject: "00000000-0000-4000-8000-000000000001",
  row: "00000000-0000-4000-8000-000000000002",
  token: 8402000478663178245n,
  mac: "Wo8aIBG8jEyunyK+tuPj4kDmPcIkxsB6EF4dIgSa178=",
  sealed: [
    "ARi6AAAAAR+OkIAQwU5aWCd80PdEccC6WchbRTLTOCXEVJiyspKLIMOTXp+OcfjZiLtWfAfsDalmV3MVYQ==",
    "ARi6AAAAAu7AsKiItbtR/s1klYgu+kbCnLrB9vC/T20rHfFgslD7GwLmBHOT9tEwnGnkf6bPi/jZFb4ewio=",
  ],
  files: {
    "root.key": "hNRLaBGw2jdzf1aJJBeLdJ4s2RjqrR8qW8N98wtPZOw=",
    "keyring.epoch":
      "VFZLRQEYumRFh236CpFMd4jNV0qSkToYFdHGAJEAAAABAAAAAmLQP/8ZAL6tMI6TvLj9RsKYYPTbZzyD9U2vXK47V4/55g72f1rU" +
      "jpzWIkoEUpMr+AeFcQQNUWv8Heer+uU2f+KHWOs0KTJ1rShunEp3PuaCFIHDY8/vtecY2uJ2",
    "keyring.log":
      "VFZLTAEYumRFh236CpFMd4jNV0qSkToYFdHGAJGpSIv2HKiK0vTKQUDnctFKY0tuyVSnCBuNUw4LH1MmmnZLtc3TMozjh/l62kfL" +
      "7ShUVktyAAAAd0qej8PAGl3Fa4nAJSdBLl0BAAAACW1hcmtldGluZwMYugAAAALuwLCoiLW7Uf7NAAAAAAAAAAAAAEAAgAAAAAAA" +
      "AAEAAAADAAAAAQSH1glPT2GCZTF9sC3vohuTV7K6+J5GakEAixdMg3XJ3mTUDGuNcx0qa/xtvRA5L0DQNOyCiZaiDVz1FQ==",
    "keyring.snapshot":
      "VFZLUwEYumRFh236CpFMd4jNV0qSkToYFdHGAJEAAAACqUiL9hyoitL0ykFA53LRSgGjiL0kcj/rQcIo/Cq9Cy4AAAAAAAAAAWC6" +
      "qPaImdKlllj2UwgDZt5gJOwDPaSj5G54mqHsIWjhv9P7KQdnd3X3Sx+F8xk6Yx9LYBuHX0DC+yzVCAAAAAMAAAAJY3VzdG9tZXJz" +
      "AAAACHdhcnJhbnR5AAAACGlkZW50aXR5AAAAAQAAAAAyUCnIlTyyxOnK8rPJsK853hCjiakBbv7+3eCJEys8/XdK+SBNnNdAwxz2" +
      "snREx39GnWiWeiGW8epBOmgAAAABGLoAAAABH46QgBDBTlpYJwAAAAAAAAAAAABAAIAAAAAAAAABAAAAAQAAAAFE47vq/xCkaag/" +
      "kPkiyGLhsTDJqJN26Mmoy6UYDkBTlkgIjA2LAUyLV2HHxfG5ebLz4ykNqXmeXhd6ZeAJM9UnI4JPuGNT4VMo+Hx9F8Lkf22NAj5Y" +
      "pR1LyLvwqw==",
  },
};

const first64 = (text: string) => Buffer.from(text, "base64");

function diskOfFirst(): SimulatedDisk {
  const disk = new SimulatedDisk();
  for (const [name, text] of Object.entries(first.files)) disk.put(name, first64(text));
  return disk;
}

const place = { register: "customers", category: "name", row: first.row, subject: first.subject };
const rules = ["warranty", "marketing"];

async function assertOpens(disk: SimulatedDisk): Promise<void> {
  const keys = await start(disk.process());
  assert.equal(keys.installation, first.installation);
  for (const [index, sealed] of first.sealed.entries())
    assert.equal(await openOne(keys, { place, sealed: first64(sealed) }), `Kanerva ${rules[index]}`);
  assert.deepEqual(keys.tokens("customers", "name", ["kan"]), [first.token]);
  assert.deepEqual(keys.mac("ban", "x"), first64(first.mac));
  assert.equal(keys.signers().length, 1);
  assert.equal(keys.recovery().confirmed, false);
  assert.equal((await keys.recoverySecret())?.length, 32);
}

test("a keyring of the first format opens, and has a signing key and a paper from then on", async () => {
  const disk = diskOfFirst();
  await assertOpens(disk);
  const keys = await start(disk.process());
  const [signer] = keys.signers();
  assert.deepEqual(keys.inventory().root.since, null, "nobody wrote down since when");
  const keyOfToday = await sealOne(keys, owner());
  await keys.rotateRoot();
  await keys.rotateEpoch();
  disk.cutPower();
  await assertOpens(disk);
  const again = await start(disk.process());
  assert.deepEqual(again.signers()[0]?.publicKey, signer?.publicKey);
  assert.equal(await openOne(again, keyOfToday), "Kanerva");
  assert.equal(again.inventory().registers[0]?.oldest, null);
});

test("whatever file operation its first opening stops at, the next one opens it", async () => {
  let done = false;
  let at = 1;
  for (; !done; at += 1) {
    assert.ok(at < 60, "it comes to an end");
    for (const cut of [false, true]) {
      const disk = diskOfFirst();
      done = await start(disk.process({ at, kind: "crash" })).then(
        () => true,
        () => false,
      );
      if (cut) disk.cutPower();
      await assertOpens(disk);
    }
  }
  assert.ok(at > 10, "it has many operations");
});
