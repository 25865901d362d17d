import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isEmail, parseEmail } from "./Email.ts";

test("addresses are normalised", () => {
  const cases = [
    [" Pia.Vuori@Yritys.Example ", "pia.vuori@yritys.example"],
    ["a+b_c-d@sub.yritys.example", "a+b_c-d@sub.yritys.example"],
    ["myynti@bücher.example", "myynti@xn--bcher-kva.example"],
    ["o'neil@yritys.example", "o'neil@yritys.example"],
  ] as const;
  for (const [written, email] of cases) assert.equal(parseEmail(written), email);
});

test("anything that is not one plain address is refused", () => {
  const bad = ["", "@", "pia", "pia@", "@yritys.example", "pia@yritys", "pia@@yritys.example", ".pia@yritys.example"];
  const worse = [
    "pi..a@yritys.example",
    "a@yritys.example, b@yritys.example",
    "pia@yritys.example\r\nBcc: b@yritys.example",
  ];
  const odd = [
    '"pia"@yritys.example',
    "pia@[127.0.0.1]",
    "pia@127.0.0.1",
    "pia@-yritys.example",
    "Pia <pia@yritys.example>",
  ];
  const long = [`${"a".repeat(65)}@yritys.example`, `a@${"b".repeat(64)}.example`, `a@${"b.".repeat(130)}example`];
  for (const text of [
    ...bad,
    ...worse,
    ...odd,
    ...long,
    "pia@yritys.example/x",
    "pia@yritys.example:25",
    "ä@yritys.example",
  ]) {
    assert.throws(() => parseEmail(text), { code: "invalid.email", facts: {} }, text);
  }
  assert.ok(!isEmail("Pia@yritys.example"));
});

test("what was read reads the same again, and any text is an address or a refusal", () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "binary", maxLength: 60 })), (text) => {
      try {
        const email = parseEmail(text);
        assert.ok(isEmail(email));
        assert.equal(parseEmail(email), email);
      } catch (problem) {
        assert.ok(problem instanceof Error && problem.message === "invalid.email");
      }
    }),
  );
});
