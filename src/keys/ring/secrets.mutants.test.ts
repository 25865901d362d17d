// What a first ring holds, how its secrets and papers follow one another, how ids are made, and what is kept in bounds.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import { newKey } from "../primitives/aead.ts";
import { newSeed, privateKey, publicBytes } from "../primitives/curves.ts";
import { Reader, uuidBytes, Writer } from "../primitives/encoding.ts";
import { completed, firstRing, newGeneration, newSecret, withNewPaper, withPaperConfirmed } from "./firstRing.ts";
import { begin, end } from "./frame.ts";
import { epochOfId, innerId, isIdOf, newKeyId, outerId } from "./keyId.ts";
import { usesKept } from "./limits.ts";
import { Lookup } from "./lookup.ts";
import { changesFor } from "./newKeys.ts";
import { OpenKeys } from "./openKeys.ts";
import { type Paper, readPapers, recoveryFits, recoveryImage, rootFromPaper, writePapers } from "./papers.ts";
import { apply, openRow, type Ring, RowPlaces } from "./ring.ts";
import { newRootBytes, openEpoch, openRegister, rootFrom, wrapRegister } from "./root.ts";
import { openSecret, rewrapped, type Secret, secretsOf, theSecret, wrapSecret } from "./secrets.ts";
import { registerOf, ruleOf, subjectOf } from "./table.ts";

const rootBytes = newRootBytes();
const root = rootFrom(rootBytes);
const corrupt = { name: "KeyringFault", code: "corrupt" };
const kindsOf = ({ secrets }: Ring) => secrets.map(({ kind, version, made }) => [kind, version, made]);
const first = (made = 5) => firstRing(root, made);

test("a first ring has an epoch, a secret of each kind, one paper that waits, and no key", () => {
  const { ring, wrappedEpoch } = first();
  const { epochKey, generation, secrets, papers, installation, table, registers, ...rest } = ring;
  assert.deepEqual(rest, {
    epoch: 1,
    previous: Buffer.alloc(16),
    destroyed: 0,
    rootMade: 5,
    epochMade: 5,
    names: [],
  });
  assert.ok(openEpoch(root, installation, 1, wrappedEpoch).equals(epochKey));
  assert.throws(() => openEpoch(root, installation, 2, wrappedEpoch), corrupt);
  assert.throws(() => openEpoch(root, randomUUID(), 1, wrappedEpoch), corrupt);
  assert.deepEqual([table.size, registers.size, generation.length], [0, 0, 16]);
  assert.notDeepEqual(newGeneration(), newGeneration());
  assert.deepEqual(
    kindsOf(ring),
    (["search", "mac", "signer", "recovery"] as const).map((kind) => [kind, 1, 5]),
  );
  const bytes = secrets.map((secret) => openSecret(root, installation, secret).toString("hex"));
  assert.equal(new Set(bytes).size, 4);
  assert.deepEqual(
    papers.map(({ confirmed, made }) => [confirmed, made]),
    [[false, 5]],
  );
});

test("a ring gets what it lacks and nothing else", () => {
  const { ring } = first();
  const unsigned = { ...ring, secrets: ring.secrets.filter(({ kind }) => kind !== "signer") };
  const signed = completed(root, unsigned, 9);
  assert.deepEqual(kindsOf(signed), [...kindsOf(unsigned), ["signer", 1, 9]]);
  assert.equal(signed.papers, ring.papers);
  const paperless = { ...ring, papers: [], secrets: ring.secrets.filter(({ kind }) => kind !== "recovery") };
  const papered = completed(root, paperless, 9);
  assert.deepEqual(kindsOf(papered), [...kindsOf(paperless), ["recovery", 1, 9]]);
  assert.equal(papered.papers.length, 1);
  assert.equal(completed(root, papered, 10), papered);
});

test("the next secret of a kind is one version on, holds the bytes given, and blanks them", () => {
  const { ring } = first();
  const bytes = randomBytes(32);
  const kept = Buffer.from(bytes);
  const second = newSecret(root, ring, "signer", 7, bytes);
  assert.deepEqual([second.kind, second.version, second.made], ["signer", 2, 7]);
  assert.deepEqual(openSecret(root, ring.installation, second), kept);
  assert.deepEqual(bytes, Buffer.alloc(32));
  const both = [second, ...ring.secrets];
  assert.deepEqual(
    secretsOf(both, "signer").map(({ version }) => version),
    [1, 2],
  );
  assert.equal(theSecret(both, "signer"), second);
  assert.equal(theSecret(both, "mac").kind, "mac");
  const [other, to] = [rootFrom(newRootBytes()), rewrapped];
  const moved: Secret = to(root, other, ring.installation, second);
  assert.deepEqual({ ...moved, wrapped: null }, { ...second, wrapped: null });
  assert.deepEqual(openSecret(other, ring.installation, moved), kept);
  assert.throws(() => openSecret(root, ring.installation, moved), corrupt);
  const place = { kind: "mac", version: 3, made: 4 } as const;
  assert.deepEqual(openSecret(root, ring.installation, wrapSecret(root, ring.installation, place, kept)), kept);
});

test("a new paper takes the place of one that waits and stands beside one that is confirmed", () => {
  const { ring } = first();
  const fits = (one: Ring) => {
    const waiting = secretsOf(one.secrets, "recovery");
    assert.equal(waiting.length, 1, "one secret waits");
    const seed = openSecret(root, one.installation, waiting[0] ?? assert.fail());
    assert.deepEqual(one.papers.at(-1)?.recipient, publicBytes(privateKey("x25519", seed)));
    assert.deepEqual(rootFromPaper(recoveryImage(root, one.installation, one.papers), seed).id, root.id);
  };
  fits(ring);
  const replaced = withNewPaper(root, ring, 6);
  fits(replaced);
  assert.deepEqual(
    replaced.papers.map(({ confirmed, made }) => [confirmed, made]),
    [[false, 6]],
  );
  const confirmed = withPaperConfirmed(replaced);
  assert.deepEqual(confirmed.papers, [{ ...replaced.papers[0], confirmed: true }]);
  assert.deepEqual(
    confirmed.secrets,
    replaced.secrets.filter(({ kind }) => kind !== "recovery"),
  );
  const beside = withNewPaper(root, confirmed, 8);
  fits(beside);
  assert.deepEqual(
    beside.papers.map((paper) => [paper.confirmed, paper.made]),
    [
      [true, 6],
      [false, 8],
    ],
  );
  assert.deepEqual(withPaperConfirmed(beside).papers, [{ ...beside.papers[1], confirmed: true }]);
  const writer = new Writer();
  writePapers(writer, beside.papers);
  assert.deepEqual(readPapers(new Reader(Buffer.from(writer.done()))), beside.papers);
});

test("each paper opens the root key, a stranger's does not, and a file that nobody sealed is damaged", () => {
  const installation = randomUUID();
  const seeds = [newSeed(), newSeed()];
  const papers = seeds.map((seed): Paper => {
    return { recipient: publicBytes(privateKey("x25519", seed)), confirmed: true, made: 1 };
  });
  const image = recoveryImage(root, installation, papers);
  for (const seed of seeds) assert.deepEqual(rootFromPaper(image, seed).key.export(), rootBytes);
  assert.throws(() => rootFromPaper(image, newSeed()), { code: "paperWrong" });
  assert.ok(recoveryFits(root, installation, papers, image));
  const other = { ...(papers[0] ?? assert.fail()), recipient: randomBytes(32) };
  for (const wrong of [[other, ...papers.slice(1)], [...papers.slice(0, 1), other], [...papers].reverse()])
    assert.equal(recoveryFits(root, installation, wrong, image), false);
  const own = papers[0]?.recipient ?? assert.fail();
  // Of low order: everybody would know what is agreed on with it.
  for (const ephemeral of [Buffer.alloc(32), publicBytes(privateKey("x25519", newSeed()))]) {
    const forged = begin("TVKR", root, installation).u8(1).bytes(own).bytes(ephemeral).bytes(randomBytes(124));
    assert.throws(() => rootFromPaper(end(root, forged), seeds[0] ?? assert.fail()), corrupt);
  }
  const otherChecksum = Buffer.from(image);
  otherChecksum[image.length - 1] = (image.at(-1) ?? 0) ^ 1;
  assert.throws(() => rootFromPaper(otherChecksum, seeds[0] ?? assert.fail()), corrupt);
});

test("a register key opens in its epoch, installation and register", () => {
  const [installation, bytes, under] = [randomUUID(), randomBytes(32), newKey().key];
  const wrapped = wrapRegister(under, installation, 3, "customers", bytes);
  assert.deepEqual(openRegister(under, installation, 3, "customers", wrapped).export(), bytes);
  for (const [of, epoch, register] of [
    [randomUUID(), 3, "customers"],
    [installation, 4, "customers"],
    [installation, 3, "invoices"],
  ] as const)
    assert.throws(() => openRegister(under, of, epoch, register, wrapped), corrupt);
});

test("an id says its root and epoch, is random, and is checked against register and person", () => {
  const [check, subject] = [newKey().key, randomBytes(16)];
  const make = () => newKeyId(check, root.id, 0x01020304, "customers", subject);
  const id = make();
  assert.equal(id.length, 16);
  assert.deepEqual(id.subarray(0, 6), Buffer.concat([root.id.subarray(0, 2), Buffer.of(1, 2, 3, 4)]));
  assert.equal(epochOfId(id), 0x01020304);
  const random = new Set(Array.from({ length: 100 }, () => make().toString("hex", 6, 12)));
  assert.equal(random.size, 100);
  assert.ok(isIdOf(check, id, "customers", subject));
  assert.ok(!isIdOf(check, id, "invoices", subject));
  assert.ok(!isIdOf(check, id, "customers", randomBytes(16)));
  assert.ok(!isIdOf(newKey().key, id, "customers", subject));
  for (let at = 0; at < 16; at += 1) {
    const other = Buffer.from(id);
    other[at] = (other[at] ?? 0) ^ 1;
    assert.ok(!isIdOf(check, other, "customers", subject), `byte ${at}`);
  }
  const hex = id.toString("hex");
  assert.equal(outerId(innerId(hex)), hex);
  assert.equal(innerId(hex).length, 16);
  for (const wrong of [
    "",
    hex.slice(1),
    `${hex}0`,
    `0${hex}`,
    ` ${hex}`,
    `${hex}\n`,
    `g${hex.slice(1)}`,
    "A".repeat(32),
  ])
    assert.equal(innerId(wrong), "", wrong);
});

test("new keys share names and register keys, and each opens in its row", () => {
  const { ring } = first();
  const idCheck = newKey().key;
  const owner = (register: string, rule: string, version = 1) => ({ register, subject: randomUUID(), rule, version });
  const groups = [
    [owner("customers", "a"), owner("customers", "b", 4), owner("invoices", "a")],
    [owner("invoices", "b"), owner("customers", "a"), owner("a", "customers")],
  ];
  for (const group of groups) {
    const before = ring.table.size;
    apply(ring, changesFor({ ring, root, idCheck, made: 77 }, group));
    assert.equal(ring.table.size, before + group.length);
  }
  assert.deepEqual(ring.names, ["customers", "a", "b", "invoices"]);
  assert.equal(ring.registers.size, 3);
  const places = new RowPlaces(ring);
  const keys = new Set<string>();
  for (const [index, { register, subject, rule, version }] of groups.flat().entries()) {
    const row = ring.table.row(index);
    assert.deepEqual(
      [
        ring.names[registerOf(row)],
        subjectOf(row),
        ring.names[ruleOf(row)],
        row.readUInt32BE(40),
        row.readUInt32BE(44),
      ],
      [register, uuidBytes(subject), rule, version, 77],
    );
    assert.ok(isIdOf(idCheck, row.subarray(0, 16), register, uuidBytes(subject)));
    keys.add(openRow(ring, places, row).export().toString("hex"));
  }
  assert.equal(keys.size, 6);
  assert.ok(!keys.has("00".repeat(32)));
  assert.equal(changesFor({ ring, root, idCheck, made: 77 }, []).length, 0);
});

test("opened keys are kept up to a bound; the one not asked for longest goes, and what is forgotten is opened again", () => {
  const kept = new OpenKeys();
  const key = newKey().key;
  const opens = (id: string) => {
    let opened = false;
    const found = kept.get(id, () => {
      opened = true;
      return key;
    });
    assert.equal(found, key);
    return opened;
  };
  for (let number = 0; number < 16_384; number += 1) assert.ok(opens(`${number}`));
  assert.ok(!opens("0"));
  assert.ok(opens("one more"));
  assert.ok(!opens("0"), "asked for a moment ago");
  assert.ok(!opens("2"), "one goes for one that comes");
  assert.ok(opens("1"), "the oldest");
  kept.forget(["0", "nobody's"]);
  assert.deepEqual([opens("0"), opens("one more")], [true, false]);
  kept.clear();
  assert.ok(opens("one more"));
});

test("a look-up's key is derived once, and all are let go when there are too many", () => {
  const lookup = new Lookup(newKey().key, randomUUID());
  const first = lookup.key("use", "0");
  for (let number = 1; number < 4096; number += 1) lookup.key("use", `${number}`);
  assert.equal(lookup.key("use", "0"), first);
  lookup.key("use", "one more");
  const again = lookup.key("use", "0");
  assert.notEqual(again, first);
  assert.ok(again.equals(first));
  assert.equal(lookup.key("use", "0"), again);
  assert.ok(!lookup.key("use").equals(again) && !lookup.key("use", "", "0").equals(again));
});

test("a count is kept exactly within the first block, then as the end of the block begun", () => {
  const limits = { block: 4, perVersion: 100, perKey: 100 };
  assert.deepEqual(
    [0, 1, 3, 4, 5, 8, 9, 12, 13].map((uses) => usesKept(uses, limits)),
    [0, 1, 3, 4, 8, 8, 12, 12, 16],
  );
});
