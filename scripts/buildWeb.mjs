// Builds the web application into dist/web when its sources are other than those of the last build.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./ensure.mjs";
import { runThrough } from "./process.mjs";

const stamp = join(root, "dist", "web", ".sources");

/** False when the build failed; it has said why. */
export async function buildWeb(node) {
  if (!existsSync(join(root, "src", "web"))) return true;
  const hash = hashSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;
  console.log("Building the web pages.");
  const code = await runThrough(node, viteArguments());
  if (code !== 0) return false;
  writeFileSync(stamp, hash);
  return true;
}

export function viteArguments(...more) {
  return [join("node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn", ...more];
}

/** Everything that a page may import (src/architecture.test.ts keeps it so), and what builds it. */
function hashSources() {
  const folders = ["src/web", "src/api", "src/description", "src/values", "locales"].flatMap(filesIn);
  const contracts = filesIn("src").filter((path) => path.endsWith("contract.ts"));
  const hash = createHash("sha256");
  for (const path of [...folders, ...contracts, "vite.config.ts", "package-lock.json"]) {
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}
