import assert from "node:assert/strict";
import { test } from "node:test";
import { compareNames, LETTERS, letterOf } from "./Letters.ts";

const under = (name: string) => LETTERS[letterOf(name)] ?? "after";

test("a name stands under the letter it is sorted by", () => {
  const told: Record<string, string> = {
    Aino: "A",
    "äiti Oy": "Ä",
    Åberg: "Å",
    Öhman: "Ö",
    Üksi: "Y",
    Ærø: "Ä",
    Širin: "S",
    "virta oy": "V",
    Wirta: "W",
    "3 Sisarta Ky": "#",
    "(nimi)": "#",
    Лев: "after",
    "": "after",
  };
  for (const [name, letter] of Object.entries(told)) assert.equal(under(name), letter, name);
});

test("the letters of sorted names never go back", () => {
  const names = [
    "Öhman",
    "Zorro",
    "Åberg",
    "Ääri",
    "aava",
    "Üksi",
    "Yrjö",
    "Wirta",
    "Virta",
    "9 Oy",
    "Лев",
    "Éva",
    "Eeva",
    "Đ",
  ];
  const places = names.toSorted(compareNames).map(letterOf);
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});
