// Sealing, signers, the archive and the spool: what the other tests of copies leave open.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { BaseEntry } from "../db/baseCopy.ts";
import { INSTALLATION, newParty, newSigner } from "./backup.test-seam.ts";
import { copyParts } from "./copy.test-seam.ts";
import { closeGap, gapIn, hasGap, noteGap } from "./gap.ts";
import { seal, sealStream, unseal, unsealStream } from "./seal.ts";
import { linkSigners, trustedFrom } from "./signers.ts";
import { pack, unpack } from "./tar.ts";
import { dropNotes, ship, waiting, walPath } from "./wal.ts";

const at = new Date("2026-11-23T01:00:00Z");
const path = "wal/00000001/x.gz.age";

async function* pieces(...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield Buffer.from(part);
}
async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

test("any one of the signatures that is known is enough; where nobody is known yet any that fits", async () => {
  const { party, sealing, unsealing } = await copyParts();
  const [old, fresh, stranger] = [newSigner(), newSigner(), newSigner()];
  const plain = Buffer.from("segment");
  const sealed = await seal(plain, path, at, { ...sealing, signers: [old, fresh] });
  for (const trusted of [[old.publicKey], [fresh.publicKey], [stranger.publicKey, fresh.publicKey], null])
    assert.deepEqual(await unseal(sealed, path, { ...unsealing, trusted }), { plain, at });
  const forged = { code: "backupForged", status: 422, facts: { file: path } };
  await assert.rejects(unseal(sealed, path, { ...unsealing, trusted: [stranger.publicKey] }), forged);
  await assert.rejects(unseal(sealed, path, { ...unsealing, trusted: [] }), forged);
  // A known name, signed by another hand.
  const adopted = await seal(plain, path, at, {
    ...sealing,
    signers: [{ publicKey: old.publicKey, sign: stranger.sign }],
  });
  for (const trusted of [[old.publicKey], null])
    await assert.rejects(unseal(adopted, path, { ...unsealing, trusted }), forged);
  assert.ok(party.recipient.startsWith("age1"));
});

test("a copy that nobody could open is not made", async () => {
  const { sealing } = await copyParts();
  await assert.rejects(seal(Buffer.from("x"), path, at, { ...sealing, recipients: [] }), /nobody could open/);
  await assert.rejects(sealStream(pieces("x"), []), /nobody could open/);
});

test("a stream opens for its recipient; for another, cut or changed it is refused by name", async () => {
  const { party } = await copyParts();
  const stranger = await newParty();
  const text = "a base copy ".repeat(20_000);
  const sealed = await whole(await sealStream(pieces(text, "", "end"), [party.recipient]));
  assert.ok(sealed.length < text.length / 10, "it is packed before it is closed");
  const open = (bytes: Uint8Array, identity = party.identity) => whole(unsealStream(pieces(bytes), path, [identity]));
  assert.equal((await open(sealed)).toString(), `${text}end`);
  await assert.rejects(open(sealed, stranger.identity), { code: "backupWrongKey", facts: { file: path } });
  const changed = Buffer.from(sealed);
  changed[changed.length - 5] = (changed[changed.length - 5] ?? 0) ^ 1;
  for (const bytes of [changed, sealed.subarray(0, -20), Buffer.from("no copy at all")])
    await assert.rejects(open(bytes), { code: "backupDamaged", facts: { file: path } });
});

test("a source that fails while it is sealed fails the copy", async () => {
  const { party } = await copyParts();
  const failing = async function* () {
    yield Buffer.from("begun");
    throw new Error("the disk went");
  };
  await assert.rejects(
    sealStream(failing(), [party.recipient]).then((stream) => whole(stream)),
    /the disk went/,
  );
});

const hexes = (keys: readonly Uint8Array[]) => keys.map((key) => Buffer.from(key).toString("hex")).sort();

test("two keys that sign are linked once, and whoever knows one believes the other, however long the chain", async () => {
  const { disk, shelf } = await copyParts();
  const signers = [newSigner(), newSigner(), newSigner(), newSigner()];
  const [one, two, three, four] = signers;
  assert.ok(one && two && three && four);
  // The newest first, so that a chain is found from either end.
  await linkSigners(shelf, INSTALLATION, [three, four]);
  await linkSigners(shelf, INSTALLATION, [two, three]);
  await linkSigners(shelf, INSTALLATION, [one, two]);
  const before = disk.contents();
  await linkSigners(shelf, INSTALLATION, [newSigner(), two]);
  assert.deepEqual(disk.contents(), before, "a link that stands is not written over");
  const all = hexes(signers.map(({ publicKey }) => publicKey));
  for (const { publicKey } of signers)
    assert.deepEqual(hexes(await trustedFrom(shelf, INSTALLATION, [publicKey])), all);
  const stranger = newSigner().publicKey;
  assert.deepEqual(hexes(await trustedFrom(shelf, INSTALLATION, [stranger])), hexes([stranger]));
  assert.deepEqual(await trustedFrom(shelf, INSTALLATION, []), []);
  assert.deepEqual(
    hexes(await trustedFrom(shelf, "another", [one.publicKey])),
    hexes([one.publicKey]),
    "a link of another installation is none of ours",
  );
});

test("of three keys that sign the two newest are linked; what is no link is passed over", async () => {
  const { disk, shelf } = await copyParts();
  const [one, two, three] = [newSigner(), newSigner(), newSigner()];
  await linkSigners(shelf, INSTALLATION, []);
  assert.equal(disk.contents().size, 0);
  await linkSigners(shelf, INSTALLATION, [one, two, three]);
  assert.deepEqual(
    hexes(await trustedFrom(shelf, INSTALLATION, [three.publicKey])),
    hexes([two.publicKey, three.publicKey]),
  );
  const [[name, good] = ["", Buffer.alloc(0)]] = disk.contents();
  disk.remove(name);
  disk.put("signers/note.txt", good);
  for (const [other, text] of [
    ["signers/a.json", "{"],
    ["signers/b.json", "{}"],
    ["signers/c.json", ""],
  ] as const)
    disk.put(other, Buffer.from(text));
  const vanishing = { ...shelf, read: async () => null };
  for (const some of [shelf, vanishing])
    assert.deepEqual(await trustedFrom(some, INSTALLATION, [three.publicKey]), [Buffer.from(three.publicKey)]);
});

test("neither key adopts the other alone", async () => {
  const [one, two, stranger] = [newSigner(), newSigner(), newSigner()];
  for (const [old, fresh] of [
    [{ ...one, sign: stranger.sign }, two],
    [one, { ...two, sign: stranger.sign }],
  ] as const) {
    const { shelf } = await copyParts();
    await linkSigners(shelf, INSTALLATION, [old, fresh]);
    assert.equal((await trustedFrom(shelf, INSTALLATION, [one.publicKey])).length, 1);
  }
});

async function* entries(...files: [string, Uint8Array][]): AsyncGenerator<BaseEntry> {
  for (const [name, bytes] of files) yield { path: name, folder: false, bytes: bytes.length, pieces: pieces(bytes) };
}
const block = 512;

test("an archive is whole blocks, of a file with its length and mode, and ends with two empty ones", async () => {
  for (const [length, blocks] of [
    [0, 1],
    [1, 2],
    [511, 2],
    [512, 2],
    [513, 3],
  ] as const) {
    const archive = await whole(pack(entries(["a", Buffer.alloc(length, 7)])));
    assert.equal(archive.length, (blocks + 2) * block, `${length}`);
    assert.ok(archive.subarray(-2 * block).every((byte) => byte === 0));
    assert.equal(archive.toString("latin1", 124, 136), `${length.toString(8).padStart(11, "0")}\0`);
    assert.equal(archive.toString("latin1", 100, 124), "0000600\x000000000\x000000000\x00");
    assert.equal(archive.toString("latin1", 136, 148), "00000000000\x00", "a copy tells no time of its files");
  }
});

test("paths to the last byte that the form holds come back, and a longer one is refused", async () => {
  const long = (folder: number, name: number) => `${"f".repeat(folder)}/${"n".repeat(name)}`;
  const good = ["n".repeat(100), long(155, 100), `${long(60, 60)}/${"z".repeat(40)}`, "ä".repeat(50), "a b/ç"];
  for (const name of good) {
    const found: string[] = [];
    for await (const entry of unpack(pack(entries([name, Buffer.from("x")])))) {
      found.push(entry.path);
      if (!entry.folder) assert.equal((await whole(entry.pieces)).toString(), "x");
    }
    assert.deepEqual(found, [name]);
  }
  for (const name of [
    "n".repeat(101),
    long(156, 100),
    long(155, 101),
    "ä".repeat(51),
    `${"f".repeat(101)}/`,
    `/${"n".repeat(100)}`,
  ])
    await assert.rejects(whole(pack(entries([name, Buffer.from("x")]))), /longer than/, name.slice(-5));
  const folders = async function* (): AsyncGenerator<BaseEntry> {
    yield { path: "base/5", folder: true };
  };
  const found: BaseEntry[] = [];
  for await (const entry of unpack(pack(folders()))) found.push(entry);
  assert.deepEqual(found, [{ path: "base/5", folder: true }]);
  const archive = await whole(pack(folders()));
  assert.equal(archive.toString("latin1", 100, 107), "0000700", "a folder can be gone into");
  const huge = async function* (): AsyncGenerator<BaseEntry> {
    yield { path: "a", folder: false, bytes: 8 ** 11, pieces: pieces() };
  };
  await assert.rejects(whole(pack(huge())), /larger than/);
});

test("what is no archive, or is cut, is refused", async () => {
  const archive = await whole(pack(entries(["a", Buffer.from("text")])));
  const read = async (bytes: Uint8Array) => {
    for await (const entry of unpack(pieces(bytes))) if (!entry.folder) await whole(entry.pieces);
  };
  await read(archive);
  for (let length = 0; length < archive.length - 2 * block + 1; length += 64)
    await assert.rejects(read(archive.subarray(0, length)), /ends too soon/, `${length}`);
  const changed = (offset: number, byte: number) => {
    const bytes = Buffer.from(archive);
    bytes[offset] = byte;
    return bytes;
  };
  // A link with its sum right: it could lead out of the folder that is restored to.
  const link = changed(156, 50);
  const sum = Number.parseInt(archive.toString("latin1", 148, 154), 8) + 2;
  link.write(sum.toString(8).padStart(6, "0"), 148);
  for (const bytes of [changed(0, 98), changed(156, 50), changed(148, 57), link, Buffer.alloc(1024, 1)])
    await assert.rejects(read(bytes), /not an archive/);
});

test("an archive is read to the very end of its stream, and a stream that nobody reads on is let go", async () => {
  const archive = await whole(pack(entries(["a", Buffer.from("text")])));
  const seen: string[] = [];
  const stream = async function* () {
    try {
      yield* [archive, Buffer.alloc(block), Buffer.alloc(block)];
      seen.push("end");
    } finally {
      seen.push("closed");
    }
  };
  for await (const entry of unpack(stream())) if (!entry.folder) await whole(entry.pieces);
  assert.deepEqual(seen, ["end", "closed"]);
  const { party } = await copyParts();
  const endless = async function* () {
    try {
      for (;;) yield randomBytes(64 * 1024);
    } finally {
      seen.push("let go");
    }
  };
  for await (const _ of await sealStream(endless(), [party.recipient])) break;
  for (let n = 0; n < 500 && !seen.includes("let go"); n++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(seen.at(-1), "let go");
});

test("each line of time gets its folder once, and whoever cannot open anything writes over nothing", async () => {
  const [target, local] = [await copyParts(), await copyParts()];
  const { sealing, unsealing, shelf, disk } = target;
  const made: string[] = [];
  const makeFolder = async (folder: string) => void made.push(folder);
  const parts = { spool: local.shelf, shelf: { ...shelf, makeFolder }, sealing, unsealing, now: () => at };
  const names = ["000000010000000000000003", "000000010000000000000004", "000000020000000000000004"];
  for (const name of names) local.disk.put(name, Buffer.from(name));
  assert.equal(await ship(names, parts), 3);
  assert.deepEqual(made, ["wal", "wal/00000001", "wal", "wal/00000002"]);
  const paths = names.map((name) => `wal/${name.slice(0, 8)}/${name}.gz.age`);
  assert.deepEqual([...disk.contents().keys()].sort(), paths);

  const before = disk.contents();
  const [name = ""] = names;
  local.disk.put(name, Buffer.from("another"));
  await assert.rejects(ship([name], { ...parts, unsealing: { ...unsealing, identities: ["no key"] } }));
  assert.deepEqual(disk.contents(), before);
  assert.ok(local.disk.contents().has(name));
});

test("what stands damaged at the target is written again, and its note leaves the spool", async () => {
  const target = await copyParts();
  const local = await copyParts();
  const name = "000000010000000000000003";
  const bytes = Buffer.alloc(64, 7);
  const { sealing, unsealing, disk } = target;
  const parts = { spool: local.shelf, shelf: target.shelf, sealing, unsealing, now: () => at };
  for (const note of [`${name}.00000028.backup`, `${name}.partial`]) local.disk.put(note, bytes);
  for (const other of [name, "00000002.history", "something"]) local.disk.put(other, bytes);
  assert.deepEqual(await waiting(local.shelf), [name, "00000002.history"]);
  await dropNotes(local.shelf);
  assert.deepEqual([...local.disk.contents().keys()].sort(), [name, "00000002.history", "something"].sort());
  disk.put(walPath(name), Buffer.from("damaged"));
  assert.equal(await ship([name, "gone"], parts), 1, "what is no longer there is passed over");
  assert.deepEqual(
    (await unseal((await target.shelf.read(walPath(name))) ?? bytes, walPath(name), unsealing)).plain,
    bytes,
  );
  assert.ok(!local.disk.contents().has(name));
  const away = { ...parts, shelf: { ...target.shelf, read: () => Promise.reject(new Error("away")) } };
  local.disk.put(name, bytes);
  await assert.rejects(ship([name], away), /away/);
  assert.ok(local.disk.contents().has(name));
});

test("a gap is noted until a base copy closes it, and one that came meanwhile stays", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-gap-"));
  try {
    assert.deepEqual([await hasGap(folder), await gapIn(folder)], [false, null]);
    await closeGap(folder, null);
    await noteGap(folder);
    await noteGap(folder);
    assert.equal(await hasGap(folder), true);
    const known = await gapIn(folder);
    assert.equal(known, (await stat(join(folder, "backup", "gap"))).mtimeMs);
    assert.equal((await stat(join(folder, "backup"))).mode & 0o777, 0o700);
    await closeGap(folder, null);
    assert.equal(await hasGap(folder), true, "a copy that knew of none closes none");
    const later = new Date(Date.now() + 60_000);
    await utimes(join(folder, "backup", "gap"), later, later);
    await closeGap(folder, known);
    assert.equal(await hasGap(folder), true, "it came while the copy was made");
    await closeGap(folder, await gapIn(folder));
    assert.equal(await hasGap(folder), false);
  } finally {
    await rm(folder, { recursive: true });
  }
});
