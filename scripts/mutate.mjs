// npm run mutate -- SCOPE [--fresh] [FILES…]: how many changed programs the tests of a scope notice (85 % or more; else exit code 1).
// What was found is kept under reports/mutation, so that the next run tries only what has changed; --fresh tries everything.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ensure, root } from "./ensure.mjs";
import { mutated as scopes } from "./scopes.mjs";

process.chdir(root);
const node = ensure();
const args = process.argv.slice(2);
const fresh = args.includes("--fresh");
const [scope = "", ...files] = args.filter((arg) => !arg.startsWith("--"));
if (!Object.hasOwn(scopes, scope)) {
  console.error(`usage: npm run mutate -- ${Object.keys(scopes).join("|")} [--fresh] [FILES]`);
  process.exit(1);
}

// The tests copy a database of the template that the global set-up makes: once here, not once a mutant.
const database = scopes[scope].pure
  ? undefined
  : spawn(node, ["scripts/testServer.ts"], { stdio: ["pipe", "pipe", "inherit"] });
const server =
  database &&
  (await new Promise((resolve) => {
    database.stdout.once("data", (line) => resolve(String(line).trim()));
    database.once("exit", () => resolve(undefined));
  }));
if (database && server === undefined) process.exit(1);

const stryker = spawn(node, ["node_modules/@stryker-mutator/core/bin/stryker.js", "run", "stryker.config.mjs"], {
  stdio: "inherit",
  env: {
    ...process.env,
    // Each test file is a process of its own: what is compiled once is not compiled again for every mutant.
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "mutate"),
    // Stryker starts "node" by its name: the one that strips types must come first.
    PATH: [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter),
    ...(server === undefined ? {} : { TEST_SERVER: server }),
    MUTATE_SCOPE: scope,
    ...(files.length > 0 ? { MUTATE_FILES: files.join(",") } : {}),
    ...(fresh ? { MUTATE_FRESH: "1" } : {}),
  },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stryker.kill(signal));
const code = await new Promise((resolve) => stryker.once("exit", (status) => resolve(status ?? 1)));
if (database) {
  database.stdin.end();
  await new Promise((resolve) => database.once("exit", resolve));
}
// Only when nobody else's run is in it.
if (existsSync(".stryker-tmp") && readdirSync(".stryker-tmp").length === 0) rmSync(".stryker-tmp", { recursive: true });
process.exitCode = code;
