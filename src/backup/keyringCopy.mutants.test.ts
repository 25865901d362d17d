// Copies of the keyring, the drill's key, the shelf on a real disk and what a base copy does when its source ends: the ways in which they fail.
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { BaseEntry, BaseFacts } from "../db/baseCopy.ts";
import { ageSecretOf } from "../documents/recoverySheet/secret.ts";
import { memoryKeys, openKeyring } from "../keys/keyring.ts";
import { Problem } from "../values/problem.ts";
import { type BaseSource, dateOfStamp, makeBase, measured, stampOf } from "./base.ts";
import { bringBack } from "./bringBack.ts";
import { copyParts, manifestOf, SEGMENT_BYTES } from "./copy.test-seam.ts";
import { openDrillKey, readDrillKey } from "./drillKey.ts";
import { keyringNames, newestKeyring, ownersOf, putKeyring } from "./keyringCopy.ts";
import { baseNames, signManifest } from "./manifest.ts";
import { seal } from "./seal.ts";
import { folderShelf, makeFolders, putWhole } from "./shelf.ts";
import { pack } from "./tar.ts";
import { findTarget, openTarget, targetProblem } from "./target.ts";

const at = new Date("2026-11-23T01:00:00Z");
const quiet = { log: () => undefined, now: at };
const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-copies-"));
  folders.push(folder);
  return folder;
}

async function copiedKeys() {
  const { disk, shelf } = await copyParts();
  const keys = await memoryKeys();
  after(() => keys.close());
  const secret = (await keys.recoverySecret()) ?? assert.fail();
  const signers = keys.signers();
  const unsealing = {
    ...{ installation: keys.installation, identities: [ageSecretOf(secret)] },
    trusted: signers.map(({ publicKey }) => publicKey),
  };
  const sealing = { installation: keys.installation, recipients: ownersOf(keys), signers };
  return { disk, shelf, keys, sealing, unsealing };
}

test("the newest copy of the keyring comes back in all its parts", async () => {
  const { shelf, keys, unsealing } = await copiedKeys();
  const missing = { code: "backupNoKeyring", status: 404 };
  await assert.rejects(newestKeyring(shelf, unsealing), missing);
  await putKeyring(shelf, keys, new Date(at.getTime() - 60_000));
  assert.equal(await putKeyring(shelf, keys, at), "keyring/20261123T010000Z.age");
  assert.deepEqual(await keyringNames(shelf), ["20261123T005900Z.age", "20261123T010000Z.age"]);
  assert.deepEqual(await newestKeyring(shelf, unsealing), { copy: await keys.copy(), at, drill: null });
  const vanishing = { ...shelf, read: async () => null };
  await assert.rejects(newestKeyring(vanishing, unsealing), missing);
});

test("a copy of the keyring that lacks a part is damaged", async () => {
  const { disk, shelf, keys, sealing, unsealing } = await copiedKeys();
  const path = "keyring/20261123T010000Z.age";
  const copy = await keys.copy();
  for (const lacking of ["epoch", "snapshot", "log", "recovery"] as const) {
    const entries = async function* (): AsyncGenerator<BaseEntry> {
      yield { path: "folder", folder: true };
      for (const [name, bytes] of Object.entries(copy))
        if (name !== lacking)
          yield {
            ...{ path: name, folder: false, bytes: bytes.length },
            pieces: (async function* () {
              if (bytes.length > 0) yield bytes;
            })(),
          };
    };
    const pieces: Uint8Array[] = [];
    for await (const piece of pack(entries())) pieces.push(piece);
    disk.put(path, await seal(Buffer.concat(pieces), path, at, sealing));
    await assert.rejects(newestKeyring(shelf, unsealing), { code: "backupDamaged", facts: { file: path } }, lacking);
  }
});

test("the drill's key is made once, readable by its owner alone; what is left of a first try does not matter", async () => {
  const keyring = join(await newFolder(), "keyring");
  assert.equal(await readDrillKey(keyring), null);
  await mkdir(keyring);
  await writeFile(join(keyring, "drill.key.new"), "cut short");
  const made = await openDrillKey(keyring);
  assert.match(made.identity, /^AGE-SECRET-KEY-1/);
  assert.match(made.recipient, /^age1/);
  assert.equal((await stat(join(keyring, "drill.key"))).mode & 0o777, 0o400);
  assert.deepEqual(await openDrillKey(keyring), made);
  assert.deepEqual(await readDrillKey(keyring), made);
  await chmod(join(keyring, "drill.key"), 0o600);
  await writeFile(join(keyring, "drill.key"), "\n");
  assert.equal(await readDrillKey(keyring), null, "an empty file is no key");
  const folder = join(await newFolder(), "keyring");
  await mkdir(join(folder, "drill.key"), { recursive: true });
  await assert.rejects(readDrillKey(folder), { code: "EISDIR" });
});

test("a shelf on the disk lists, reads and removes as it promises", async () => {
  const root = await newFolder();
  const shelf = folderShelf(root);
  await makeFolders(shelf, "a/b");
  await makeFolders(shelf, "a/b");
  await putWhole(shelf, "a/b/two", Buffer.from("2"));
  await putWhole(shelf, "a/b/one", Buffer.from("11"));
  assert.deepEqual(await shelf.list("a/b"), ["one", "two"]);
  assert.deepEqual(await shelf.list("nowhere"), []);
  assert.deepEqual([(await shelf.read("a/b/one"))?.toString(), await shelf.read("a/none")], ["11", null]);
  assert.deepEqual([await shelf.bytesOf("a/b/one"), await shelf.bytesOf("a/none")], [2, null]);
  assert.equal((await stat(join(root, "a/b/one"))).mode & 0o777, 0o600);
  assert.equal((await stat(join(root, "a/b"))).mode & 0o777, 0o700);
  const parts: Uint8Array[] = [];
  for await (const part of shelf.stream("a/b/one")) parts.push(part);
  assert.equal(Buffer.concat(parts).toString(), "11");
  await shelf.remove("a/b");
  assert.deepEqual(await shelf.list("a/b"), ["one", "two"], "a folder that holds something stays");
  for (const path of ["a/b/one", "a/b/two", "a/b", "a/none"]) await shelf.remove(path);
  assert.deepEqual(await shelf.list("a"), []);
  await writeFile(join(root, "file"), "");
  await assert.rejects(shelf.makeFolder("file/x"), { code: "ENOTDIR" });
  await assert.rejects(shelf.list("file"), { code: "ENOTDIR" });
  await assert.rejects(shelf.remove("file/x"), { code: "ENOTDIR" });
  await symlink("loop", join(root, "loop"));
  await assert.rejects(shelf.bytesOf("loop"), { code: "ELOOP" });
  await assert.rejects(folderShelf(join(root, "away")).list("base"), { code: "ENOENT" });
});

test("what fails while it is written leaves nothing that counts, and the fault is the writer's own", async () => {
  const { shelf, disk } = await copyParts();
  const failing = async function* () {
    yield Buffer.from("begun");
    throw new Error("the source went");
  };
  await assert.rejects(putWhole(shelf, "keyring/x.age", failing()), /the source went/);
  assert.equal(disk.contents().size, 0);
  const stuck = { ...shelf, remove: () => Promise.reject(new Error("and cannot be removed")) };
  await assert.rejects(putWhole(stuck, "keyring/x.age", failing()), /the source went/);
});

test("a target is told by what it answered", async () => {
  const root = await newFolder();
  const problem = new Problem("backupDamaged", 422, {});
  assert.equal(targetProblem(problem, root), problem);
  const full = targetProblem(Object.assign(new Error("full"), { code: "ENOSPC" }), root);
  assert.deepEqual([full.code, full.status, full.facts], ["backupTargetFull", 507, { folder: root }]);
  const files = await readFile(join(root, "nothing")).catch((error) => targetProblem(error, root));
  assert.ok(files instanceof Problem);
  assert.deepEqual([files.code, files.status, files.facts], ["backupTarget", 503, { folder: root, reason: "ENOENT" }]);
  const ours = targetProblem(new Error("a fault of ours"), root);
  assert.deepEqual([ours.code, ours.status, ours.facts], ["backupFailed", 500, { reason: "unknown" }]);
  await assert.rejects(findTarget(join(root, "away"), "x"), { code: "backupTarget" });
});

test("a target's folder is made the first time only: later its absence is a share that is away", async () => {
  const [root, dataDir] = [await newFolder(), await newFolder()];
  const { folder } = await openTarget(root, "installation", dataDir);
  assert.equal(folder, join(root, "installation"));
  await openTarget(root, "installation", dataDir);
  await rm(folder, { recursive: true });
  await assert.rejects(openTarget(root, "installation", dataDir), { code: "backupTarget" });
  assert.deepEqual(JSON.parse(await readFile(join(dataDir, "backup", "targets.json"), "utf8")), [folder]);
});

const facts: BaseFacts = {
  ...{ ...manifestOf("x").postgres, schema: null, startedAt: at, stoppedAt: at },
  segmentBytes: SEGMENT_BYTES,
};
async function* source(ended = facts): BaseSource {
  yield { path: "base", folder: true };
  return ended;
}

test("copies of the same second have names of their own, and a name is its time", async () => {
  const { shelf, sealing } = await copyParts();
  const make = () => makeBase({ shelf, source: source(), sealing, server: "test", at });
  const [first, second] = [await make(), await make()];
  assert.deepEqual([first.name, second.name], ["20261123T010000Z", "20261123T010001Z"]);
  assert.deepEqual(await baseNames(shelf), [first.name, second.name]);
  assert.deepEqual(first.wal, { first: "000000010000000000000003", last: "000000010000000000000004" });
  assert.deepEqual(dateOfStamp(stampOf(at)), at);
  assert.ok(Number.isNaN(dateOfStamp("x").getTime()));
});

test("a source that fails is asked to leave backup mode, and no copy counts", async () => {
  const { shelf, sealing } = await copyParts();
  let left = 0;
  const failing = async function* (): BaseSource {
    try {
      yield { path: "base", folder: true };
      throw new Error("the cluster went away");
    } finally {
      left += 1;
    }
  };
  await assert.rejects(makeBase({ shelf, source: failing(), sealing, server: "test", at }), /went away/);
  assert.equal(left, 1);
  assert.deepEqual(await baseNames(shelf), []);
});

test("what passes is measured", async () => {
  const { pieces, told } = measured(
    (async function* () {
      yield Buffer.from("ab");
      yield Buffer.from("c");
    })(),
  );
  for await (const piece of pieces) assert.ok(piece.length > 0);
  assert.deepEqual(told(), { bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" });
});

test("a restore needs the keys of this very installation", async () => {
  const from = await newFolder();
  const keyring = join(await newFolder(), "keyring");
  const keys = await openKeyring({ folder: keyring, mode: "create" });
  const { installation } = keys;
  await keys.close();
  const { signer } = await copyParts();
  const put = async (id: string) => {
    const folder = join(from, id, "base", "20261123T010000Z");
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, "manifest.json"),
      signManifest(manifestOf("20261123T010000Z", { installation: id }), [signer]),
    );
  };
  const restoring = async (more: object) => bringBack({ from, to: join(await newFolder(), "to"), ...quiet, ...more });
  await assert.rejects(restoring({}), { code: "backupNone", status: 404 });
  await put(installation);
  await assert.rejects(restoring({}), { code: "restoreNeedsKeys", status: 409 });
  await assert.rejects(restoring({ keyring: from }), { code: "keyringBroken", status: 500 });
  await assert.rejects(restoring({ keyring }), { code: "backupForged" });
  await assert.rejects(restoring({ keyring, base: "20261122T010000Z" }), { code: "backupNoneBefore", status: 404 });
  await put("another");
  await assert.rejects(restoring({ keyring }), { code: "backupSeveral", status: 409 });
  await assert.rejects(restoring({ keyring, installation: "another" }), { code: "keyringForeign", status: 500 });
});
