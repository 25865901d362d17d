// npm run coverage -- [SCOPES]: branches of keys, policy, gate, erasing and restoring that their tests go through; below 95 % is exit code 1.
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensure, root } from "./ensure.mjs";
import { runThrough } from "./process.mjs";
import { scopes } from "./scopes.mjs";

const LEAST_PERCENT = 95;

process.chdir(root);
const node = ensure();
const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(scopes, name));
if (unknown.length > 0) {
  console.error(`usage: npm run coverage -- [${Object.keys(scopes).join("|")}]`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "tietovirta-coverage-"));
let short = 0;
for (const name of named.length > 0 ? named : Object.keys(scopes)) {
  const { title, sources, tests } = scopes[name];
  const file = join(folder, `${name}.lcov`);
  const code = await runThrough(node, [
    "--test",
    "--test-global-setup=src/test/setup.ts",
    "--experimental-test-coverage",
    ...sources.map((glob) =>
      glob.startsWith("!") ? `--test-coverage-exclude=${glob.slice(1)}` : `--test-coverage-include=${glob}`,
    ),
    "--test-reporter=./scripts/testReporter.mjs",
    "--test-reporter-destination=stdout",
    "--test-reporter=lcov",
    `--test-reporter-destination=${file}`,
    ...tests,
  ]);
  const files = filesOf(readFileSync(file, "utf8"));
  const hit = sum(files, ({ hit }) => hit);
  const found = sum(files, ({ found }) => found);
  const percent = found === 0 ? 0 : (100 * hit) / found;
  for (const one of files.filter((one) => one.hit < one.found).sort((a, b) => b.found - b.hit - (a.found - a.hit)))
    console.log(`  ${one.name}: ${one.hit} of ${one.found}, not lines ${one.missed.join(" ")}`);
  // A file that no test loads has no branches in the report: it must not look as if it were covered. Those of types alone are never loaded.
  const unseen = matching(sources).filter((path) => !files.some(({ name }) => name === path));
  if (unseen.length > 0) console.log(`  loaded by no test: ${unseen.join(" ")}`);
  console.log(
    `${title}: ${percent.toFixed(1)} % of ${found} branches in ${files.length} files${code === 0 ? "" : ", and tests failed"}`,
  );
  if (percent < LEAST_PERCENT || code !== 0) short++;
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = short === 0 ? 0 : 1;

/** Branches by file, from LCOV: `BRDA:line,block,branch,taken`. Node counts the file's own top level as a branch too. */
function filesOf(lcov) {
  return lcov
    .split("end_of_record")
    .map((record) => {
      const name = /^SF:(.*)$/m.exec(record)?.[1];
      const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(.*)$/gm)];
      const missed = branches.filter(([, , taken]) => taken === "0" || taken === "-").map(([, line]) => line);
      return { name, found: branches.length, hit: branches.length - missed.length, missed };
    })
    .filter(({ name }) => name !== undefined);
}

function matching(globs) {
  const excluded = new Set(globs.filter((glob) => glob.startsWith("!")).flatMap((glob) => globSync(glob.slice(1))));
  return globs
    .filter((glob) => !glob.startsWith("!"))
    .flatMap((glob) => globSync(glob))
    .filter((path) => !excluded.has(path))
    .sort();
}

function sum(items, of) {
  return items.reduce((total, item) => total + of(item), 0);
}
