// Every reason a decision can give has a sentence in each language.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LegalBasis, RightKind } from "../description/terms.ts";
import { rightsWords } from "../documents/rightsWords.ts";
import { languages } from "../values/Language.ts";

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");
const messages = async (language: string): Promise<Record<string, string>> =>
  JSON.parse(await read(`../../locales/${language}/rights.json`));

test("the same sentences in all languages, each asking for the same values", async () => {
  const fi = await messages("fi");
  const asked = (text = "") => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name).sort();
  assert.ok(Object.keys(fi).length > 80);
  for (const language of languages) {
    const other = await messages(language);
    assert.deepEqual(Object.keys(other), Object.keys(fi));
    for (const [key, text] of Object.entries(other))
      assert.deepEqual(new Set(asked(text)), new Set(asked(fi[key])), key);
  }
});

test("every reason, basis and right has a sentence", async () => {
  const source = (await read("./decideErasure.ts")) + (await read("../retention/permissionsAfter.ts"));
  const quoted = [...source.matchAll(/reason: (?:[^,;"]*=== "\w+" \? )?"(\w+)"(?: : "(\w+)")?/g)];
  const reasons = new Set(quoted.flatMap(([, one, two]) => [one, two].filter((word) => word !== undefined)));
  assert.ok(reasons.size >= 16, "found too few reasons for this test to mean anything");
  const keys = [
    ...reasons,
    ...LegalBasis.options.map((id) => `basis.${id}`),
    ...RightKind.options.map((id) => `right.${id}`),
  ];
  for (const language of languages) for (const key of keys) assert.ok(rightsWords(language)(key).length > 3, key);
});
