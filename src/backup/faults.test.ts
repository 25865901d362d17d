// Every operation on the target fails once, or for ever, or the process dies there and the power goes: what counts afterwards is whole.
import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { BaseEntry, BaseFacts } from "../db/baseCopy.ts";
import { memoryKeys } from "../keys/keyring.ts";
import type { Keys } from "../keys/keys.ts";
import { INSTALLATION, newParty, newSigner } from "./backup.test-seam.ts";
import { makeBase } from "./base.ts";
import { expire } from "./expire.ts";
import { newestKeyring, putKeyring } from "./keyringCopy.ts";
import { baseNames, filesPath, readManifest } from "./manifest.ts";
import { type Sealing, type Unsealing, unsealStream } from "./seal.ts";
import { type Fault, SimulatedDisk, shelfOn } from "./shelf.test-seam.ts";
import type { Shelf } from "./shelf.ts";
import { unpack } from "./tar.ts";
import { ship, walPath } from "./wal.ts";

const signer = newSigner();
const first = new Date("2026-11-22T01:00:00Z");
const second = new Date("2026-11-23T01:00:00Z");
const segmentBytes = 1024 * 1024;
let party: Awaited<ReturnType<typeof newParty>>;
let sealing: Sealing;
let unsealing: Unsealing;
before(async () => {
  party = await newParty();
  sealing = { installation: INSTALLATION, recipients: [party.recipient], signers: [signer] };
  unsealing = { installation: INSTALLATION, identities: [party.identity], trusted: [signer.publicKey] };
});

async function* source(text: string, at: Date): AsyncGenerator<BaseEntry, BaseFacts> {
  yield { path: "base", folder: true };
  for (const path of ["base/1", "base/2"]) {
    const bytes = Buffer.from(`${text} ${path}`);
    const pieces = (async function* () {
      yield bytes;
    })();
    yield { path, folder: false, bytes: bytes.length, pieces };
  }
  return {
    major: 18,
    schema: null,
    system: "1",
    timeline: 1,
    startLsn: "0/300028",
    stopLsn: "0/300100",
    segmentBytes,
    startedAt: at,
    stoppedAt: at,
  };
}

const base = (shelf: Shelf, text: string, at: Date) =>
  makeBase({ shelf, source: source(text, at), sealing, server: "test", at });

/** Every copy that counts opens and is what its manifest says. */
async function textsOf(shelf: Shelf): Promise<string[]> {
  const texts: string[] = [];
  for (const name of await baseNames(shelf)) {
    const manifest = await readManifest(shelf, name, INSTALLATION, [signer.publicKey]);
    assert.equal(await shelf.bytesOf(filesPath(name)), manifest.sealed.bytes);
    for await (const entry of unpack(unsealStream(shelf.stream(filesPath(name)), "x", [party.identity]))) {
      if (entry.folder) continue;
      const pieces: Uint8Array[] = [];
      for await (const piece of entry.pieces) pieces.push(piece);
      if (entry.path === "base/2") texts.push(Buffer.concat(pieces).toString());
    }
  }
  return texts;
}

const KINDS: ((at: number) => Fault)[] = [
  (at) => ({ at, kind: "crash" }),
  (at) => ({ at, kind: "EIO", lasting: false }),
  (at) => ({ at, kind: "EIO", lasting: true }),
  (at) => ({ at, kind: "ENOSPC", lasting: false }),
  (at) => ({ at, kind: "ENOSPC", lasting: true }),
];

/** Runs the work once with every fault at every operation; `after` sees what a later process finds, with and without a power cut. */
async function everyFault(
  prepare: (shelf: Shelf) => Promise<void>,
  work: (shelf: Shelf) => Promise<void>,
  after: (shelf: Shelf, done: boolean) => Promise<void>,
): Promise<number> {
  const counted = new SimulatedDisk();
  await prepare(shelfOn(counted, counted.process()));
  const counter = counted.process();
  await work(shelfOn(counted, counter));
  let tried = 0;
  for (const kind of KINDS)
    for (let at = 1; at <= counter.steps; at++)
      for (const power of [false, true]) {
        const disk = new SimulatedDisk();
        await prepare(shelfOn(disk, disk.process()));
        const done = await work(shelfOn(disk, disk.process(kind(at)))).then(
          () => true,
          () => false,
        );
        if (power) disk.cutPower((most) => Math.floor(most / 2));
        await after(shelfOn(disk, disk.process()), done);
        tried += 1;
      }
  return tried;
}

suite("the target fails", () => {
  test("a base copy counts whole or not at all, and the one before it stays", async () => {
    const tried = await everyFault(
      async (shelf) => void (await base(shelf, "old", first)),
      async (shelf) => void (await base(shelf, "new", second)),
      async (shelf, done) => {
        const texts = await textsOf(shelf);
        assert.equal(texts[0], "old base/2");
        assert.ok(texts.length <= 2);
        if (done) assert.equal(texts[1], "new base/2", "what was answered with yes is there");
        // The next night puts it right: one more copy, and nothing is left of what never became whole.
        await base(shelf, "next", new Date("2026-11-24T01:00:00Z"));
        await expire(shelf, INSTALLATION, new Date("2026-11-24T01:00:00Z"));
        assert.equal((await textsOf(shelf)).at(-1), "next base/2");
        assert.deepEqual(await shelf.list("base"), await baseNames(shelf));
      },
    );
    assert.ok(tried > 50, `found too few operations to mean anything (${tried})`);
  });

  test("a segment leaves the spool only when it stands at the target", async () => {
    const name = "000000010000000000000003";
    const segment = Buffer.alloc(4096, 7);
    for (const kind of KINDS)
      for (let at = 1; at <= 12; at++) {
        const [disk, local] = [new SimulatedDisk(), new SimulatedDisk()];
        local.put(name, segment);
        const spool = (fault?: Fault) => shelfOn(local, local.process(fault));
        const parts = { sealing, unsealing, now: () => first };
        const target = shelfOn(disk, disk.process(kind(at)));
        await ship([name], { ...parts, spool: spool(at < 3 ? kind(at) : undefined), shelf: target }).catch(() => 0);
        disk.cutPower((most) => Math.floor(most / 2));
        const shelf = shelfOn(disk, disk.process());
        if (!local.contents().has(name)) assert.ok((await shelf.read(walPath(name))) !== null, `${at}`);
        await ship([name], { ...parts, spool: spool(), shelf });
        assert.equal(local.contents().size, 0);
        assert.ok((await shelf.bytesOf(walPath(name))) !== null);
      }
  });

  test("another segment under a name that stands there is not written over", async () => {
    const name = "000000010000000000000003";
    const [disk, local] = [new SimulatedDisk(), new SimulatedDisk()];
    const parts = { sealing, unsealing, now: () => first };
    const [shelf, spool] = [shelfOn(disk, disk.process()), shelfOn(local, local.process())];
    local.put(name, Buffer.alloc(4096, 1));
    assert.equal(await ship([name], { ...parts, spool, shelf }), 1);
    const before = await shelf.read(walPath(name));
    local.put(name, Buffer.alloc(4096, 1));
    assert.equal(await ship([name], { ...parts, spool, shelf }), 0, "the same again is only forgotten here");
    local.put(name, Buffer.alloc(4096, 2));
    await assert.rejects(ship([name], { ...parts, spool, shelf }), { code: "backupWalDiffers" });
    assert.deepEqual(await shelf.read(walPath(name)), before);
    assert.ok(local.contents().has(name));
  });

  test("a copy of the keyring is whole, or the one before it is the newest", async () => {
    const keys: Keys = await memoryKeys();
    const secret = (await keys.recoverySecret()) ?? assert.fail();
    const { ageSecretOf } = await import("../documents/recoverySheet/secret.ts");
    const open: Unsealing = {
      installation: keys.installation,
      identities: [ageSecretOf(secret)],
      trusted: keys.signers().map(({ publicKey }) => publicKey),
    };
    await everyFault(
      async (shelf) => void (await putKeyring(shelf, keys, first)),
      async (shelf) => void (await putKeyring(shelf, keys, second)),
      async (shelf, done) => {
        const { at } = await newestKeyring(shelf, open);
        if (done) assert.deepEqual(at, second);
        else assert.ok(at.getTime() === first.getTime() || at.getTime() === second.getTime());
      },
    );
    await keys.close();
  });

  test("a removal that is cut short leaves no copy that counts and is not whole, and never takes the last", async () => {
    const later = new Date("2027-06-01T01:00:00Z");
    await everyFault(
      async (shelf) => {
        await base(shelf, "old", first);
        await base(shelf, "new", second);
      },
      async (shelf) => void (await expire(shelf, INSTALLATION, later)),
      async (shelf, done) => {
        const texts = await textsOf(shelf);
        assert.equal(texts.at(-1), "new base/2");
        if (done) assert.equal(texts.length, 1);
      },
    );
  });
});
