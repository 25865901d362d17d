// Runs one of our TypeScript programs on Node 24: node scripts/run.mjs FILE [ARGUMENTS]
import { ensure, fail } from "./ensure.mjs";
import { runThrough } from "./process.mjs";

const args = process.argv.slice(2);
if (args.length === 0) fail("usage: node scripts/run.mjs FILE [ARGUMENTS]");
process.exitCode = await runThrough(ensure(), args);
