// The words of every area: the same keys in the three languages, and each sentence tells the same values.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { languages, localeOf } from "./values/Language.ts";

const folder = new URL("../locales/", import.meta.url);
const filesOf = (language: string) =>
  readdirSync(new URL(`${language}/`, folder))
    .filter((name) => name.endsWith(".json"))
    .sort();
const words = (language: string, area: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${language}/${area}`, folder), "utf8"));

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];
type Asked = { told: Set<string>; chosenBy: Set<string> };

/** Values that a sentence tells, and those by which it only chooses its words: grammar differs, so a language may do without the latter. */
function askedBy(elements: readonly Element[], asked: Asked = { told: new Set(), chosenBy: new Set() }): Asked {
  for (const element of elements) {
    if ("options" in element) {
      asked.chosenBy.add(element.value);
      for (const { value } of Object.values(element.options)) askedBy(value, asked);
    } else if (element.type !== 0 && "value" in element) asked.told.add(element.value);
  }
  return asked;
}

const valuesOf = (text: string, language: (typeof languages)[number]) =>
  askedBy(new IntlMessageFormat(text, localeOf(language), undefined, { ignoreTag: true }).getAst());
const untold = (one: Asked, other: Asked) =>
  [...one.told].filter((value) => !other.told.has(value) && !other.chosenBy.has(value));

test("the same areas, the same keys and the same values in all languages", () => {
  const areas = filesOf("fi");
  assert.ok(areas.length >= 7, "found too few areas for this test to mean anything");
  for (const language of languages) {
    assert.deepEqual(filesOf(language), areas, language);
    for (const area of areas) {
      const fi = words("fi", area);
      const other = words(language, area);
      assert.deepEqual(Object.keys(other).sort(), Object.keys(fi).sort(), `${language}/${area}`);
      for (const [key, text] of Object.entries(other)) {
        const [here, there] = [valuesOf(text, language), valuesOf(fi[key] ?? "", "fi")];
        assert.deepEqual([...untold(here, there), ...untold(there, here)], [], `${language}/${area} ${key}`);
      }
    }
  }
});

test("a value that one language does not tell is found", () => {
  const [one, other] = [valuesOf("Hei {name}, {count} riviä", "fi"), valuesOf("Hej {name}", "sv")];
  assert.deepEqual(untold(one, other), ["count"]);
  const chosen = valuesOf("{count, plural, one {en rad} other {# rader}} för {name}", "sv");
  assert.deepEqual([...untold(one, chosen), ...untold(chosen, one)], []);
});
