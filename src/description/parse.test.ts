import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { check } from "./check.ts";
import { LIMITS, parse } from "./parse.ts";

const walttia = readFileSync(join(import.meta.dirname, "../../descriptions/walttia.yaml"), "utf8");

/** Total: an answer for any text, few findings, short codes, places inside the text. */
function answers(text: string): void {
  const parsed = parse(text);
  const findings = check(parsed);
  assert.ok(findings.length <= LIMITS.findings);
  assert.ok(parsed.description !== null || findings.length > 0);
  const lines = text.split(/\n/).length;
  for (const finding of findings) {
    assert.ok(finding.line >= 1 && finding.line <= lines + 1 && finding.col >= 1);
    assert.ok(JSON.stringify(finding).length < 20_000);
  }
}

test("any text gets an answer", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), answers), { numRuns: 300 });
  const yamlish = fc.array(
    fc.constantFrom(
      "a",
      ": ",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      '"',
      "'",
      "*",
      "&",
      "|",
      "!!",
      "%",
      "#",
      "? ",
      "\t",
      "---",
    ),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(
      yamlish.map((parts) => parts.join("")),
      answers,
    ),
    { numRuns: 500 },
  );
});

test("Walttia's description with a piece cut, doubled or replaced gets an answer", () => {
  const at = fc.integer({ min: 0, max: walttia.length });
  const piece = fc.constantFrom(
    "",
    "unknown",
    "{}",
    "[]",
    "null",
    "constructor",
    "__proto__: 1",
    "\n",
    "  ",
    "9",
    "- ",
    ":",
    '"',
    "toString",
    "*a",
    "&a x",
  );
  const mutated = fc
    .tuple(at, fc.integer({ min: 0, max: 60 }), piece)
    .map(([from, length, put]) => walttia.slice(0, from) + put + walttia.slice(from + length));
  fc.assert(fc.property(mutated, answers), { numRuns: 40 });
});

test("any value in the place of any heading gets an answer", () => {
  const headings = [...walttia.matchAll(/^([a-zA-Z]+):/gm)].map((found) => found[1] ?? "");
  assert.ok(headings.length > 15);
  const changed = fc
    .tuple(fc.constantFrom(...headings), fc.json({ maxDepth: 4 }))
    .map(([heading, json]) =>
      walttia.replace(new RegExp(`^${heading}:(.*\\n(?:[ #].*\\n|\\n)*)`, "m"), `${heading}: ${json}\n`),
    );
  fc.assert(fc.property(changed, answers), { numRuns: 60 });
});

const first = (text: string) => parse(text).findings[0]?.code;

test("deep nesting, alias bombs, huge keys and huge texts are refused", () => {
  for (const deep of ["[".repeat(100_000), "{a: ".repeat(50_000), "- ".repeat(100_000), "? ".repeat(60_000)])
    assert.ok(parse(deep).findings.length > 0);
  assert.equal(first("[".repeat(1000)), "tooDeep");
  assert.equal(first(Array.from({ length: 200 }, (_, n) => `${" ".repeat(n)}a:`).join("\n")), "tooDeep");
  const bomb = ["a0: &a0 [x, x]", ...Array.from({ length: 25 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)];
  assert.equal(first(bomb.join("\n")), "aliases");
  assert.equal(first(`${walttia}\n<<: *x\n`), "aliases");
  const key = "k".repeat(200_000);
  answers(`${key}: 1`);
  assert.ok(JSON.stringify(parse(`${walttia}\n${key}: 1\n`).findings).length < 5_000);
  assert.equal(first("x".repeat(LIMITS.bytes + 1)), "tooLarge");
});

test("thousands of mistakes give a bounded answer", () => {
  const text = `${walttia}\n${Array.from({ length: 10_000 }, (_, n) => `x${n}: 1`).join("\n")}\n`;
  assert.ok(Buffer.byteLength(text) < LIMITS.bytes);
  answers(text);
});

test("as many keys as the limit lets in are read without comparing each with every other", () => {
  const keys = Array.from({ length: 36_000 }, (_, n) => `${n.toString(36)}: `);
  const parsed = parse(keys.join("\n"));
  assert.equal(parsed.description, null);
  assert.ok(parsed.findings.length <= LIMITS.findings);
  assert.equal(first(`${keys.join("\n")}\n0: 1`), "yaml.DUPLICATE_KEY");
});

test("a place is the key, in a list the item", () => {
  const parsed = parse(walttia);
  assert.ok(parsed.description);
  const lineAt = (path: string) => walttia.split("\n")[parsed.placeOf(path).line - 1] ?? "";
  assert.match(lineAt("flows.erpToInvoicing.channel"), /channel: internal/);
  assert.match(lineAt("roles.sales.may.0"), /- register: customers/);
  assert.match(lineAt("nowhere.at.all"), /./);
});
