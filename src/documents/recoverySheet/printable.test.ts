import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { printable } from "./printable.ts";

test("what prints stays as it is, the rest becomes something that prints", () => {
  for (const text of ["Säilytä – ”Äiti” å € … ’", "23.11.2026\u00a0klo"]) assert.equal(printable(text), text);
  assert.equal(printable("A\u0308iti"), "Äiti");
  assert.equal(printable("1\u202f000 e\u2011lasku kunta\u00adliitos"), "1\u00a0000 e-lasku kuntaliitos");
  assert.equal(printable("Đorđe Čapek\tŁódź ЖК 🏗"), "?or?e Capek ?ódz ?? ?");
});

test("nothing but WinAnsi is left of any text", () => {
  const winAnsi = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 224 }, (_, n) => n + 32));
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 0x1ffff })), (points) => {
      const text = String.fromCodePoint(...points);
      for (const letter of printable(text)) assert.ok(winAnsi.includes(letter) && letter !== "\u007f");
    }),
  );
});
