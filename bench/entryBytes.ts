// What the browser must have before the first page: the entry script and all that it imports at once, made small.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("../dist/web", import.meta.url));

/** Of `dist/web/.vite/manifest.json`: what was built, and what each script imports at once. */
type Built = Readonly<Record<string, { file: string; imports?: readonly string[] }>>;

/** Bytes in gzip, of the pages as they are built in dist/web. */
export function entryBytes(): number {
  const built: Built = JSON.parse(readFileSync(join(WEB, ".vite/manifest.json"), "utf8"));
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const script = built[name];
    if (script === undefined) throw new Error(`the build tells nothing of ${name}`);
    if (seen.has(script.file)) return;
    seen.add(script.file);
    script.imports?.forEach(visit);
  };
  visit("index.html");
  return [...seen].reduce((sum, file) => sum + readFileSync(join(WEB, `${file}.gz`)).length, 0);
}
