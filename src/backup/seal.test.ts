import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { INSTALLATION, newParty, newSigner } from "./backup.test-seam.ts";
import { seal, unseal } from "./seal.ts";
import { SimulatedDisk, shelfOn } from "./shelf.test-seam.ts";
import { linkSigners, trustedFrom } from "./signers.ts";
import { pack, unpack } from "./tar.ts";

const at = new Date("2026-11-23T01:00:00Z");
const path = "wal/00000001/000000010000000000000003.gz.age";

test("opens for each recipient, under its own name and installation, from a known hand, and not otherwise", async () => {
  const [owner, drill, stranger] = await Promise.all([newParty(), newParty(), newParty()]);
  const [signer, other] = [newSigner(), newSigner()];
  const by = { installation: INSTALLATION, recipients: [owner.recipient, drill.recipient], signers: [signer] };
  const plain = Buffer.from("segment");
  const sealed = await seal(plain, path, at, by);
  const opening = { installation: INSTALLATION, identities: [owner.identity], trusted: [signer.publicKey] };
  for (const { identity } of [owner, drill])
    assert.deepEqual(await unseal(sealed, path, { ...opening, identities: [identity] }), { plain, at });
  await assert.rejects(unseal(sealed, path, { ...opening, identities: [stranger.identity] }), {
    code: "backupWrongKey",
  });
  await assert.rejects(unseal(sealed, path, { ...opening, trusted: [other.publicKey] }), { code: "backupForged" });
  await assert.rejects(unseal(sealed, `${path}x`, opening), { code: "backupForged" });
  await assert.rejects(unseal(sealed, path, { ...opening, installation: "another" }), { code: "backupForged" });
  const unsigned = await seal(plain, path, at, { ...by, signers: [] });
  await assert.rejects(unseal(unsigned, path, { ...opening, trusted: null }), { code: "backupForged" });
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await assert.rejects(unseal(changed, path, opening));
    }),
    { numRuns: 60 },
  );
});

test("copies of before a change of the signing key are believed by a link that both keys signed", async () => {
  const disk = new SimulatedDisk();
  const shelf = shelfOn(disk, disk.process());
  const [one, two, three, stranger] = [newSigner(), newSigner(), newSigner(), newSigner()];
  await linkSigners(shelf, INSTALLATION, [one]);
  assert.equal(disk.contents().size, 0);
  await linkSigners(shelf, INSTALLATION, [one, two]);
  await linkSigners(shelf, INSTALLATION, [two, three]);
  // A hand that holds only its own key adopts nobody.
  await linkSigners(shelf, INSTALLATION, [{ publicKey: three.publicKey, sign: stranger.sign }, stranger]);
  assert.equal(disk.contents().size, 3);
  const trusted = await trustedFrom(shelf, INSTALLATION, [three.publicKey]);
  assert.deepEqual(
    new Set(trusted.map((key) => Buffer.from(key).toString("hex"))),
    new Set([one, two, three].map(({ publicKey }) => Buffer.from(publicKey).toString("hex"))),
  );
});

test("the archive is what tar reads", { skip: spawnSync("tar", ["--version"]).error && "no tar here" }, async () => {
  const files = new Map([
    ["base/1/2619", Buffer.alloc(8192, 1)],
    ["PG_VERSION", Buffer.from("18\n")],
    [`${"long/".repeat(30)}name`, Buffer.alloc(511, 2)],
    ["empty", Buffer.alloc(0)],
  ]);
  const entries = async function* () {
    yield { path: "base", folder: true } as const;
    for (const [name, bytes] of files) {
      const pieces = (async function* () {
        if (bytes.length > 0) yield bytes;
      })();
      yield { path: name, folder: false, bytes: bytes.length, pieces } as const;
    }
  };
  const pieces: Uint8Array[] = [];
  for await (const piece of pack(entries())) pieces.push(piece);
  const archive = Buffer.concat(pieces);
  const listed = execFileSync("tar", ["t"], { input: archive }).toString().trim().split("\n");
  assert.deepEqual(listed, ["base/", ...files.keys()]);
  // In pieces of an awkward size.
  const crumbs = async function* () {
    for (let n = 0; n < archive.length; n += 700) yield archive.subarray(n, n + 700);
  };
  const found = new Map<string, Buffer>();
  for await (const entry of unpack(crumbs())) {
    if (entry.folder) continue;
    const parts: Uint8Array[] = [];
    for await (const part of entry.pieces) parts.push(part);
    found.set(entry.path, Buffer.concat(parts));
  }
  assert.deepEqual(found, files);
});

const noAge = spawnSync("age", ["--version"]).error
  ? "age is not installed: its agreement with ours was NOT tested"
  : false;
test("the stock age opens what is sealed here", { skip: noAge }, async () => {
  const owner = await newParty();
  const by = { installation: INSTALLATION, recipients: [owner.recipient], signers: [newSigner()] };
  const folder = mkdtempSync(join(tmpdir(), "tietovirta-age-"));
  try {
    writeFileSync(join(folder, "key"), `${owner.identity}\n`, { mode: 0o600 });
    const input = await seal(Buffer.from("segment"), path, at, by);
    const opened = execFileSync("age", ["-d", "-i", join(folder, "key")], { input });
    assert.equal(gunzipSync(opened).toString(), "segment");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
