// A base copy that is not what its manifest tells, however well it is sealed and signed, is refused before a server ever sees it, and nothing is left of the attempt.
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { INSTALLATION } from "./backup.test-seam.ts";
import { type BaseSource, makeBase } from "./base.ts";
import { copyParts, manifestOf } from "./copy.test-seam.ts";
import { filesPath, type Manifest, manifestPath, signManifest } from "./manifest.ts";
import { restoreCluster } from "./restoreCluster.ts";
import { sealStream } from "./seal.ts";
import { folderShelf, putWhole } from "./shelf.ts";
import { openTarget } from "./target.ts";

const at = new Date("2026-11-22T01:00:00Z");

async function* source(text: string): BaseSource {
  yield { path: "base", folder: true };
  for (const path of ["base/1", "PG_VERSION"]) {
    const bytes = Buffer.from(path === "base/1" ? text : "18\n");
    const pieces = (async function* () {
      yield bytes;
    })();
    yield { path, folder: false, bytes: bytes.length, pieces };
  }
  const { postgres } = manifestOf("x");
  return { ...postgres, schema: null, startedAt: at, stoppedAt: new Date(at.getTime() + 5000) };
}

async function ready() {
  const root = await mkdtemp(join(tmpdir(), "tietovirta-told-"));
  after(() => rm(root, { recursive: true, force: true }));
  await chmod(root, 0o711);
  const from = join(root, "copies");
  await mkdir(from);
  const { shelf } = await openTarget(from, INSTALLATION, join(root, "data"));
  const parts = await copyParts();
  const { sealing, signer, party } = parts;
  const make = (text: string, made = at) =>
    makeBase({ shelf, source: source(text), sealing, server: "test", at: made });
  const sign = (manifest: Manifest) => putWhole(shelf, manifestPath(manifest.name), signManifest(manifest, [signer]));
  const restoring = async (more: object = {}) => {
    const to = join(root, "to");
    const options = { from, to, identities: [party.identity], trusted: [signer.publicKey], log: () => undefined };
    try {
      return await restoreCluster({ ...options, now: new Date(), ...more });
    } finally {
      assert.deepEqual(await readdir(to).catch(() => []), [], "something is left");
    }
  };
  return { ...parts, root, from, shelf, make, sign, restoring };
}

test("files that the manifest does not tell, or tells otherwise, are damage", async () => {
  const { make, sign, restoring } = await ready();
  const good = await make("a table");
  assert.equal(good.files.length, 2);
  const [first, second] = good.files;
  assert.ok(first && second);
  const file = filesPath(good.name);
  const wrong: [Partial<Manifest>, string][] = [
    [{ files: [] }, file],
    [{ files: [first] }, file],
    [{ files: [first, second, second] }, file],
    [{ files: [second, first] }, file],
    [{ files: [{ ...first, path: "base/2" }, second] }, file],
    [{ files: [{ ...first, bytes: first.bytes + 1 }, second] }, file],
    [{ files: [{ ...first, sha256: "0".repeat(64) }, second] }, `${file} (base/1)`],
    [{ files: [first, { ...second, sha256: "0".repeat(64) }] }, `${file} (PG_VERSION)`],
    [{ plain: { ...good.plain, sha256: "0".repeat(64) } }, file],
    [{ sealed: { ...good.sealed, sha256: "0".repeat(64) } }, file],
  ];
  for (const [change, told] of wrong) {
    await sign({ ...good, ...change });
    await assert.rejects(restoring(), { code: "backupDamaged", facts: { file: told } }, JSON.stringify(change));
  }
});

test("another copy's files under this copy's name are damage, and so are files that are no archive", async () => {
  const { make, shelf, restoring, party } = await ready();
  const one = await make("a table");
  const other = await make("b table", new Date(at.getTime() - 60_000));
  await putWhole(shelf, filesPath(one.name), (await shelf.read(filesPath(other.name))) ?? assert.fail());
  await assert.rejects(restoring(), { code: "backupDamaged" });
  const text = (async function* () {
    yield Buffer.from("no archive ".repeat(200));
  })();
  await putWhole(shelf, filesPath(one.name), await sealStream(text, [party.recipient]));
  await assert.rejects(restoring(), { code: "backupDamaged", facts: { file: filesPath(one.name) } });
  await shelf.remove(filesPath(one.name));
  await assert.rejects(restoring());
});

test("the newest copy that had ended by the moment is taken, and where there is none the oldest is named", async () => {
  const { make, restoring, from } = await ready();
  await rm(join(from, INSTALLATION), { recursive: true });
  await mkdir(join(from, INSTALLATION, "base"), { recursive: true });
  await assert.rejects(restoring(), { code: "backupNone", facts: { folder: join(from, INSTALLATION) } });
  const { name } = await make("a table");
  const before = new Date(at.getTime() + 4999);
  await assert.rejects(restoring({ at: before }), {
    code: "backupNoneBefore",
    facts: { at: before.toISOString(), oldest: new Date(at.getTime() + 5000).toISOString() },
  });
  await assert.rejects(restoring({ base: "20260101T000000Z" }), {
    code: "backupNoneBefore",
    facts: { at: "", oldest: name },
  });
});

test("of several installations one must be named; what is none of them is passed over", async () => {
  const { from, restoring } = await ready();
  await writeFile(join(from, "a note"), "");
  await assert.rejects(restoring(), { code: "backupNone", status: 404, facts: { folder: from } });
  for (const id of [INSTALLATION, "another"]) await mkdir(join(from, id, "base"), { recursive: true });
  await assert.rejects(restoring(), (error: { code: string; facts: { installations: string } }) => {
    assert.equal(error.code, "backupSeveral");
    assert.deepEqual(error.facts.installations.split(", ").sort(), [INSTALLATION, "another"].sort());
    return true;
  });
  await assert.rejects(restoring({ installation: "another" }), { code: "backupNone" });
  assert.ok((await folderShelf(from).list(".")).includes("a note"));
});

test("a copy of another major version is refused, saying both", async () => {
  const { make, sign, restoring } = await ready();
  const good = await make("a table");
  await sign({ ...good, postgres: { ...good.postgres, major: 9 } });
  await assert.rejects(restoring(), (error: { code: string; facts: { found: number; expected: number } }) => {
    assert.deepEqual([error.code, error.facts.found], ["backupMajor", 9]);
    assert.ok(error.facts.expected > 9);
    return true;
  });
});
