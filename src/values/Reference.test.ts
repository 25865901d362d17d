import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  formatReference,
  isFinnishRfReference,
  isNationalReference,
  isRfReference,
  nationalReference,
  normaliseReference,
  rfReference,
} from "./Reference.ts";

test("the check digit of a national reference", () => {
  const cases = ["1234561", "1009", "1119", "15118903", "20260001230", "12345678901234567894"];
  for (const whole of cases) {
    assert.equal(nationalReference(whole.slice(0, -1)), whole);
    assert.ok(isNationalReference(whole), whole);
  }
  for (const bad of ["", "12", "000", "12345678901234567890", "12a4", "-123"]) {
    assert.throws(() => nationalReference(bad), { code: "invalid.reference" }, bad);
  }
  for (const bad of ["123", "123456789012345678901", "0000", "1234562"]) assert.ok(!isNationalReference(bad), bad);
});

test("RF references", () => {
  assert.equal(rfReference("1234561"), "RF341234561");
  assert.equal(rfReference("559582243294671"), "RF06559582243294671");
  assert.equal(rfReference("20260001230"), "RF3620260001230");
  assert.equal(rfReference("868516259619897"), "RF09868516259619897");
  assert.ok(isRfReference("RF18539007547034"));
  assert.ok(!isRfReference("RF17539007547034"));
  assert.ok(isRfReference("RF97C2H5OH") && !isFinnishRfReference("RF97C2H5OH"));
  assert.throws(() => rfReference("1234562"), { code: "invalid.reference" });
});

test("display and matching", () => {
  assert.equal(formatReference("20260001230"), "2 02600 01230");
  assert.equal(formatReference("559582243294671"), "55958 22432 94671");
  assert.equal(formatReference("1234561"), "12 34561");
  assert.equal(formatReference("RF3620260001230"), "RF36 2026 0001 230");
  for (const written of [
    "20260001230",
    "2 02600 01230",
    "rf36 2026 0001 230",
    "00000000020260001230",
    "RF3620260001230",
  ]) {
    assert.equal(normaliseReference(written), "20260001230", written);
  }
  assert.equal(normaliseReference("RF97 C2H5 OH"), "RF97C2H5OH");
  for (const bad of ["", "RF12345", "0000", "20260001231", "lasku 12"]) {
    assert.throws(() => normaliseReference(bad), { code: "invalid.reference" }, bad);
  }
});

const anyBody = fc.bigInt({ min: 100n, max: 9_999_999_999_999_999_999n }).map(String);

test("every made reference is valid and comes back, and a wrong digit is refused", () => {
  fc.assert(
    fc.property(anyBody, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, change) => {
      const national = nationalReference(body);
      const rf = rfReference(national);
      assert.ok(isNationalReference(national) && isFinnishRfReference(rf));
      assert.equal(normaliseReference(formatReference(national)), national);
      assert.equal(normaliseReference(formatReference(rf)), national);
      const at = place % national.length;
      const wrong = national.slice(0, at) + ((Number(national[at]) + change) % 10) + national.slice(at + 1);
      assert.ok(!isRfReference(rf.slice(0, 4) + wrong));
      const last = `${national.slice(0, -1)}${(Number(national.at(-1)) + change) % 10}`;
      assert.ok(!isNationalReference(last));
    }),
  );
});

const vectorFile = new URL("../../../shared/data/ids/references.json", import.meta.url);

test("agrees with the vectors of others", { skip: existsSync(vectorFile) ? false : "no vector file" }, () => {
  const file: Record<"fi_valid" | "rf_valid" | "rf_valid_but_not_finnish" | "invalid", string[]> = JSON.parse(
    readFileSync(vectorFile, "utf8"),
  );
  assert.ok(file.fi_valid.length > 5 && file.invalid.length > 3);
  for (const reference of file.fi_valid) assert.ok(isNationalReference(reference), reference);
  for (const reference of file.rf_valid) assert.ok(isFinnishRfReference(reference), reference);
  for (const reference of file.rf_valid_but_not_finnish) {
    assert.ok(isRfReference(reference) && !isFinnishRfReference(reference), reference);
  }
  for (const reference of file.invalid) {
    assert.ok(!isNationalReference(reference) && !isRfReference(reference), reference);
  }
});
