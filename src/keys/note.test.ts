import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { suite, test } from "node:test";
import fc from "fast-check";
import {
  type Checkpoint,
  checkpointText,
  type NoteSigner,
  parseCheckpoint,
  parseNotes,
  parseVerifierKey,
  signersOf,
  signNote,
  verifierKey,
  verifierKeyText,
} from "./note.ts";

function signer(): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return { publicKey: Buffer.from(x, "base64url"), sign: (bytes) => sign(null, bytes, privateKey) };
}
const NAME = "tietovirta/018f0000-0000-7000-8000-000000000000";
const [one, other] = [signer(), signer()];
const keyOf = ({ publicKey }: NoteSigner) => verifierKey(NAME, publicKey);

suite("signed notes", () => {
  /** The example that the Go implementation of signed notes has in its documentation. */
  test("verify as the format's own example does", () => {
    const key = parseVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    const written =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const [note] = parseNotes(written);
    assert.ok(note);
    assert.deepEqual(signersOf(note, [key]), [key]);
    assert.equal(verifierKeyText(key), "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  });

  test("come back as they were written, one after another", () => {
    const written = [signNote("a\nb\n", NAME, [one]), signNote("c\n", NAME, [one, other])];
    for (const text of [written.join(""), written.join("\n"), `\n${written.join("\n\n")}\n`]) {
      const notes = parseNotes(text);
      assert.deepEqual(
        notes.map((note) => [note.text, note.signatures.length]),
        [
          ["a\nb\n", 1],
          ["c\n", 2],
        ],
      );
    }
  });

  test("are signed by whom they name, and by nobody else", () => {
    const [note] = parseNotes(signNote("a\n", NAME, [one, other]));
    assert.ok(note);
    assert.deepEqual(signersOf(note, [keyOf(other)]), [keyOf(other)]);
    assert.deepEqual(signersOf(note, [keyOf(one), keyOf(other)]), [keyOf(one), keyOf(other)]);
    assert.throws(() => signersOf(note, [keyOf(signer())]), { code: "unsigned" });
    assert.throws(() => signersOf({ ...note, text: "b\n" }, [keyOf(one)]), { code: "forged" });
    const renamed = { ...note, signatures: note.signatures.map((line) => ({ ...line, name: "somebody" })) };
    assert.throws(() => signersOf(renamed, [keyOf(one)]), { code: "unsigned" });
  });

  test("of which one letter was changed are told from the signed ones", () => {
    const written = signNote(checkpointText(CHECKPOINT), NAME, [one]);
    fc.assert(
      fc.property(fc.nat({ max: written.length - 1 }), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const letter = String.fromCharCode(code);
        fc.pre(written[at] !== letter);
        const changed = written.slice(0, at) + letter + written.slice(at + 1);
        assert.throws(() => {
          const notes = parseNotes(changed);
          assert.equal(notes.length, 1);
          for (const note of notes) {
            signersOf(note, [keyOf(one)]);
            parseCheckpoint(note.text);
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  test("what is no note is refused", () => {
    for (const text of ["a", "a\n", "a\n\n", "a\n\nno dash\n", "a\n\n\u2014 name AAAA\n", "a\n\n\u2014 name ====\n"])
      assert.throws(() => parseNotes(text), { code: "malformed" }, JSON.stringify(text));
    for (const text of ["", "a+b+c", `${verifierKeyText(keyOf(one))}x`, verifierKeyText(keyOf(one)).replace("+", "+0")])
      assert.throws(() => parseVerifierKey(text), { code: "malformed" }, text);
    const strange = verifierKeyText({ ...keyOf(one), name: "another" });
    assert.throws(() => parseVerifierKey(strange), { code: "malformed" });
    const [name = "", id = "", ...key] = verifierKeyText(keyOf(one)).split("+");
    assert.deepEqual(parseVerifierKey([name, id, ...key].join("+")), keyOf(one), "premise");
    for (const [wrongName, wrongId, wrongKey] of [
      [name, id.toUpperCase(), key.join("+")],
      [name, id.slice(1), key.join("+")],
      [name, id, key.join("+").replace(/^A/, "B")],
      [name, id, `${key.join("+")} `],
      [name, id, `\n${key.join("+")}`],
    ])
      assert.throws(() => parseVerifierKey(`${wrongName}+${wrongId}+${wrongKey}`), { code: "malformed" });
    // Whole in themselves, the id fitting: but no key of this algorithm, or no name that could stand in a line.
    for (const length of [0, 31, 33])
      assert.throws(() => parseVerifierKey(verifierKeyText(verifierKey(NAME, Buffer.alloc(length)))), {
        code: "malformed",
      });
    for (const noName of ["", "two words", "a+b", "a\nb"])
      assert.throws(() => parseVerifierKey(verifierKeyText(verifierKey(noName, keyOf(one).publicKey))), {
        code: "malformed",
      });
    assert.deepEqual([parseNotes(""), parseNotes("\n\n\n")], [[], []]);
    const signatureOf = (length: number) => `a\n\n\u2014 name ${Buffer.alloc(length, 1).toString("base64")}\n`;
    assert.throws(() => parseNotes(signatureOf(4)), { code: "malformed" }, "an id and nothing signed");
    for (const length of [5, 6, 7, 68]) {
      const [note] = parseNotes(signatureOf(length));
      const signature = Buffer.alloc(length - 4, 1);
      assert.deepEqual(note?.signatures, [{ name: "name", id: Buffer.alloc(4, 1), signature }]);
    }
    assert.throws(() => parseNotes("a\u2014 name AQEBAQE=\n"), { code: "malformed" }, "no line between");
    for (const line of [
      "\u2014 name AQEBAQF=",
      "\u2014 na me AQEBAQE=",
      " \u2014 name AQEBAQE=",
      "\u2014 name AQEBAQE= ",
    ])
      assert.throws(() => parseNotes(`a\n\n${line}\n`), { code: "malformed" }, line);
    assert.throws(() => parseNotes("a\n\n\u2014 name AQEBAQE="), { code: "malformed" }, "a line without its end");
  });
});

const CHECKPOINT: Checkpoint = {
  origin: NAME,
  size: 12,
  root: Buffer.alloc(32, 7),
  at: new Date("2026-11-22T10:00:00Z"),
  dropped: 3,
};

suite("checkpoints", () => {
  test("are lines of text, and come back from them", () => {
    const text = `${NAME}\n12\n${CHECKPOINT.root.toString("base64")}\ntime 2026-11-22T10:00:00.000Z\ndropped 3\n`;
    assert.equal(checkpointText(CHECKPOINT), text);
    assert.deepEqual(parseCheckpoint(text), CHECKPOINT);
    const next = { ...CHECKPOINT, next: keyOf(other) };
    assert.deepEqual(parseCheckpoint(checkpointText(next)), next);
    assert.match(
      createPublicKey({
        key: { kty: "OKP", crv: "Ed25519", x: next.next.publicKey.toString("base64url") },
        format: "jwk",
      }).type,
      /public/,
    );
  });

  test("have one written form", () => {
    const text = checkpointText(CHECKPOINT);
    for (const changed of [
      text.replace("12", "012"),
      text.replace("12", "1e1"),
      text.replace("dropped 3", "dropped -1"),
      text.replace(".000Z", "Z"),
      `${text}more\n`,
      text.slice(0, -1),
      text.replace("=\n", "\n"),
      text.replace(NAME, ""),
      text.replace("time 2026-11-22T10:00:00.000Z", "time soon"),
      text.replace("time ", "hour "),
      text.replace("dropped ", "dripped "),
      `${text}next ${verifierKeyText(keyOf(other))}x\n`,
      ...["-5", "1.5", "NaN", "Infinity", "9007199254740992", " 12", "0x12", ""].flatMap((number) => [
        text.replace("\n12\n", `\n${number}\n`),
        text.replace("dropped 3", `dropped ${number}`),
      ]),
      ...[0, 31, 33].map((length) => checkpointText({ ...CHECKPOINT, root: Buffer.alloc(length, 7) })),
      "",
      "\n",
      NAME,
    ])
      assert.throws(() => parseCheckpoint(changed), { code: "malformed" }, changed);
    for (const size of [0, 1, 2 ** 53 - 1]) {
      const edge = { ...CHECKPOINT, size, dropped: size };
      assert.deepEqual(parseCheckpoint(checkpointText(edge)), edge);
    }
  });
});
