import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import fc from "fast-check";
import type { Path } from "./parse.ts";
import { type Json, rewrite, valueAt, valuesOf, withChanges } from "./rewrite.ts";

const read = (name: string) => readFileSync(join(import.meta.dirname, `../../descriptions/${name}.yaml`), "utf8");
const examples = ["walttia", "pyorapaja", "valokuvaamo"].map((name) => ({ name, text: read(name) }));
const values = (text: string): Json => {
  const found = valuesOf(text);
  assert.ok(found);
  return found;
};
const write = (text: string, ...changes: { path: Path; value?: Json }[]) =>
  rewrite(text, withChanges(values(text), changes));

function scalars(value: Json, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    scalars(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
const changed = (before: string, after: string) => {
  const old = new Set(before.split("\n"));
  return after.split("\n").filter((line) => !old.has(line));
};

for (const { name, text } of examples)
  suite(name, () => {
    const all = values(text);
    const paths = scalars(all);

    test("every value set to itself changes nothing", () => {
      assert.ok(paths.length > 300, "found too few values for this test to mean anything");
      const same = paths.map((path) => {
        const value = valueAt(all, path);
        assert.ok(value !== undefined);
        return { path, value };
      });
      for (const change of same) assert.deepEqual(withChanges(all, [change]), all);
      assert.equal(rewrite(text, withChanges(all, same)), text);
    });

    test("another text in its place touches its own line only", () => {
      for (const path of paths.filter((_, n) => n % 97 === 0)) {
        const value = valueAt(all, path);
        if (typeof value !== "string") continue;
        const next = write(text, { path, value: "uusi: arvo, #1 [x]" });
        assert.equal(changed(text, next).length, 1, path.join("."));
        assert.equal(next.split("\n").length, text.split("\n").length);
      }
    });

    test("what is added and taken away again leaves the text as it was", () => {
      const heading = ["sources", "fromAfar"];
      const source: Json = { kind: "partner", label: { fi: "Kaukaa", sv: "Fjärran" }, registers: ["customers"] };
      const added = write(text, { path: heading, value: source });
      assert.notEqual(added, text);
      assert.equal(write(added, { path: heading }), text);
    });
  });

test("comments stand where they stood", () => {
  const text = "# first\na: 1 # one\n# about b\nb: # two\n  - x: 1 # three\n    y: 2\n\n# end\n";
  assert.equal(
    write(text, { path: ["a"], value: 2 }, { path: ["b", 0, "y"], value: "z" }),
    text.replace("a: 1", "a: 2").replace("y: 2", "y: z"),
  );
  assert.equal(write(text, { path: ["a"] }), text.replace("a: 1 # one\n", "").replace("# first\n", "# first\n"));
  assert.equal(write(text, { path: ["b"] }), "# first\na: 1 # one\n\n# end\n");
});

test("lists grow, shrink and change place by place", () => {
  const text = "a:\n  - k: 1\n    t: one\n  - k: 2\n    t: two\nb: [x, y]\nc: {}\n";
  assert.equal(
    write(text, { path: ["a", 2], value: { k: 3, t: { fi: "long" } } }),
    text.replace("t: two\n", "t: two\n  - k: 3\n    t: { fi: long }\n"),
  );
  assert.equal(write(text, { path: ["a", 0] }), text.replace("  - k: 1\n    t: one\n", ""));
  assert.equal(write(text, { path: ["b"], value: ["x", "z, q"] }), text.replace("[x, y]", '[x, "z, q"]'));
  assert.equal(write(text, { path: ["c", "d"], value: true }), text.replace("{}", "{ d: true }"));
});

test("whatever plain values are asked for, the text says them", () => {
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.constantFrom("yes", "1", "a: b", "- x", "# y", "two\nlines", "{", "]", "'", '"', "&a", "*a", "~", " s "),
      fc.integer(),
      fc.boolean(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,5}$/), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const map = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), value, {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(map, map, map, (first, second, third) => {
      const one = rewrite("a: 0\n", { a: 0, ...first });
      const two = rewrite(one, { a: 0, ...second, ...first });
      assert.deepEqual(valuesOf(rewrite(two, { a: 1, ...third })), { a: 1, ...third });
    }),
    { numRuns: 200 },
  );
});

test("what is added to the last element stands before the element that is added after it", () => {
  const text = "a:\n  b:\n    c: 1\n";
  const values = { a: { b: { c: 1, d: 2 }, e: { f: 3 } } };
  assert.deepEqual(valuesOf(rewrite(text, values)), values);
});
