import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { languages } from "./Language.ts";
import type { CodeFault } from "./PersonalIdentityCode.ts";

const folder = new URL("./", import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
const codeFaults: CodeFault[] = ["format", "date", "individualNumber", "checkCharacter", "temporary", "future"];

test("every refusal of a value has a sentence in every language", () => {
  const codes = codeFaults.map((fault) => `invalid.personalIdentityCode.${fault}`);
  for (const name of sources) {
    const source = readFileSync(new URL(name, folder), "utf8");
    for (const [, code] of source.matchAll(/\binvalid\("([\w.]+)"/g)) codes.push(`invalid.${code}`);
    for (const [, code] of source.matchAll(/new Problem\("([\w.]+)"/g)) codes.push(`${code}`);
  }
  assert.ok(new Set(codes).size > 20);
  for (const language of languages) {
    const file = new URL(`../../locales/${language}/problems.json`, import.meta.url);
    const sentences: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
    for (const code of codes) assert.ok(sentences[code], `${language} ${code}`);
  }
});
