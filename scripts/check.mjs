// npm run check: types, format and lint, floating promises, then the tests (architecture, type tests and golden drift among them).
// Every step runs, so that one look shows all; the exit code is that of the first that failed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensure, root } from "./ensure.mjs";
import { runThrough } from "./process.mjs";

const node = ensure();
const bin = (name) => join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
const steps = [
  ["types", bin("tsc"), ["-p", "tsconfig.json"]],
  ...(existsSync(join(root, "src", "web")) ? [["types of the web", bin("tsc"), ["-p", "tsconfig.web.json"]]] : []),
  ["types of the browser tests", bin("tsc"), ["-p", "e2e/tsconfig.json"]],
  ["format and lint", bin("biome"), ["ci", "--reporter=summary", "--error-on-warnings"]],
  // An un-awaited audit event is an act without a trace: the worst mistake that types let through. The rules are in .oxlintrc.json.
  ["promises", bin("oxlint"), ["--type-aware", "src", "bench", "e2e"]],
];

let firstFailure = 0;
for (const [name, program, args] of steps) note(name, runStep(program, args));
note("tests", { code: await runThrough(node, ["scripts/test.mjs"]), output: "" });
process.exitCode = firstFailure;

function runStep(program, args) {
  const result = spawnSync(program, args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  return {
    code: result.status ?? 1,
    output: `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`,
  };
}

function note(name, { code, output }) {
  if (code !== 0) console.log(output.trimEnd());
  console.log(`${name}: ${code === 0 ? "ok" : "failed"}`);
  firstFailure ||= code;
}
