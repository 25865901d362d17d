import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, dayParts, parseDay } from "./Day.ts";
import {
  checkPersonalIdentityCode,
  findPersonalIdentityCodes,
  maskPersonalIdentityCode,
  parsePersonalIdentityCode,
} from "./PersonalIdentityCode.ts";

const today = parseDay("2026-11-22");
const fault = (text: string, allowTemporary = false) => {
  const check = checkPersonalIdentityCode(text, { today, allowTemporary });
  return check.ok ? "valid" : check.fault;
};

test("a code has a day of birth and nothing about sex", () => {
  assert.deepEqual(checkPersonalIdentityCode("131052-308T", { today }), {
    ok: true,
    code: "131052-308T",
    bornDay: "1952-10-13",
    temporary: false,
  });
});

test("the reason of a refusal", () => {
  const cases: [string, string][] = [
    ["131052-308T", "valid"],
    ["131052+308T", "valid"],
    ["131052X308T", "valid"],
    ["131052B308T", "future"],
    ["131052a308t", "future"],
    ["010130A345A", "future"],
    ["131052-308U", "checkCharacter"],
    ["280453-111A", "checkCharacter"],
    ["290200-101P", "date"],
    ["290200A248A", "valid"],
    ["290224A002K", "valid"],
    ["010100A899E", "valid"],
    ["311299-0029", "valid"],
    ["310252-308Y", "date"],
    ["130052-308R", "date"],
    ["131052T308T", "format"],
    ["131052G308T", "format"],
    ["131052/308T", "format"],
    ["131052-308I", "format"],
    ["10101-0101", "format"],
    ["1310523 08T", "format"],
    ["131052308T", "format"],
    ["", "format"],
    ["311215A000J", "individualNumber"],
    ["010100A001F", "individualNumber"],
    ["010100A001N", "individualNumber"],
    ["131052-000V", "individualNumber"],
    ["131052-9993", "temporary"],
    [`131052-308T${" ".repeat(99)}`, "format"],
  ];
  for (const [text, expected] of cases) assert.equal(fault(text), expected, JSON.stringify(text));
});

test("temporary codes only where they are allowed, and flagged", () => {
  const codes =
    "010594Y9032 010594Y9021 020594X903P 020594X902N 030594W903B 030694W9024 040594V9030 040594V902Y 050594U903M " +
    "050594U902L 010516B903X 010516B902W 020516C903K 020516C902J 030516D9037 030516D9026 010501E9032 020502E902X " +
    "020503F9037 020504A902E 020504B904H 010200A9618 291292-918R 030883-925M 170677-924F 070770-905D 010170-999R " +
    "010280-952L 210281-9988 311280-999J";
  for (const code of codes.split(" ")) {
    assert.equal(fault(code), "temporary", code);
    const check = checkPersonalIdentityCode(code, { today, allowTemporary: true });
    assert.ok(check.ok && check.temporary, code);
  }
});

test("the separator is part of the identity", () => {
  const [one, other] = ["150385-1230", "150385Y1230"].map((text) => parsePersonalIdentityCode(text, { today }));
  assert.notEqual(one, other);
});

test("lower case, spaces and the dashes of word processors are made one", () => {
  assert.equal(parsePersonalIdentityCode(" 010594y9032 ", { today, allowTemporary: true }), "010594Y9032");
  for (const dash of "\u2010\u2011\u2012\u2013\u2014\u2015\u2212") {
    assert.equal(parsePersonalIdentityCode(`131052${dash}308T`, { today }), "131052-308T");
  }
  assert.equal(fault("131052-308\u017f"), "format", "a long s is not an S");
});

test("a refusal does not repeat the code", () => {
  try {
    parsePersonalIdentityCode("131052-308U", { today });
    assert.fail("should have been refused");
  } catch (problem) {
    assert.ok(problem instanceof Error);
    assert.equal(problem.message, "invalid.personalIdentityCode.checkCharacter");
    assert.doesNotMatch(JSON.stringify(problem), /131052/);
  }
  assert.doesNotMatch(maskPersonalIdentityCode("131052-308T"), /[0-9A-Z]/);
});

const CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const anyCode = fc
  .record({
    days: fc.integer({ min: 0, max: 80_000 }),
    number: fc.integer({ min: 2, max: 899 }),
    pick: fc.nat(5),
  })
  .map(({ days, number, pick }) => {
    const { year, month, date } = dayParts(addDays(parseDay("1805-01-01"), days));
    const separators = year < 1900 ? "++++++" : year < 2000 ? "-YXWVU" : "ABCDEF";
    const two = (part: number) => String(part % 100).padStart(2, "0");
    const [birth, individual] = [two(date) + two(month) + two(year), String(number).padStart(3, "0")];
    return `${birth}${separators[pick]}${individual}${CHECK[Number(birth + individual) % 31]}`;
  });

test("every rightly made code is valid, and one wrong check character is not", () => {
  fc.assert(
    fc.property(anyCode, fc.constantFrom(...CHECK), (code, other) => {
      assert.equal(fault(code), "valid", code);
      if (other !== code[10]) assert.equal(fault(code.slice(0, 10) + other), "checkCharacter");
    }),
  );
});

test("found in free text, with its certainty", () => {
  const at = (text: string) =>
    findPersonalIdentityCodes(text).map(({ start, end, certain }) => [text.slice(start, end), certain]);
  assert.deepEqual(at("Asiakas 131052-308T, puh. 040 123 4567"), [["131052-308T", true]]);
  assert.deepEqual(at("131052-308U"), [["131052-308U", false]]);
  assert.deepEqual(at("hetu:010594y9032."), [["010594y9032", true]]);
  assert.deepEqual(at("131052 – 308T ja 150385Y1230"), [
    ["131052 – 308T", true],
    ["150385Y1230", true],
  ]);
  assert.deepEqual(at("131052B308T"), [["131052B308T", true]]);
  assert.deepEqual(at("lasku 20260001230, 9131052-308T, 131052-308TX, 22.11.2026-1234"), []);
});

test("the detector finds what is planted, and never throws", () => {
  const filler = fc.string({ unit: "binary", maxLength: 60 });
  fc.assert(
    fc.property(filler, anyCode, filler, (before, code, after) => {
      findPersonalIdentityCodes(before + after);
      const text = `${before} ${code} ${after}`;
      const planted = before.length + 1;
      assert.ok(findPersonalIdentityCodes(text).some((found) => found.start <= planted && found.end > planted));
    }),
  );
  // Quadratic work on these sizes would hang the test run.
  for (const piece of ["0", "010100", "010100-", "131052 - ", "131052-308", " "]) {
    assert.deepEqual(findPersonalIdentityCodes(piece.repeat(200_000)), []);
  }
});

const vectorFile = new URL("../../../shared/data/ids/hetu.json", import.meta.url);

test("agrees with the vectors of other implementations", {
  skip: existsSync(vectorFile) ? false : "no vector file",
}, () => {
  const file: { vectors: { code: string; valid: boolean | string; note: string }[] } = JSON.parse(
    readFileSync(vectorFile, "utf8"),
  );
  assert.ok(file.vectors.length > 50);
  for (const { code, valid, note } of file.vectors) {
    if (valid === "contested") {
      const ours = /future|lower case/.test(note) ? "future" : /000/.test(note) ? "individualNumber" : "valid";
      assert.equal(fault(code), ours, note);
    } else if (valid === "test-range") {
      assert.deepEqual([fault(code), fault(code, true)], ["temporary", "valid"], code);
    } else {
      assert.equal(fault(code) === "valid", valid, `${code} ${note}`);
    }
  }
});
