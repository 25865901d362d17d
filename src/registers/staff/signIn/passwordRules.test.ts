import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { expectOwnPassword, unguessed } from "./passwordRules.ts";

const OWN = ["Walttia Oy", "2643821-1", "Aava Kaarna", "aava.kaarna", "walttia", "fi"];

test("ASVS 6.2.4, 6.2.11: what is made of common and own words, years, runs of keys and repetition is refused", () => {
  for (const password of [
    "passwordpassword",
    "Password123!Password",
    "salasana12345",
    "Sal@s@na2026!!",
    "S4l4s4n4!2025",
    "walttia-walttia",
    "WalttiaOy2643821-1",
    "aavakaarna1987",
    "Aava.Kaarna.2026",
    "qwertyuiop1234",
    "poiuytrewq!!!!",
    "1qaz2wsx3edc",
    "abcdefghijklmnop",
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabcabc",
    "heinäkuu 2026!!",
    "Tervetuloa123456",
    "correct horse battery staple",
    "1234567890123456",
    "ilovelovelove",
  ])
    assert.throws(
      () => expectOwnPassword(password, OWN),
      { code: "passwordCommon" },
      `${password} ${unguessed(password, OWN)}`,
    );
});

test("a sentence of one's own passes, with or without signs", () => {
  for (const password of [
    "a quiet harbour at noon",
    "pitkä lause jonka muistaa",
    "kolme pientä porsasta uimassa",
    "vK9#tq2L!mz8",
    "hämärä ranta ja kuikka",
  ])
    expectOwnPassword(password, OWN);
});

test("random passwords pass, and no text makes the rule fail", () => {
  const letters = fc.constantFrom(..."bcdfghjklmnpqrstvwxz");
  fc.assert(
    fc.property(
      fc.uniqueArray(letters, { minLength: 14, maxLength: 20 }),
      (picked) => unguessed(picked.join("-"), OWN) >= 7,
    ),
  );
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => unguessed(text, OWN) >= 0));
});
