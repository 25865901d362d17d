import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { formatIban, isIban, parseIban } from "./Iban.ts";

test("Finnish accounts have two checks", () => {
  for (const iban of ["FI2112345600000785", "FI4950009420028730", "FI3715903000000776", "FI5810171000000122"]) {
    assert.ok(isIban(iban), iban);
    assert.equal(parseIban(formatIban(parseIban(iban))), iban);
  }
  for (const bad of ["FI2112345600000786", "FI1566010001530642", "FI211234560000078", "XX2112345600000785", ""]) {
    assert.ok(!isIban(bad), bad);
    assert.throws(() => parseIban(bad), { code: "invalid.iban" }, bad);
  }
  assert.equal(formatIban(parseIban("fi21 1234 5600 0007 85")), "FI21 1234 5600 0007 85");
});

test("one wrong digit anywhere is refused", () => {
  const iban = "FI2112345600000785";
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 17 }), fc.integer({ min: 1, max: 9 }), (at, change) => {
      assert.ok(!isIban(iban.slice(0, at) + ((Number(iban[at]) + change) % 10) + iban.slice(at + 1)));
    }),
  );
});

const vectorFile = new URL("../../../shared/data/ids/iban.json", import.meta.url);

test("agrees with the vectors of others", { skip: existsSync(vectorFile) ? false : "no vector file" }, () => {
  const file: Record<"valid" | "invalid", string[]> = JSON.parse(readFileSync(vectorFile, "utf8"));
  assert.ok(file.valid.length > 50 && file.invalid.length > 10);
  const compact = (text: string) => text.replaceAll(" ", "");
  for (const iban of file.valid) assert.ok(isIban(compact(iban)), iban);
  // Wrong only inside a foreign account number, whose letters and check digits are the rules of that country.
  const foreignRules = [
    "BG93 BNBG 9661 1A20 3456 78",
    "GI22 NW3K 0000 0000 7099 453",
    "NL56 3003 0A17 1643 00",
    "ES2121000418450200051331",
    "ES89 3183 1500 9500 0121 0562",
  ];
  for (const iban of file.invalid) if (!foreignRules.includes(iban)) assert.ok(!isIban(compact(iban)), iban);
});
