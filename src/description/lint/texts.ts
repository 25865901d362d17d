// Words for people in every language the company speaks, numbers with a right check digit, and what nobody has filled in yet.
import type { Path } from "../parse.ts";
import type { Description } from "../schema.ts";
import { UNKNOWN } from "../terms.ts";
import { type Issue, type Lint, warning } from "./issue.ts";

export const translations: Lint = function* (d) {
  for (const [path, value] of walk(d)) {
    if (typeof value !== "object" || value === null || !isTexts(value)) continue;
    const missing = d.languages.filter((language) => !Object.hasOwn(value, language));
    if (missing.length > 0) yield warning("translation", path, { languages: missing.join(", ") });
  }
};

const isTexts = (value: object): boolean => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === "fi" || key === "sv" || key === "en");
};

export const unknowns: Lint = function* (d): Generator<Issue> {
  for (const path of unknownPaths(d)) yield warning("unknown", path, { what: path.join(".") });
};

/** Where a value that only the company can know is still "unknown". */
export function unknownPaths(d: Description): Path[] {
  return [...walk(d)].filter(([, value]) => value === UNKNOWN).map(([path]) => path);
}

function* walk(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}
