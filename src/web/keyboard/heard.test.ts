import assert from "node:assert/strict";
import { test } from "node:test";
import { listener } from "./heard.ts";
import { alone, doorLetters, together } from "./shortcuts.ts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  repeat: false,
  ...more,
});

test("a key does what the help says, and only where nobody is writing", () => {
  const hear = listener();
  const alphabet = { "/": "search", n: "newCustomer", "?": "shortcuts" };
  assert.deepEqual(
    alone.map(({ keys }) => keys[0]),
    Object.keys(alphabet),
  );
  for (const [key, does] of Object.entries(alphabet)) {
    assert.deepEqual(hear(press(key), true, 0), { does });
    // On a Finnish keyboard / and ? come with Shift.
    assert.deepEqual(hear(press(key, { shiftKey: true }), true, 0), { does });
    for (const held of ["ctrlKey", "metaKey", "altKey", "isComposing", "repeat"])
      assert.equal(hear(press(key, { [held]: true }), true, 0), undefined, `${held} ${key}`);
    assert.equal(hear(press(key), false, 0), undefined);
  }
});

test("two keys at once are heard while one writes, too", () => {
  assert.deepEqual(
    together.map(({ keys }) => keys.join("+")),
    ["Mod+K", "Mod+Enter"],
  );
  for (const free of [true, false]) {
    const hear = listener();
    assert.deepEqual(hear(press("k", { ctrlKey: true }), free, 0), { does: "palette" });
    assert.deepEqual(hear(press("Enter", { ctrlKey: true }), free, 0), { does: "save" });
    assert.equal(hear(press("K", { ctrlKey: true, shiftKey: true }), free, 0), undefined);
    assert.equal(hear(press("Enter"), free, 0), undefined);
  }
});

test("g and a letter open a door within a moment, and no letter leads to two", () => {
  const letters = Object.values(doorLetters);
  assert.ok(letters.length >= 12, "found too few doors");
  assert.equal(new Set(letters).size, letters.length);
  for (const [to, letter] of Object.entries(doorLetters)) {
    const hear = listener();
    assert.equal(hear(press("g"), true, 0), undefined);
    assert.deepEqual(hear(press(letter), true, 1400), { to });
    assert.notDeepEqual(hear(press(letter), true, 1450), { to }, "a door is asked for anew each time");
    hear(press("g"), true, 2000);
    assert.notDeepEqual(hear(press(letter), true, 3600), { to }, "too late");
    assert.notDeepEqual(hear(press(letter), false, 3700), { to });
  }
});
