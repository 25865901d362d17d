// What every command needs first: the packages of the lock file, and Node 24. Runs on any Node from 20, before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wantedMajor = 24;

/** Installs when something is missing, and answers the path of Node 24. Ends the process with one line when it cannot. */
export function ensure({ quiet = false } = {}) {
  if (!installed()) install(quiet);
  return findNode();
}

/** npm writes its own list of what it installed as its last act, so a broken installation has none. */
function installed() {
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  if (wanted === undefined || present === undefined) return false;
  const same = (path) =>
    wanted[path]?.version === present[path]?.version && wanted[path]?.integrity === present[path]?.integrity;
  const needed = Object.keys(wanted).filter((path) => path !== "" && !wanted[path].optional);
  return needed.every(same) && Object.keys(present).every(same);
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    return undefined;
  }
}

function install(quiet) {
  if (!quiet) console.log("Installing packages (about a minute, once).");
  const options = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  // npm on Windows is a script, and only a shell starts those.
  const result = spawnSync("npm", options, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  if (result.status === 0) return;
  const said = `${result.stderr ?? ""}${result.error?.message ?? ""}`.trim();
  fail(`npm ci failed: ${said.split("\n").slice(0, 6).join("\n")}`);
}

function findNode() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const brought = [`node-${process.platform === "win32" ? "win" : process.platform}`, `node-bin-${process.platform}`]
    .map((start) => join(root, "node_modules", `${start}-${process.arch}`, "bin", name))
    .find((path) => existsSync(path));
  if (brought !== undefined) return brought;
  if (Number.parseInt(process.versions.node, 10) >= wantedMajor) return process.execPath;
  return fail(
    `Tietovirta needs Node ${wantedMajor}; this is Node ${process.versions.node} and npm has no Node ${wantedMajor} for ${process.platform}-${process.arch}. Install it from nodejs.org.`,
  );
}

export function fail(line) {
  console.error(line);
  process.exit(1);
}
