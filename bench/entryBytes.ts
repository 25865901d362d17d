// What the browser must have before the first page: the entry script and all that it imports at once, made small.
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("../dist/web", import.meta.url));

/** Bytes in gzip, of the pages as they are built in dist/web. */
export function entryBytes(): number {
  const page = readFileSync(join(WEB, "index.html"), "utf8");
  const entry = /<script type="module"[^>]* src="\/([^"]+)"/.exec(page)?.[1];
  if (entry === undefined) throw new Error("dist/web/index.html names no entry");
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(join(WEB, file), "utf8");
    for (const [, from = ""] of code.matchAll(/(?:^|[;}])import(?:[^"'()]*from)?\s*["'](\.\/[^"']+)["']/g))
      visit(join(dirname(file), from));
  };
  visit(entry);
  if (seen.size === 1) throw new Error("the entry imports nothing: this reads the build wrongly");
  const small = new Set(globSync("assets/*.gz", { cwd: WEB }));
  return [...seen].reduce((sum, file) => {
    if (!small.has(`${file}.gz`)) throw new Error(`${file} has no small one beside it`);
    return sum + readFileSync(join(WEB, `${file}.gz`)).length;
  }, 0);
}
