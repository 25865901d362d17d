// npm test -- [FILES or FOLDERS] [--spec] [--golden]: everything, or what is named; --golden writes the files under golden/ anew.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWeb } from "./buildWeb.mjs";
import { ensure, root } from "./ensure.mjs";
import { runThrough } from "./process.mjs";

process.chdir(root);
process.exitCode = await test(process.argv.slice(2));

async function test(args) {
  const node = ensure();
  const golden = args.includes("--golden");
  const named = args.filter((arg) => !arg.startsWith("--"));
  const found = (named.length > 0 ? named : ["src", "e2e"]).flatMap(testFiles);
  const files = golden ? found.filter(writesGolden) : found;
  if (files.length === 0) {
    console.error("No test files found.");
    return 1;
  }
  if (files.some((file) => file.startsWith("e2e"))) {
    offerBrowser();
    if (!(await buildWeb(node))) return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), "tietovirta-counts-"));
  const countsFile = join(folder, "counts.json");
  const code = await runThrough(
    node,
    [
      "--test",
      "--test-global-setup=src/test/setup.ts",
      `--test-reporter=${args.includes("--spec") ? "spec" : "./scripts/testReporter.mjs"}`,
      "--test-reporter-destination=stdout",
      "--test-reporter=./scripts/testCounts.mjs",
      `--test-reporter-destination=${countsFile}`,
      ...files,
    ],
    { env: { ...process.env, ...(golden ? { GOLDEN: "write" } : {}) } },
  );
  const { passed, failed, skipped } = read(countsFile);
  rmSync(folder, { recursive: true, force: true });
  // A run that ends badly without a failed test (the set-up, an error after the last test) is a failure too.
  const failures = failed === 0 && code !== 0 ? 1 : failed;
  console.log(`${passed} passed, ${failures} failed, ${skipped} skipped`);
  return failures === 0 ? 0 : code || 1;
}

function testFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, name))
    .filter((name) => name.endsWith(".test.ts"))
    .sort();
}

function writesGolden(file) {
  return /\bgolden\b/i.test(readFileSync(file, "utf8"));
}

function read(countsFile) {
  try {
    const { passed, failed, cancelled, skipped, todo } = JSON.parse(readFileSync(countsFile, "utf8"));
    return { passed, failed: failed + cancelled, skipped: skipped + todo };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Debian's Chromium for the browser tests, where we may install it; they skip themselves where there is none. */
function offerBrowser() {
  const present = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", process.env.CHROMIUM];
  if (present.some((path) => path && existsSync(path))) return;
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (mayInstall) {
    console.log("Installing Chromium for the browser tests (once).");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const quiet = { env, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] };
    const apt = (...args) => spawnSync("apt-get", ["-qq", ...args], quiet);
    apt("update");
    const { status, stderr } = apt("install", "-y", "--no-install-recommends", "chromium");
    if (status === 0) return;
    console.log(`apt-get could not: ${stderr?.trim().split("\n").at(-1) ?? ""}`);
  }
  console.log("No Chromium: the browser tests will be skipped.");
}
