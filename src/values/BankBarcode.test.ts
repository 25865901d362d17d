import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { bankBarcode, code128cSymbols, parseBankBarcode } from "./BankBarcode.ts";
import { addDays, parseDay } from "./Day.ts";
import { parseIban } from "./Iban.ts";
import { parseCents } from "./Money.ts";
import { formatReference, nationalReference, rfReference } from "./Reference.ts";

const iban = parseIban("FI2112345600000785");
const dueDay = parseDay("2026-12-07");
const payment = { iban, amountCents: 12550, reference: "20260001230", dueDay };

test("a national and an RF reference", () => {
  assert.equal(bankBarcode(payment), "421123456000007850001255000000000000020260001230261207");
  assert.equal(
    bankBarcode({ ...payment, reference: "RF3620260001230" }),
    "521123456000007850001255036000000000020260001230261207",
  );
});

test("cents are exact and an unfit amount is left to the payer", () => {
  const amountOf = (amountCents: number | null) => bankBarcode({ ...payment, amountCents }).slice(17, 25);
  const cases = [
    [115, "00000115"],
    [1999, "00001999"],
    [820, "00000820"],
    [435, "00000435"],
    [99_999_999, "99999999"],
    [100_000_000, "00000000"],
    [-1, "00000000"],
    [null, "00000000"],
  ] as const;
  for (const [amountCents, written] of cases) assert.equal(amountOf(amountCents), written);
  assert.throws(() => amountOf(0.5), { code: "invalid.money" });
});

test("only Finnish accounts and references", () => {
  assert.throws(() => bankBarcode({ ...payment, iban: parseIban("SE4550000000058398257466") }), {
    code: "invalid.iban",
  });
  for (const reference of ["RF97C2H5OH", "20260001231", ""]) {
    assert.throws(() => bankBarcode({ ...payment, reference }), { code: "invalid.reference" }, reference);
  }
});

test("the check of the printed symbol", () => {
  const cases = [
    ["458101710000001220004829900000000559582243294671120131", 55],
    ["437159030000007760000122500000000000000000011112161221", 76],
    ["421123456000007850001255000000000000020260001230261207", 95],
    ["521123456000007850001255036000000000020260001230261207", 57],
  ] as const;
  for (const [digits, check] of cases) {
    const symbols = code128cSymbols(digits);
    assert.deepEqual([symbols.length, symbols[0], symbols.at(-2), symbols.at(-1)], [30, 105, check, 106]);
  }
  assert.throws(() => code128cSymbols("123"), { code: "invalid.bankBarcode" });
});

test("what is written is read back", () => {
  const anyPayment = fc.record({
    iban: fc.constant(iban),
    amountCents: fc.option(fc.integer({ min: 1, max: 99_999_999 })),
    reference: fc
      .tuple(fc.bigInt({ min: 100n, max: 9_999_999_999_999_999_999n }), fc.boolean())
      .map(([body, rf]) => (rf ? rfReference(nationalReference(`${body}`)) : nationalReference(`${body}`))),
    dueDay: fc.option(fc.nat(36_000).map((days) => addDays(parseDay("2000-01-01"), days))),
  });
  fc.assert(
    fc.property(anyPayment, (any) => {
      const digits = bankBarcode(any);
      assert.match(digits, /^\d{54}$/);
      assert.deepEqual(parseBankBarcode(digits), { ...any });
    }),
  );
});

const vectorFile = new URL("../../../shared/data/ids/bank-barcode.json", import.meta.url);

test("agrees with the vectors of others", { skip: existsSync(vectorFile) ? false : "no vector file" }, () => {
  type Vector = { barcode: string; iban: string; amount: string | null; reference: string; due: string | null };
  const file: { valid: Vector[]; invalid: string[] } = JSON.parse(readFileSync(vectorFile, "utf8"));
  assert.ok(file.valid.length > 5 && file.invalid.length > 3);
  for (const vector of file.valid) {
    const expected = {
      iban: parseIban(vector.iban),
      amountCents: vector.amount === null ? null : parseCents(vector.amount),
      reference: vector.reference.replaceAll(" ", ""),
      dueDay: vector.due === null ? null : parseDay(vector.due),
    };
    assert.equal(bankBarcode(expected), vector.barcode, formatReference(vector.reference));
    assert.deepEqual(parseBankBarcode(vector.barcode), expected);
  }
  for (const digits of file.invalid) assert.throws(() => parseBankBarcode(digits), { code: "invalid.bankBarcode" });
});
