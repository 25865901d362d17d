import assert from "node:assert/strict";
import { test } from "node:test";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import fc from "fast-check";
import { Problem } from "../../values/problem.ts";
import { bech32, fromBech32 } from "./bech32.ts";
import { answersRightly, askedWords } from "./challenge.ts";
import { ageRecipientOf, ageSecretOf, recipientFrom, secretFrom, wordsOf } from "./secret.ts";

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const bytes = (some: Uint8Array) => [...some];
const refusal = (text: string): Problem => {
  try {
    secretFrom(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return assert.fail("was read");
};

test("a secret comes back from its words and from its age key, however they are typed", () => {
  fc.assert(
    fc.property(secret, (some) => {
      const words = wordsOf(some);
      assert.equal(words.length, 24);
      const numbered = words.map((word, n) => `${n + 1}. ${word.toUpperCase()}`).join("\n");
      for (const text of [
        words.join(" "),
        `  ${words.join("\t\n")} `,
        numbered,
        ageSecretOf(some),
        ageSecretOf(some).toLowerCase(),
      ])
        assert.deepEqual(bytes(secretFrom(text)), bytes(some));
      assert.deepEqual(bytes(secretFrom(`# created: 2026\n${ageSecretOf(some)}\n`)), bytes(some));
    }),
    { numRuns: 50 },
  );
});

test("the keys are those of the stock age", async () => {
  const identity = await generateX25519Identity();
  assert.equal(ageSecretOf(secretFrom(identity)), identity);
  const recipient = await identityToRecipient(identity);
  assert.equal(ageRecipientOf(recipientFrom(recipient)), recipient);
  assert.throws(() => recipientFrom(`${recipient.slice(0, -1)}b`), { code: "recoveryRecipient" });
  assert.throws(() => recipientFrom(bech32("age", new Uint8Array(16))), { code: "recoveryRecipient" });
});

test("a mistyped word is named by its number, never by itself", () => {
  const words = wordsOf(new Uint8Array(32).fill(7));
  const typed = words.with(4, "kirjoitusvirhe");
  const problem = refusal(typed.join(" "));
  assert.equal(problem.code, "recoveryWord");
  assert.deepEqual(problem.facts, { number: 5 });
  assert.ok(!JSON.stringify(problem.facts).includes("kirjoitus"));
});

test("a word too few, two exchanged, a broken key: each is told apart", () => {
  const words = wordsOf(new Uint8Array(32).fill(9).with(0, 1));
  assert.equal(refusal(words.slice(1).join(" ")).code, "recoveryWordCount");
  assert.deepEqual(refusal(words.slice(1).join(" ")).facts, { count: 23 });
  const [first = "", second = ""] = words;
  assert.notEqual(first, second);
  assert.equal(refusal(words.with(0, second).with(1, first).join(" ")).code, "recoveryChecksum");
  assert.equal(refusal("").code, "recoveryWordCount");
  const key = ageSecretOf(new Uint8Array(32).fill(3));
  assert.equal(refusal(key.slice(0, -1)).code, "recoveryKey");
  assert.equal(refusal(`${key.slice(0, 30)}${key[30] === "Q" ? "P" : "Q"}${key.slice(31)}`).code, "recoveryKey");
});

test("one wrong letter of Bech32 is always found", () => {
  fc.assert(
    fc.property(secret, fc.nat({ max: 61 }), fc.nat({ max: 30 }), (some, at, by) => {
      const text = bech32("age", some);
      assert.equal(text.length, 62);
      const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
      const place = Math.max(4, at);
      const other = letters[(letters.indexOf(text[place] ?? "") + 1 + by) % 32] ?? "";
      assert.equal(fromBech32("age", text.slice(0, place) + other + text.slice(place + 1)), null);
    }),
    { numRuns: 200 },
  );
  assert.equal(fromBech32("age", bech32("bge", new Uint8Array(32))), null);
  assert.equal(fromBech32("age", `A${bech32("age", new Uint8Array(32)).slice(1)}`), null);
});

test("three different words are asked, always the same, and only they answer", () => {
  fc.assert(
    fc.property(secret, (some) => {
      const asked = askedWords(some);
      assert.equal(new Set(asked).size, 3);
      assert.ok(asked.every((number) => number >= 1 && number <= 24));
      assert.deepEqual(askedWords(some), asked);
    }),
  );
  const words = wordsOf(new Uint8Array(32).map((_, n) => n * 11));
  const answer = (numbers: readonly number[]) => numbers.map((number) => words[number - 1]).join(", ");
  assert.ok(answersRightly(words, [2, 9, 24], answer([2, 9, 24]).toUpperCase()));
  assert.ok(!answersRightly(words, [2, 9, 24], answer([9, 2, 24])));
  assert.ok(!answersRightly(words, [2, 9, 24], answer([2, 9])));
  assert.ok(!answersRightly(words, [2, 9, 24], ""));
});
