// npm start [-- --demo | --dev]: installs, builds the pages when they changed, and runs the server.
import { spawn } from "node:child_process";
import { buildWeb, viteArguments } from "./buildWeb.mjs";
import { ensure, root } from "./ensure.mjs";
import { runThrough } from "./process.mjs";

const flags = process.argv.slice(2);
const node = ensure();
if (await buildWeb(node)) process.exitCode = await serve();
else process.exitCode = 1;

async function serve() {
  if (!flags.includes("--dev")) return runThrough(node, ["src/main.ts", ...flags]);
  // The same origin and the same security headers as in use: pages are built anew beside the server, which starts anew itself.
  const pages = spawn(node, viteArguments("--watch"), { cwd: root, stdio: "inherit" });
  try {
    return await runThrough(node, ["--watch-path=src", "src/main.ts", ...flags]);
  } finally {
    pages.kill();
  }
}
