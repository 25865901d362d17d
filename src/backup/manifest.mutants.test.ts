// What a manifest must be before a copy counts: whole, of this installation, under its own name, signed by somebody who is trusted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { INSTALLATION, newSigner } from "./backup.test-seam.ts";
import { copyParts, manifestOf } from "./copy.test-seam.ts";
import {
  baseNames,
  filesPath,
  type Manifest,
  manifestPath,
  postgresOf,
  readManifest,
  signManifest,
} from "./manifest.ts";

const NAME = "20261122T010000Z";
const damaged = { code: "backupDamaged", status: 422, facts: { file: `base/${NAME}/manifest.json` } };
const forged = { ...damaged, code: "backupForged" };

test("a signed manifest is read as it was written, by whoever trusts one of its signers", async () => {
  const { disk, shelf, signer } = await copyParts();
  const [second, stranger] = [newSigner(), newSigner()];
  const manifest = manifestOf(NAME);
  disk.put(manifestPath(NAME), signManifest(manifest, [signer, second]));
  assert.deepEqual(await readManifest(shelf, NAME, INSTALLATION), manifest);
  for (const trusted of [[signer.publicKey], [second.publicKey], [stranger.publicKey, second.publicKey]])
    assert.deepEqual(await readManifest(shelf, NAME, INSTALLATION, trusted), manifest);
  await assert.rejects(readManifest(shelf, NAME, INSTALLATION, [stranger.publicKey]), forged);
  await assert.rejects(readManifest(shelf, NAME, INSTALLATION, []), forged);
  // A known name over somebody else's signature.
  disk.put(manifestPath(NAME), signManifest(manifest, [{ publicKey: signer.publicKey, sign: stranger.sign }]));
  await assert.rejects(readManifest(shelf, NAME, INSTALLATION, [signer.publicKey]), forged);
  assert.deepEqual(await readManifest(shelf, NAME, INSTALLATION), manifest);
  disk.put(manifestPath(NAME), signManifest(manifest, []));
  await assert.rejects(readManifest(shelf, NAME, INSTALLATION, [signer.publicKey]), forged);
});

test("another copy's manifest, and another installation's, are forgeries however well they are signed", async () => {
  const { disk, shelf, signer } = await copyParts();
  disk.put(manifestPath(NAME), signManifest(manifestOf("20261121T010000Z"), [signer]));
  await assert.rejects(readManifest(shelf, NAME, INSTALLATION, [signer.publicKey]), forged);
  disk.put(manifestPath(NAME), signManifest(manifestOf(NAME, { installation: "another" }), [signer]));
  await assert.rejects(readManifest(shelf, NAME, INSTALLATION, [signer.publicKey]), forged);
  disk.put(manifestPath(NAME), signManifest(manifestOf(NAME), [signer]));
  await assert.rejects(readManifest(shelf, NAME, "another", [signer.publicKey]), forged);
});

test("what is no manifest is damaged", async () => {
  const { disk, shelf, signer } = await copyParts();
  const refused = () => assert.rejects(readManifest(shelf, NAME, INSTALLATION), damaged);
  await refused();
  for (const text of ["", "{", "[]", '{"manifest":{}}']) {
    disk.put(manifestPath(NAME), Buffer.from(text));
    await refused();
  }
  const good = manifestOf(NAME);
  const file = { path: "base/1", bytes: 3, sha256: "a".repeat(64) };
  const paths = ["../outside", "base/../../etc", "/etc/passwd", "base//1", "./base", "base/.", ""];
  const wrong: Partial<Manifest>[] = [
    ...paths.map((path) => ({ files: [{ ...file, path }] })),
    ...[`A${"a".repeat(63)}`, `${"a".repeat(64)}b`, `b${"a".repeat(64)}`, "a".repeat(63), ""].flatMap((sha256) => [
      { files: [{ ...file, sha256 }] },
      { plain: { bytes: 1, sha256 } },
      { sealed: { bytes: 1, sha256 } },
    ]),
    ...["0-3", "x0/3", "0/3x", "0/", "/3", "0/3g"].flatMap((lsn) => [
      { postgres: { ...good.postgres, startLsn: lsn } },
      { postgres: { ...good.postgres, stopLsn: lsn } },
    ]),
    ...["00000001000000000000000", "0000000100000000000000033", "00000001000000000000000g"].flatMap((segment) => [
      { wal: { ...good.wal, first: segment } },
      { wal: { ...good.wal, last: segment } },
    ]),
    { postgres: { ...good.postgres, timeline: 1.5 } },
    { sealed: { ...good.sealed, bytes: 0.5 } },
    { startedAt: "yesterday" },
    { format: 2 as 1 },
    { more: true } as object,
  ];
  for (const change of wrong) {
    disk.put(manifestPath(NAME), signManifest(manifestOf(NAME, change), [signer]));
    await assert.rejects(readManifest(shelf, NAME, INSTALLATION), damaged, JSON.stringify(change));
  }
  const far = { postgres: { ...good.postgres, startLsn: "1A/3000028", stopLsn: "10B/0" } };
  for (const change of [{ schema: null }, { files: [] }, { files: [{ ...file, path: "base/1/a..b" }] }, far]) {
    disk.put(manifestPath(NAME), signManifest(manifestOf(NAME, change), [signer]));
    assert.deepEqual(await readManifest(shelf, NAME, INSTALLATION, [signer.publicKey]), manifestOf(NAME, change));
  }
});

test("one changed letter anywhere in what is signed is found", async () => {
  const { disk, shelf, signer } = await copyParts();
  const text = signManifest(manifestOf(NAME), [signer]).toString();
  for (const [from, to] of [
    ['"1.2.3"', '"1.2.4"'],
    ['"base/1"', '"base/2"'],
    ["0/4000100", "0/4000200"],
    ["000000010000000000000003", "000000010000000000000002"],
  ] as const) {
    assert.ok(text.includes(from));
    disk.put(manifestPath(NAME), Buffer.from(text.replace(from, to)));
    await assert.rejects(readManifest(shelf, NAME, INSTALLATION, [signer.publicKey]), forged);
  }
});

test("a copy counts by its manifest, and the oldest comes first", async () => {
  const { disk, shelf, signer } = await copyParts();
  assert.deepEqual(await baseNames(shelf), []);
  for (const name of ["20261123T010000Z", NAME]) disk.put(manifestPath(name), signManifest(manifestOf(name), [signer]));
  disk.put(filesPath("20261124T010000Z"), Buffer.from("never became whole"));
  assert.deepEqual(await baseNames(shelf), [NAME, "20261123T010000Z"]);
});

test("of the server's facts a manifest takes those that a restore needs, and no time and no schema", () => {
  const at = new Date();
  const { postgres } = manifestOf(NAME);
  assert.deepEqual(postgresOf({ ...postgres, schema: null, startedAt: at, stoppedAt: at }), postgres);
});
