import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPostalAddress, normalisePostalAddress } from "./PostalAddress.ts";

const home = { street: "  Testikatu  1 A 2", postalCode: "00100", town: "Helsinki " };

test("an address is tidied and Finnish by default", () => {
  const tidy = { street: "Testikatu 1 A 2", postalCode: "00100", town: "Helsinki", country: "FI" };
  assert.deepEqual(normalisePostalAddress(home), tidy);
  assert.deepEqual(normalisePostalAddress({ ...home, postalCode: " fi-00100", country: "fi" }), tidy);
  assert.deepEqual(normalisePostalAddress(tidy), tidy);
  const mariehamn = { street: "Provvägen 3", postalCode: "AX-22100", town: "Mariehamn", country: "AX" };
  assert.equal(normalisePostalAddress(mariehamn).postalCode, "22100");
});

test("a Finnish postal code is five digits", () => {
  for (const postalCode of ["", "100", "00000", "00001", "001000", "0010O", "00 100"]) {
    assert.throws(() => normalisePostalAddress({ ...home, postalCode }), { code: "invalid.postalCode" }, postalCode);
  }
  assert.throws(() => normalisePostalAddress({ ...home, country: "AX" }), { code: "invalid.postalCode" });
  assert.equal(normalisePostalAddress({ ...home, postalCode: "111 22", country: "SE" }).postalCode, "111 22");
  assert.equal(normalisePostalAddress({ ...home, postalCode: "", country: "IE" }).postalCode, "");
});

test("street, town and country must be there", () => {
  for (const part of [{ street: " " }, { town: "" }, { country: "Suomi" }]) {
    assert.throws(() => normalisePostalAddress({ ...home, ...part }), { code: "invalid.postalAddress", facts: {} });
  }
});

test("the lines of an envelope", () => {
  assert.deepEqual(formatPostalAddress(normalisePostalAddress(home), "fi"), ["Testikatu 1 A 2", "00100 HELSINKI"]);
  const abroad = normalisePostalAddress({ street: "Provgatan 1", postalCode: "111 22", town: "Malmö", country: "SE" });
  assert.deepEqual(formatPostalAddress(abroad, "fi"), ["Provgatan 1", "111 22 MALMÖ", "RUOTSI"]);
  assert.deepEqual(formatPostalAddress(abroad, "sv"), ["Provgatan 1", "111 22 MALMÖ", "SVERIGE"]);
});
