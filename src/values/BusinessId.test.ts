import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { businessIdOfVatId, isBusinessId, isOvt, isVatId, ovtOf, parseBusinessId, vatIdOf } from "./BusinessId.ts";

test("business ids", () => {
  const valid = [
    "2643821-1",
    "2077474-0",
    "1790235-0",
    "1643256-1",
    "0114162-2",
    "0112038-9",
    "0000001-9",
    "0737546-2",
  ];
  for (const id of valid) assert.ok(isBusinessId(id), id);
  const bad = [
    "2643821-2",
    "2077474-1",
    "1375045-1",
    "0737546-1",
    "0000000-0",
    "261741-4",
    "2617416-44",
    "26438211",
    "",
  ];
  for (const id of bad) {
    assert.ok(!isBusinessId(id), id);
    assert.throws(() => parseBusinessId(id), { code: "invalid.businessId" }, id);
  }
  assert.equal(parseBusinessId(" 2643821–1 "), "2643821-1");
  assert.equal(parseBusinessId("114162-2"), "0114162-2");
});

test("VAT id and e-invoice address come from the business id", () => {
  const id = parseBusinessId("2643821-1");
  assert.equal(vatIdOf(id), "FI26438211");
  assert.equal(businessIdOfVatId("fi 2643 8211"), id);
  assert.equal(ovtOf(id), "003726438211");
  assert.equal(ovtOf(id, "A1"), "003726438211A1");
  assert.throws(() => ovtOf(id, "TOOLONG"), { code: "invalid.ovt" });
  for (const bad of ["FI26174164A", "AFI26174164", "FI26438212", "SE26438211", ""]) {
    assert.ok(!isVatId(bad), bad);
    assert.throws(() => businessIdOfVatId(bad), { code: "invalid.vatId" }, bad);
  }
  assert.ok(!isOvt("003726438212") && !isOvt("003826438211"));
});

test("at most one check digit fits a number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), (number) => {
      const body = String(number).padStart(7, "0");
      const fitting = Array.from("0123456789").filter((digit) => isBusinessId(`${body}-${digit}`));
      assert.ok(fitting.length <= 1, body);
    }),
  );
});

const vectorFile = new URL("../../../shared/data/ids/ytunnus.json", import.meta.url);

test("agrees with the vectors of others", { skip: existsSync(vectorFile) ? false : "no vector file" }, () => {
  const file: Record<"valid" | "invalid" | "vat_valid" | "vat_invalid", string[]> = JSON.parse(
    readFileSync(vectorFile, "utf8"),
  );
  assert.ok(file.valid.length > 5 && file.vat_valid.length > 5);
  for (const id of file.valid) assert.ok(isBusinessId(id), id);
  for (const id of file.invalid) assert.ok(!isBusinessId(id), id);
  for (const id of file.vat_valid) assert.ok(isVatId(id), id);
  for (const id of file.vat_invalid) assert.ok(!isVatId(id), id);
});
