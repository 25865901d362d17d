// The user guide: its pictures show what the pages say now, and it is as whole in one language as in another.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { languages } from "../src/values/Language.ts";
import { skipped } from "./browser.ts";
import { company } from "./company.ts";
import { guide, readSums, sumsOf } from "./guide/files.ts";
import { walk } from "./guide/walk.ts";

const words = (language: string) => new URL(`../locales/${language}/web.json`, import.meta.url);

suite("the guide", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await company();
  for (const language of languages) {
    test(`its pictures in ${language} show what the pages say now`, async () => {
      const now = sumsOf(await walk(made, language));
      assert.deepEqual(now, readSums(language), "take the pictures anew: node scripts/run.mjs e2e/pictures.ts");
    });
  }
});

test("each language tells the same chapters with the same pictures, and all that it names is there", () => {
  const [first, ...others] = languages.map((language) => {
    const text = readFileSync(guide(`${language}.md`), "utf8");
    const pictures = [...text.matchAll(/!\[([^\]]+)\]\(pictures\/(\w+)\/([\w-]+)\.png\)/g)];
    for (const [, said = "", of = "", name = ""] of pictures) {
      assert.ok(said.length > 15, `${language} ${name}: what is in the picture is not told`);
      assert.equal(of, language, `${language} ${name} is in another language`);
      assert.ok(existsSync(guide(`pictures/${language}/${name}.png`)), `${language} ${name} is not there`);
    }
    for (const [, to = ""] of text.matchAll(/\]\((?!https?:|#|pictures)([^)]+)\)/g))
      assert.ok(existsSync(guide(to.split("#")[0] ?? "")), `${language}: ${to} is not there`);
    // What the guide says in italics, the pages say too.
    const sentences = new Set(Object.values<string>(JSON.parse(readFileSync(words(language), "utf8"))));
    for (const [, said = ""] of text.matchAll(/\*([^*\n]+)\*/g))
      assert.ok(sentences.has(said), `${language}: no page says "${said}"`);
    const there = readdirSync(guide(`pictures/${language}`)).filter((file) => file.endsWith(".png"));
    const names = pictures.map(([, , , name = ""]) => name);
    assert.deepEqual(
      there.sort(),
      names.map((name) => `${name}.png`).sort(),
      `${language}: a picture that nobody shows`,
    );
    return { names, headings: [...text.matchAll(/^#+/gm)].map(([marks]) => marks) };
  });
  assert.ok((first?.names.length ?? 0) > 10, "found too few pictures for this test to mean anything");
  for (const other of others) assert.deepEqual(other, first);
});
