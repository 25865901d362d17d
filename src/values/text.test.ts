import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { prefixes, queryWords, searchWords } from "./text.ts";

test("stored words have both forms, query words the typed one", () => {
  assert.deepEqual(searchWords("Mäkelä Oy"), ["mäkelä", "makela", "oy"]);
  assert.deepEqual(searchWords("Åsa-Öberg, André"), ["åsa", "asa", "öberg", "oberg", "andre"]);
  assert.deepEqual(searchWords("MA\u0308KELA\u0308"), ["mäkelä", "makela"]);
  assert.deepEqual(queryWords("mäkelä MAKELA mäkelä"), ["mäkelä", "makela"]);
  assert.deepEqual(queryWords("Čearret Đorđe Bjørn ﬁrma"), ["cearret", "dorde", "bjorn", "firma"]);
  assert.deepEqual(searchWords("pia.vuori@yritys.example"), ["pia", "vuori", "yritys", "example"]);
  assert.deepEqual(searchWords(" —  "), []);
});

test("beginnings of a word", () => {
  assert.deepEqual(prefixes("oulu"), ["o", "ou", "oul", "oulu"]);
  assert.deepEqual(prefixes("oulu", 3), ["oul", "oulu"]);
  assert.equal(prefixes("x".repeat(40)).length, 12);
  assert.deepEqual(prefixes("ou", 3), []);
  assert.deepEqual(prefixes("𝔸b"), ["𝔸", "𝔸b"]);
});

test("what is stored is found by the same text, in either form, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      const stored = new Set(searchWords(text));
      for (const word of queryWords(text)) assert.ok(stored.has(word));
      for (const word of stored) assert.deepEqual(queryWords(word), [word]);
    }),
  );
});
