// Where the user guide stands, and a checksum of the product's sentences that each of its pages showed when its picture was taken.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Language } from "../../src/values/Language.ts";
import type { Seen } from "./walk.ts";

type Sums = Readonly<Record<string, string>>;

export const guide = (path: string): string => fileURLToPath(new URL(`../../docs/guide/${path}`, import.meta.url));

const file = (language: Language) => guide(`pictures/${language}/words.json`);

export const sumsOf = (seen: readonly Seen[]): Sums =>
  Object.fromEntries(
    seen.map(({ scene, words }) => [
      scene.name,
      createHash("sha256").update(words.join("\n")).digest("hex").slice(0, 16),
    ]),
  );
export const readSums = (language: Language): Sums => JSON.parse(readFileSync(file(language), "utf8"));

export function writeSums(language: Language, sums: Sums): void {
  mkdirSync(guide(`pictures/${language}`), { recursive: true });
  writeFileSync(file(language), `${JSON.stringify(sums, null, 2)}\n`);
}
