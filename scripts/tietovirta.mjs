#!/usr/bin/env node
// `npx tietovirta …`: the command line on Node 24. Files are named from where the person stands.
import { join } from "node:path";
import { ensure, root } from "./ensure.mjs";
import { runThrough } from "./process.mjs";

const node = ensure({ quiet: true });
process.exitCode = await runThrough(node, [join(root, "src", "cli", "tietovirta.ts"), ...process.argv.slice(2)], {
  cwd: process.cwd(),
});
