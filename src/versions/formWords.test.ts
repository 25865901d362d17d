import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { type Json, valuesOf } from "../description/rewrite.ts";
import { elementOf, headings, isRecord, type Shape, shapeOf } from "../description/shape.ts";
import { languages } from "../values/Language.ts";
import { addOf, choiceOf, labelOf } from "./formWords.ts";

const shapes = headings.flatMap((heading) => shapeOf(isRecord(heading) ? [heading, "x"] : [heading]) ?? []);
const within = (shape: Shape): Shape[] => [shape, ...shape.children.flatMap(within)];

for (const language of languages)
  test(`every field and every choice of the language has a word in ${language}`, () => {
    const every = shapes.flatMap(within);
    assert.ok(every.length > 200, "found too few fields for this test to mean anything");
    const silent = every.flatMap(({ where, words = "", options }) => [
      ...(labelOf(where, language) === undefined ? [where.join(".")] : []),
      ...options.filter((word) => choiceOf(words, word, language) === undefined).map((word) => `${words}.${word}`),
    ]);
    assert.deepEqual([...new Set(silent)], []);
    for (const heading of headings.filter(isRecord)) assert.ok(addOf(heading, language), heading);
  });

suite("a form has a field for everything that the examples say", () => {
  for (const name of ["walttia", "pyorapaja", "valokuvaamo"])
    test(name, () => {
      const all = valuesOf(readFileSync(join(import.meta.dirname, `../../descriptions/${name}.yaml`), "utf8"));
      assert.ok(all);
      const missing: string[] = [];
      for (const [heading, value] of Object.entries(all)) {
        const elements =
          isRecord(heading) && value && typeof value === "object" ? Object.entries(value) : [["", value]];
        for (const [id, of] of elements as [string, Json][]) {
          const shape = shapeOf(elementOf([heading, id]));
          if (!shape || !fits(shape, of)) missing.push(`${heading}.${id}`);
        }
      }
      assert.deepEqual(missing, []);
    });
});

/** Every key of the value has a field, however deep. */
function fits(shape: Shape, value: Json): boolean {
  if (value === "unknown") return shape.mayBeUnknown;
  if (shape.kind === "oneOf") return shape.children.some((each) => fits(each, value));
  if (shape.kind === "fixed") return shape.fixed === value;
  if (shape.kind === "list")
    return Array.isArray(value) && value.every((item) => shape.children.every((each) => fits(each, item)));
  if (shape.kind !== "group") return shape.kind === "text" || typeof value !== "object" || shape.kind === "choices";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, of]) => {
    const field = shape.children.find(({ where }) => where.at(-1) === key);
    return field !== undefined && fits(field, of);
  });
}
