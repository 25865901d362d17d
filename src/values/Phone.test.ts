import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canReceiveText, formatPhone, isPhone, parsePhone } from "./Phone.ts";

test("however it is written, it is one number", () => {
  const cases = [
    ["040 123 4567", "+358401234567"],
    ["+358 (0)40 123 4567", "+358401234567"],
    ["00358401234567", "+358401234567"],
    ["358401234567", "+358401234567"],
    ["040-1234567", "+358401234567"],
    ["0400 123 456", "+358400123456"],
    ["09 1234 5678", "+358912345678"],
    ["018 12345", "+3581812345"],
    ["0800 12345", "+35880012345"],
    ["+46 8 123 456 78", "+46812345678"],
  ] as const;
  for (const [written, phone] of cases) {
    assert.equal(parsePhone(written), phone, written);
    assert.ok(isPhone(phone));
    assert.equal(parsePhone(formatPhone(parsePhone(written))), phone);
  }
  assert.equal(parsePhone("08-123 456 78", "SE"), "+46812345678");
});

test("what is no customer's number is refused", () => {
  for (const bad of ["", "112", "116117", "+35840123", "soita 040 123 4567", "0".repeat(99)]) {
    assert.throws(() => parsePhone(bad), { code: "invalid.phone", facts: {} }, bad);
  }
  assert.throws(() => parsePhone("040 123 4567", "??"), { code: "invalid.phone" });
  assert.ok(!isPhone("040 123 4567"));
});

test("a text message goes only to a mobile number", () => {
  assert.ok(canReceiveText(parsePhone("040 123 4567")));
  for (const written of ["09 1234 5678", "0800 12345"]) assert.ok(!canReceiveText(parsePhone(written)), written);
});

test("any text is a number or a refusal, never another error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
      try {
        assert.ok(isPhone(parsePhone(text)));
      } catch (problem) {
        assert.ok(problem instanceof Error && problem.message === "invalid.phone");
      }
    }),
  );
});
