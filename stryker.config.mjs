// Mutation testing of the places where a mistake would cost people their privacy: npm run mutate -- keys|policy|gate|erase|carryOut|restore [FILES…]
// scripts/mutate.mjs chooses the scope and gives the database; here stands how Stryker reaches tests that Node runs without a build.
import { globSync } from "node:fs";
import { mutated as scopes } from "./scripts/scopes.mjs";

const scope = scopes[process.env.MUTATE_SCOPE ?? "keys"];
const files = process.env.MUTATE_FILES?.split(",");

export default {
  testRunner: "tap",
  tap: {
    testFiles: testFiles(),
    // A test file run by itself reports to us; the flag turns the report into TAP.
    nodeArgs: ["-r", "{{hookFile}}", "--test-reporter=tap", "--no-warnings", "{{testFile}}"],
    forceBail: true,
  },
  mutate: files ?? scope.core ?? scope.sources,
  coverageAnalysis: "perTest",
  // Types are stripped by Node, and TypeScript 7 has no compiler API that a checker could use.
  disableTypeChecks: false,
  tsconfigFile: "no-tsconfig.json",
  checkers: [],
  ignoreStatic: false,
  mutator: { excludedMutations: ["StringLiteral", "ObjectLiteral"] },
  thresholds: { high: 95, low: 85, break: 85 },
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: `reports/mutation/${process.env.MUTATE_SCOPE ?? "keys"}.json` },
  incremental: process.env.MUTATE_FRESH === undefined,
  incrementalFile: `reports/mutation/${process.env.MUTATE_SCOPE ?? "keys"}.incremental.json`,
  tempDirName: ".stryker-tmp",
  ignorePatterns: ["/.git", "/reports", "/dist", "/e2e", "/bench", "/golden", "/data", "/src/web"],
  concurrency: Number(process.env.MUTATE_CONCURRENCY ?? 1),
  timeoutMS: 10_000,
  timeoutFactor: 3,
  allowEmpty: false,
};

/** In the order in which they are run: whatever a quick test notices, a slow one need not be asked about. */
function testFiles() {
  const slow = new RegExp(`/(${(scope.slow ?? []).join("|") || "^"})\\.test\\.ts$`);
  const found = (scope.quick ?? scope.tests).flatMap((glob) => globSync(glob).sort());
  return [...new Set(found)].filter((file) => !slow.test(file));
}
